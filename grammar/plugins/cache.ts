import { parseDuration } from '../../src/values/duration.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import {
  any,
  duration,
  integer,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  one,
  oneOf,
  oneOfAnyCase,
  optional,
  origin,
  percentage,
  plugin,
  property,
  since,
  tested,
  text,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirk, Quirks } from '../setup.ts'

const capacity = one('CAPACITY', integer())
const ttl = optional('TTL', integer({ min: 1 }))
const minTtl = optional('MINTTL', integer({ min: 0 }))
const share = since({
  '1.0.0': lineIgnoringRest(capacity, ttl),
  '1.2.3': lineIgnoringRest(capacity, ttl, minTtl),
})

const stalePeriod = optional('DURATION', duration({ min: '0s' }), { default: '1h' })
const refreshMode = optional('REFRESH_MODE', oneOfAnyCase('immediate', 'verify'), { default: 'immediate' })
const verifyTimeout = optional('VERIFY_TIMEOUT', duration({ min: '0s' }))
const responseTtl = tested('whole-seconds', 'a duration of whole seconds, such as `30s`, from 0s to 4294967295s')
const recheck = duration({ min: '0s', max: '5m' })

// Source: plugin/cache/setup.go cacheParse.
export default plugin('cache', {
  source: 'plugin/cache/setup.go cacheParse',
  about:
    'Keeps answers and repeats them for as long as their TTL says, but at most TTL seconds: 3600 where nothing is written, and 1800 for answers that a name or record does not exist.',
  aboutProperties: {
    success: 'For answers with records: how many are kept, and for how many seconds at most and at least.',
    denial:
      'For answers that a name or record does not exist: how many are kept, and for how many seconds at most and at least.',
    prefetch:
      'Asks again shortly before an answer expires, where at least AMOUNT queries wanted it without a gap of DURATION between two of them; 0 switches it off. It begins when PERCENTAGE of the TTL is left.',
    serve_stale:
      'Goes on giving an expired answer for up to DURATION. `immediate` gives it and asks afterwards; `verify` asks first and gives it only when that fails.',
    serve_stale_policy:
      '`prefer_positive` gives an answer with records, also an expired one, before a cached one without.',
    servfail: 'How long a SERVFAIL is kept; 0 keeps none.',
    disable: 'Keeps no answers of this kind, for all zones or for those named.',
    keepttl: 'Answers from the cache carry the TTL they came with, not what is left of it.',
  },
  occurrences: since({ '1.0.0': 'first', '1.1.0': 'once' }),
  line: line(optional('TTL', integer({ min: 1 }), { ifFits: true }), any('ZONES', origin())),
  properties: {
    success: property({ line: share, default: '9984 3600 5' }),
    denial: property({ line: share, default: '9984 1800 5' }),
    prefetch: property({
      line: line(
        one('AMOUNT', integer({ min: 0 })),
        optional('DURATION', duration()),
        optional('PERCENTAGE', percentage(10, 90)),
      ),
      default: '0 1m 10%',
    }),
    serve_stale: property({
      since: '1.6.6',
      line: since({
        '1.0.0': line(stalePeriod),
        '1.9.2': line(stalePeriod, refreshMode),
        '1.14.4': line(stalePeriod, refreshMode, verifyTimeout),
        '1.14.7': line(
          stalePeriod,
          refreshMode,
          verifyTimeout,
          optional('RESPONSE_TTL', responseTtl),
          optional('FAILURE_RECHECK', recheck),
        ),
      }),
      quirk: 'serve-stale',
    }),
    serve_stale_policy: property({
      since: '1.14.7',
      line: line(one('POLICY', oneOfAnyCase('prefer_positive'))),
      repeat: 'refused',
    }),
    servfail: property({
      since: '1.9.4',
      line: line(one('DURATION', duration({ min: '0s', max: '5m' }))),
      default: '5s',
    }),
    disable: property({
      since: '1.9.4',
      line: line(one('CACHE', oneOf('success', 'denial')), any('ZONES', text())),
    }),
    keepttl: property({
      since: '1.10.1',
      line: since({ '1.0.0': lineLeavingRest(), '1.11.1': line() }),
      quirk: 'keepttl',
    }),
  },
  afterOccurrence: 'stale-policy',
})

