import { parseUrl } from '../../src/values/url.ts'
import {
  any,
  duration,
  fallthrough,
  file,
  line,
  lineLeavingRest,
  one,
  orEmpty,
  plugin,
  property,
  since,
  tested,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirks, WordTest } from '../setup.ts'

const zone = tested('zone', '`ZONE:PROJECT_ID:HOSTED_ZONE_NAME`, such as `example.org.:dns-project:example-zone`')

// Source: plugin/clouddns/setup.go setup, getCredType.
export default plugin('clouddns', {
  source: 'plugin/clouddns/setup.go setup',
  about: 'Answers for zones from the records of Google Cloud DNS.',
  line: line(any('ZONE:PROJECT_ID:HOSTED_ZONE_NAME', zone)),
  properties: {
    upstream: property({ ignored: '1.6.3', line: line(any('ADDRESS')) }),
    credentials: property({
      line: since({
        '1.0.0': lineLeavingRest(one('FILENAME', orEmpty(file()))),
        '1.14.0': lineLeavingRest(one('FILENAME', file())),
      }),
    }),
    endpoint: property({ since: '1.15.0', line: lineLeavingRest(one('ENDPOINT')) }),
    fallthrough: fallthrough(),
    refresh: property({
      since: '1.15.0',
      line: lineLeavingRest(one('DURATION', duration({ orSeconds: true, positive: true }))),
      default: '1m',
    }),
  },
  afterOccurrence: 'zones-once',
})

/** plugin/clouddns/setup.go setup: three parts, of which only the last may have a colon. */
const isZone: WordTest = (word) => (/^[^:]+:[^:]+:./s.test(word) ? null : `invalid zone "${word}"`)

/** plugin/clouddns/setup.go setup: one directive may name a zone once. */
const zonesOnce: OccurrenceQuirk = (setup, { args, properties }) => {
  const seen = new Set<string>()
  for (const arg of args) {
    if (!arg.known || isZone(arg.value, setup.release) !== null) continue
    if (seen.has(arg.value)) setup.report('conflict', { at: arg, message: `conflict zone "${arg.value}"` })
    seen.add(arg.value)
  }
  for (const { name, args: words } of properties) {
    const [file] = words
    if (name.value !== 'credentials' || file?.known !== true) continue
    const text = setup.fileText(file.value)
    if (typeof text === 'string' && !isJson(text))
      setup.report('invalid-value', { at: file, property: 'credentials', expected: 'a file with credentials in JSON' })
    else setup.assume(`file ${file.value} holds credentials of Google Cloud`)
  }
  const endpoint = properties.findLast(({ name }) => name.value === 'endpoint')?.args[0]
  if (endpoint?.known === true && seen.size > 0 && !isEndpoint(endpoint.value, setup.release))
    setup.report('panic', { at: endpoint, property: 'endpoint', expected: 'a URL', message: 'failed to parse the URL' })
  if (seen.size > 0) setup.assume('Google Cloud can be reached and has the zones of clouddns')
}

/** googleapi ResolveRelative, with what google.golang.org/api puts in front of a word without a scheme. */
function isEndpoint(word: string, release: string): boolean {
  return parseUrl(word.includes('://') ? word : `https://${word}/`, release) !== null
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

export const quirks: Quirks = { words: { zone: isZone }, afterOccurrence: { 'zones-once': zonesOnce } }
