import {
  any,
  duration,
  hostPort,
  hostPortOrStar,
  line,
  lineIgnoringRest,
  many,
  one,
  type Property,
  property,
  type Release,
  since,
  text,
  upstream,
  type ValueKind,
} from './schema.ts'
import type { LineQuirk, Setup, Word } from './setup.ts'

// Lines that the plugins which serve zones read with the same upstream functions.

/**
 * `upstream ADDRESS...`: where to look up the targets of CNAMEs. plugin/pkg/upstream `New`; since 1.4.0 CoreDNS asks itself and
 * the words are skipped. `mayBeEmptySince` is the first release that does not insist on an address.
 */
export function upstreamProperty(
  mayBeEmptySince: Release,
  lifetime: { since?: Release; until?: Release } = {},
): Property {
  return property({
    ...lifetime,
    ignored: '1.4.0',
    instead: '',
    line: since({
      '1.0.0': line(many('ADDRESS', upstream())),
      [mayBeEmptySince]: line(any('ADDRESS', upstream())),
      '1.4.0': lineIgnoringRest(any('ADDRESS', text())),
    }),
  })
}

/** `transfer to ADDRESS...` of a plugin that owns its zones; since 1.8.0 the plugin `transfer` does it. */
export function transferToProperty(first?: Release): Property {
  return property({
    ...(first === undefined ? {} : { since: first }),
    until: '1.8.0',
    instead: 'the plugin transfer',
    line: line(one('to'), any('ADDRESS', hostPortOrStar('53'))),
    repeat: 'adds',
    quirk: 'transfer-to',
  })
}

/** plugin/pkg/parse `Transfer` for a plugin that is no secondary; a word other than `to` and `from` is skipped, and only it. */
export const transferTo: LineQuirk = (setup) => {
  const direction = transferDirection(setup)
  if (direction === 'from') {
    setup.refuse('invalid-value', {
      property: 'transfer',
      expected: '`to`',
      message: "can't use `transfer from` when not being a secondary",
    })
  }
  if (direction !== 'to') return
  for (const word of setup.remainingArgs()) setup.check(hostPortOrStar('53'), word, 'transfer')
}

/** plugin/pkg/parse `Transfer` for a secondary, since 1.8.0 `TransferIn`. */
export const transferFrom: LineQuirk = (setup) => {
  const direction = transferDirection(setup)
  const only = setup.since('1.8.0')
  if (direction === 'to' && !only) {
    for (const word of setup.remainingArgs()) setup.check(hostPortOrStar('53'), word, 'transfer')
    return
  }
  if (direction !== 'from') {
    if (only && setup.word.known) setup.refuse('invalid-value', { property: 'transfer', expected: '`from`' })
    return
  }
  const at = setup.word
  const words = setup.remainingArgs()
  if (only && words.length === 0)
    setup.report('argument-count', { at, property: 'transfer', expected: 'from ADDRESS...' })
  for (const word of words) setup.check(hostPort('53'), word, 'transfer')
}

function transferDirection(setup: Setup): string {
  const at = setup.word
  if (!setup.nextArg()) setup.refuse('argument-count', { at, property: 'transfer', expected: 'to ADDRESS...' })
  return setup.word.value
}

/** `reload DURATION` of `file` and `auto`; a missing duration crashed CoreDNS up to 1.8.6. */
export const reloadProperty: Property = property({
  since: '1.2.3',
  line: lineIgnoringRest(one('DURATION', duration())),
  default: '1m',
  quirk: 'reload',
})

/** The line of `reloadProperty`; `auto` refuses a negative duration since 1.8.7. */
export const zoneReload =
  (refusesNegative: boolean): LineQuirk =>
  (setup) => {
    const at = setup.word
    const words = setup.remainingArgs()
    const [word] = words
    if (word === undefined) {
      return setup.refuse(setup.since('1.8.7') ? 'argument-count' : 'panic', {
        at,
        property: 'reload',
        expected: 'DURATION',
      })
    }
    const limits = refusesNegative && setup.since('1.8.7') ? { min: '0s' } : {}
    setup.check(duration(limits), word, 'reload')
    return words
  }

/** Both files of each DNSSEC key, which may be named with either ending or none (keyParse of `dnssec` and `sign`). */
export function keyFiles(setup: Setup, keys: readonly Word[], kind: ValueKind): void {
  for (const key of keys) {
    const base = key.value.replace(/\.(?:key|private)$/, '')
    for (const ending of ['.key', '.private']) setup.check(kind, { ...key, value: base + ending }, 'key')
  }
}
