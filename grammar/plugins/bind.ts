import { isIp } from '../../src/values/ip.ts'
import { ip, line, lineLeavingRest, many, one, plugin, property, since, tested } from '../schema.ts'
import type { LineQuirk, OccurrenceQuirk, Quirks, Setup, Word } from '../setup.ts'

const address = tested('address-or-interface', 'an IP address or the name of a network interface')
const except = property({ line: line(many('ADDRESS', address)), quirk: 'except' })

// Source: plugin/bind/setup.go setup, parse, listIP.
export default plugin('bind', {
  source: 'plugin/bind/setup.go setup',
  about:
    'The addresses, or the interfaces with all their addresses, on which its server block listens; without it all of the machine.',
  aboutProperties: {
    except: 'Addresses and interfaces of this line on which it does not listen after all.',
  },
  line: since({
    '1.0.0': lineLeavingRest(one('ADDRESS', ip())),
    '1.0.6': line(many('ADDRESS', ip())),
    '1.8.4': line(many('ADDRESS', address)),
  }),
  properties: since({ '1.0.0': null, '1.8.4': { except } }),
  afterOccurrence: 'interfaces',
})

/** Names that Linux can give to an interface (15 bytes at most) and that are no domain names or addresses, which people try instead. */
export const INTERFACE = /^(?!localhost$)(?!.*\.[A-Za-z]{2,}$)[A-Za-z][A-Za-z0-9_.-]{0,14}$/

/** plugin/bind/setup.go parse: the last `except` of a line replaces those before it, whatever they say. */
const readExcept: LineQuirk = (setup) => {
  const name = setup.word
  const words = setup.remainingArgs()
  if (words.length === 0) setup.report('argument-count', { at: name, property: 'except', expected: 'ADDRESS...' })
  return words
}

/** plugin/bind/setup.go listIP: whether an interface exists is known only where CoreDNS runs. */
const interfaces: OccurrenceQuirk = (setup, { args, properties }) => {
  if (!setup.since('1.8.4')) return
  const excluded = properties.findLast(({ name }) => name.value === 'except')?.args ?? []
  for (const word of excluded) setup.check(address, word, 'except')
  for (const word of [...args, ...excluded])
    if (word.known && !isIp(word.value) && INTERFACE.test(word.value)) wantInterface(setup, word)
}

function wantInterface(setup: Setup, word: Word): void {
  const exists = setup.interfaceExists(word.value)
  if (exists === undefined) setup.assume(`network interface ${word.value} exists`)
  if (exists !== false) return
  const message = `not a valid IP address or interface name: "${word.value}"`
  setup.report('invalid-value', { at: word, expected: 'an IP address or the name of a network interface', message })
}

export const quirks: Quirks = {
  lines: { except: readExcept },
  afterOccurrence: { interfaces },
  words: {
    'address-or-interface': (word) =>
      isIp(word) || INTERFACE.test(word) ? null : `not a valid IP address or interface name: "${word}"`,
  },
}
