import {
  integer,
  lineIgnoringRest,
  lineLeavingRest,
  one,
  oneOf,
  optional,
  plugin,
  property,
  since,
  text,
  upstream,
  url,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirks, Setup, Word } from '../setup.ts'

const endpoint = one('ENDPOINT', text())
const full = optional('full', text())
const sizes = [
  optional('WRITEBUFFER', integer({ min: 1, max: 1024 }), { default: '1' }),
  optional('QUEUE', integer({ min: 1, max: 4096 }), { default: '1' }),
]
const aWord = (name: string) => lineLeavingRest(one(name))

const identity = property({ line: aWord('IDENTITY') })
const version = property({ line: aWord('VERSION') })
const skipverify = property({ since: '1.11.0', line: lineLeavingRest() })
const extra = property({ since: '1.11.1', line: aWord('EXTRA') })
const tls = property({ since: '1.14.4', line: lineIgnoringRest(one('CERT'), one('KEY'), optional('CA')) })

// Source: plugin/dnstap/setup.go parseConfig.
export default plugin('dnstap', {
  source: 'plugin/dnstap/setup.go parseConfig',
  about: 'Sends queries and answers in the binary format of dnstap to a socket or an address.',
  occurrences: since({ '1.0.0': 'first', '1.10.1': 'each' }),
  line: since({
    '1.0.0': lineLeavingRest(endpoint, full),
    '1.9.4': lineIgnoringRest(endpoint, full),
    '1.11.4': lineIgnoringRest(endpoint, full, optional('WRITEBUFFER'), optional('QUEUE')),
    '1.13.0': lineIgnoringRest(endpoint, full, ...sizes),
    '1.14.4': lineIgnoringRest(optional('listen', oneOf('listen'), { ifFits: true }), endpoint, full, ...sizes),
  }),
  properties: since({ '1.0.0': null, '1.9.4': { identity, version, skipverify, extra, tls } }),
  unknownProperty: since({ '1.0.0': 'ignored', '1.14.4': 'refused' }),
  afterOccurrence: 'endpoint',
})

/** plugin/dnstap/setup.go parseConfig: where to, and how much may wait on the way. */
const checkEndpoint: OccurrenceQuirk = (setup, { name, args, properties }) => {
  if (args.some((word) => !word.known)) return
  const listens = setup.since('1.14.4') && args[0]?.value === 'listen'
  const words = listens ? args.slice(1) : args
  const endpoint = words[0]
  if (endpoint === undefined) {
    if (listens) setup.report('argument-count', { at: args[0] ?? name, expected: 'listen ENDPOINT' })
    return
  }
  if (setup.since('1.11.4') && !setup.since('1.13.0')) checkQueue(setup, words[3])
  checkAddress(setup, endpoint)
  if (listens) return
  const tls = properties.find((property) => property.name.value === 'tls' && setup.since('1.14.4'))
  if (tls !== undefined) {
    setup.report('conflict', { at: tls.name, property: 'tls', message: 'tls directive only valid for listeners' })
  }
}

/** Up to 1.9.2 what follows `tcp://` is read as an upstream is, from then on the whole as a URL; any other word is a path. */
function checkAddress(setup: Setup, endpoint: Word): void {
  const { value } = endpoint
  const isTcp = value.startsWith('tcp://')
  if (setup.since('1.9.3')) {
    if (isTcp || (value.startsWith('tls://') && setup.since('1.11.0'))) setup.check(url(), endpoint)
  } else if (isTcp) setup.check(upstream(), { ...endpoint, value: value.slice('tcp://'.length) })
}

/** Up to 1.12.4 a word that is no number is 0, and a queue of a size that Go cannot make crashes. */
function checkQueue(setup: Setup, queue: Word | undefined): void {
  if (queue === undefined || !/^[+-]?[0-9]+$/.test(queue.value)) return
  const most = (1n << 63n) - 1n
  const number = BigInt(queue.value.replace(/^\+/, ''))
  const count = number > most ? most : number < -most ? -most - 1n : number
  const messages = BigInt.asIntN(64, count * 10_000n)
  if (messages < 0n || messages > 1n << 44n) {
    setup.report('panic', {
      at: queue,
      expected: 'a whole number from 1 to 4096',
      message: 'makechan: size out of range',
    })
  }
}

export const quirks: Quirks = { afterOccurrence: { endpoint: checkEndpoint } }
