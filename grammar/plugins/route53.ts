import { isInvalid } from '../../src/values/invalid.ts'
import { normalizeName } from '../../src/values/name.ts'
import { parseUrl } from '../../src/values/url.ts'
import { splitZonePort } from '../../src/values/zone.ts'
import {
  any,
  duration,
  fallthrough,
  file,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  many,
  one,
  optional,
  plugin,
  property,
  since,
  tested,
  text,
  upstream,
} from '../schema.ts'
import type { PluginQuirk, Quirks, ReadOccurrence, Setup, Word, WordTest } from '../setup.ts'

const zone = tested('zone', '`ZONE:HOSTED_ZONE_ID`, such as `example.org.:Z1Z2Z3Z4DZ5Z6Z7`')

// Source: plugin/route53/setup.go setup.
export default plugin('route53', {
  source: 'plugin/route53/setup.go setup',
  about: 'Answers for zones from the records of Amazon Route 53.',
  line: line(any('ZONE:HOSTED_ZONE_ID', zone)),
  properties: {
    aws_access_key: property({
      deprecated: '1.9.2',
      instead: 'the environment, a credentials file or an instance role of AWS',
      line: lineIgnoringRest(one('ID', text(), { secret: true }), one('SECRET', text(), { secret: true })),
    }),
    aws_endpoint: property({ since: '1.8.7', line: lineLeavingRest(one('ENDPOINT')) }),
    upstream: property({
      since: '1.2.3',
      ignored: '1.4.0',
      line: since({
        '1.0.0': line(many('ADDRESS', upstream())),
        '1.2.6': line(any('ADDRESS', upstream())),
        '1.4.0': line(any('ADDRESS')),
      }),
    }),
    credentials: property({ since: '1.2.3', line: lineLeavingRest(one('PROFILE'), optional('FILENAME')) }),
    fallthrough: fallthrough('1.2.3'),
    refresh: property({
      since: '1.6.2',
      line: lineLeavingRest(one('DURATION', duration({ orSeconds: true, positive: true }))),
      default: '1m',
    }),
  },
  afterAll: 'zones-once',
})

/** plugin/route53/setup.go setup: both sides of the first colon. */
const isZone: WordTest = (word) => {
  const colon = word.indexOf(':')
  return colon > 0 && colon < word.length - 1 ? null : `invalid zone "${word}"`
}

/** plugin/route53/setup.go setup: a pair twice, up to 1.2.2 a zone with two IDs; since 1.6.0 each directive for itself. */
const zonesOnce: PluginQuirk = (setup, occurrences) => {
  const seen = new Map<string, string>()
  const isPair = setup.since('1.2.3')
  for (const occurrence of occurrences) {
    const { args } = occurrence
    if (setup.since('1.6.0')) seen.clear()
    for (const arg of args) {
      if (!arg.known || isZone(arg.value, setup.release) !== null) continue
      const { key, id } = isPair ? { key: arg.value, id: '' } : zoneAndId(arg, setup.release)
      const known = seen.get(key)
      if (known !== undefined && (isPair || known !== id)) {
        setup.report('conflict', { at: arg, message: `conflict zone "${key}"` })
      }
      seen.set(key, id)
    }
    if (args.length > 0) setup.assume('AWS can be reached and has the hosted zones of route53')
    checkProfile(setup, occurrence)
    checkEndpoint(setup, occurrence)
  }
}

/** aws-sdk-go v1, up to 1.12.2: an endpoint must be a URL, once AWS is asked; `https://` is put in front of a word without a scheme. */
function checkEndpoint(setup: Setup, { args, properties }: ReadOccurrence): void {
  if (setup.since('1.12.3') || args.length === 0) return
  const endpoint = properties.findLast(({ name }) => name.value === 'aws_endpoint')?.args[0]
  if (endpoint === undefined || !endpoint.known) return
  const { value } = endpoint
  if (parseUrl(/^[^:]+:\/\//.test(value) ? value : `https://${value}`, setup.release) !== null) return
  const message = 'InvalidEndpointURL: invalid endpoint uri'
  setup.report('invalid-value', { at: endpoint, property: 'aws_endpoint', expected: 'a URL', message })
}

/**
 * plugin/route53/setup.go setup: since 1.9.2 a profile must be in a file. Up to 1.12.2 it is looked for only when AWS is asked and no key
 * is given; before 1.9.2 other credentials were tried.
 */
function checkProfile(setup: Setup, { args, properties }: ReadOccurrence): void {
  const hasKey = properties.some(({ name }) => name.value === 'aws_access_key')
  if (!setup.since('1.9.2') || (!setup.since('1.12.3') && (args.length === 0 || hasKey))) return
  const profile = properties.findLast(({ name }) => name.value === 'credentials')?.args[0]
  if (profile === undefined || !profile.known) return
  const named = properties.findLast(({ name, args }) => name.value === 'credentials' && args.length > 1)?.args[1]
  if (named !== undefined) {
    if (!setup.check(file(), named, 'credentials') || !named.known) return
    const text = setup.fileText(named.value)
    if (typeof text !== 'string') setup.assume(`file ${named.value} has the AWS profile ${profile.value}`)
    else if (!profilesOf(text).includes(profile.value)) {
      const message = `failed to get shared config profile, ${profile.value}`
      setup.report('invalid-value', {
        at: named,
        property: 'credentials',
        expected: 'a file with that profile',
        message,
      })
    }
    return
  }
  if (HOME_FILES.every((path) => setup.fileExists(path) === false)) {
    const message = `failed to get shared config profile, ${profile.value}`
    setup.report('needs', { at: profile, property: 'credentials', expected: `a profile of ${HOME_FILES[0]}`, message })
  } else setup.assume(`${HOME_FILES.join(' or ')} has the AWS profile ${profile.value}`)
}

/** The sections of a credentials or configuration file of AWS. */
function profilesOf(text: string): string[] {
  return [...text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]]*?)\s*\]/gm)].map(([, name = '']) => name)
}

const HOME_FILES = ['~/.aws/credentials', '~/.aws/config']

/** What `plugin.Host.Normalize` makes of the zone: unreadable ones are the root. */
function zoneAndId({ value }: Word, release: string): { key: string; id: string } {
  const colon = value.indexOf(':')
  const read = splitZonePort(value.slice(0, colon), release)
  const zones = isInvalid(read) ? [] : read.zones
  return { key: normalizeName(zones[0] ?? '.'), id: value.slice(colon + 1) }
}

export const quirks: Quirks = { words: { zone: isZone }, afterAll: { 'zones-once': zonesOnce } }