/** plugin/cache/setup.go cacheParse, `serve_stale`: what the third word and those behind it are depends on the mode. */
const serveStale: Quirk = (setup) => {
  const name = setup.word
  const words = setup.remainingArgs()
  const most = setup.since('1.14.7') ? 5 : setup.since('1.14.4') ? 3 : setup.since('1.9.2') ? 2 : 1
  const [period, mode, ...rest] = words
  const verifies = mode?.value.toLowerCase() === 'verify'
  const allowed = most === 5 && mode?.known === true && !verifies ? 4 : most
  const surplus = words[allowed]
  if (surplus !== undefined && words.every(({ known }) => known)) {
    const expected = ['[DURATION', '[REFRESH_MODE', '[VERIFY_TIMEOUT', '[RESPONSE_TTL', '[FAILURE_RECHECK']
    const shown = expected.slice(0, most).join(' ') + ']'.repeat(most)
    setup.report('argument-count', { at: surplus, property: name.value, expected: shown })
    return
  }
  if (period !== undefined) setup.check(stalePeriod.value, period, name.value)
  if (mode === undefined || !setup.check(refreshMode.value, mode, name.value) || !mode.known) return
  if (!verifies && most === 3 && rest[0] !== undefined) {
    setup.report('conflict', {
      at: rest[0],
      property: name.value,
      expected: 'a timeout only behind `verify`',
      message: 'serve_stale timeout is only valid with the verify refresh mode',
    })
    return
  }
  const kinds = verifies ? [verifyTimeout.value, responseTtl, recheck] : [responseTtl, recheck]
  for (const [at, word] of rest.entries()) {
    const kind = kinds[at]
    if (kind !== undefined) setup.check(kind, word, name.value)
  }
}

/**
 * plugin/cache/setup.go cacheParse, `keepttl`: from 1.10.1 to 1.11.0 the words counted are those behind `cache` itself, without a TTL, and
 * what follows on the line is the next property.
 */
const keepTtl: Quirk = (setup) => {
  const name = setup.word
  if (!setup.since('1.11.1')) return
  const [surplus] = setup.remainingArgs()
  if (surplus !== undefined)
    setup.report('argument-count', { at: surplus, property: name.value, expected: 'nothing behind it' })
}

/** plugin/cache/setup.go cacheParse: conditions between the properties, and between `keepttl` and the zones. */
const stalePolicy: OccurrenceQuirk = (setup, { args, properties }) => {
  const find = (name: string) => properties.find((property) => property.name.value === name)
  const policy = find('serve_stale_policy')
  if (policy !== undefined && find('serve_stale') === undefined)
    setup.report('missing-property', {
      at: policy.name,
      property: 'serve_stale',
      message: 'serve_stale_policy requires serve_stale',
    })
  const keep = find('keepttl')
  if (keep === undefined || setup.since('1.11.1') || args.some(({ known }) => !known)) return
  const zones = args.length > 0 && /^[+-]?[0-9]+$/.test(args[0]?.value ?? '') ? args.slice(1) : args
  if (zones.length > 0)
    setup.report('conflict', { at: keep.name, property: 'keepttl', expected: 'no zones behind cache' })
}

export const quirks: Quirks = {
  lines: { 'serve-stale': serveStale, keepttl: keepTtl },
  afterOccurrence: { 'stale-policy': stalePolicy },
  words: { 'whole-seconds': wholeSecondsError },
}

/** plugin/cache/setup.go parseServeStaleTTL. */
function wholeSecondsError(word: string): string | null {
  const value = parseDuration(word)
  if (isInvalid(value)) return `invalid serve_stale response TTL: ${value.error}`
  if (value < 0n) return 'invalid negative response TTL for serve_stale'
  if (value % 1_000_000_000n !== 0n) return 'serve_stale response TTL must be a whole number of seconds'
  return value / 1_000_000_000n > 4294967295n ? 'serve_stale response TTL exceeds the DNS TTL range' : null
}
