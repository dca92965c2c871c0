import { isInvalid } from '../../src/values/invalid.ts'
import { parseCidr } from '../../src/values/ip.ts'
import { isSince } from '../../src/values/release.ts'
import { line, lineLeavingRest, one, optional, plugin, property, tested } from '../schema.ts'
import type { Quirk, Quirks, WordTest } from '../setup.ts'

const prefix = tested('prefix', 'an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits, such as `64:ff9b::/96`')

export default plugin('dns64', {
  source: 'plugin/dns64/setup.go dns64Parse',
  about:
    'Makes an AAAA answer of the A records where a name has no AAAA, for clients in IPv6 networks with NAT64. Only queries that came over IPv6 are treated so, unless `allow_ipv4` stands in the block.',
  occurrences: 'last',
  line: line(optional('PREFIX', prefix, { default: '64:ff9b::/96' })),
  properties: {
    prefix: property({ line: lineLeavingRest(one('PREFIX', prefix)), default: '64:ff9b::/96' }),
    translate_all: property({ line: lineLeavingRest() }),
    allow_ipv4: property({ since: '1.8.7', line: lineLeavingRest() }),
  },
  setup: 'prefix-or-block',
})

/** dns64Parse: behind a prefix on the line the block is not read as one, its words are taken for further occurrences. */
const prefixOrBlock: Quirk = (setup) => {
  while (setup.next()) {
    const [word, ...rest] = setup.remainingArgs()
    if (rest[0] !== undefined) setup.refuse('argument-count', { at: rest[0], expected: '[PREFIX]' })
    if (word !== undefined) {
      setup.check(prefix, word)
      continue
    }
    while (setup.nextBlock()) {
      if (setup.readProperty() !== null) continue
      const name = setup.word
      setup.refuse('unknown-property', { at: name, property: name.value })
    }
  }
}

/** parsePrefix; up to 1.14.7 any whole number of bytes was taken. */
const prefixFault: WordTest = (word, release) => {
  const read = parseCidr(word)
  if (isInvalid(read)) return read.error
  const { address, prefix } = read.network
  if (address.length === 4) return `invalid netmask 32 IPv6 address: "${word}"`
  const fits = isSince(release, '1.15.0')
    ? [32, 40, 48, 56, 64, 96].includes(prefix)
    : prefix % 8 === 0 && prefix >= 32 && prefix <= 96
  return fits ? null : `invalid prefix length "${word}"`
}

export const quirks: Quirks = { setups: { 'prefix-or-block': prefixOrBlock }, words: { prefix: prefixFault } }
