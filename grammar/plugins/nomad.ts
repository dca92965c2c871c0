import { any, integer, line, lineIgnoringRest, many, one, optional, plugin, property, text, url } from '../schema.ts'
import type { Quirk, Quirks, Word } from '../setup.ts'

const ttl = integer({ min: 0, max: 3600 })

// Source: plugin/nomad/setup.go parse. The names of properties may be in capitals, and only the first directive is read.
export default plugin('nomad', {
  source: 'plugin/nomad/setup.go parse',
  about: 'Answers names of services that are registered with Nomad.',
  occurrences: 'first',
  line: lineIgnoringRest(optional('ZONE', text(), { default: 'service.nomad' }), any('REST')),
  properties: {
    address: property({ line: line(many('URL', url())), repeat: 'adds', default: 'http://127.0.0.1:4646' }),
    filter: property({ since: '1.13.2', line: line(one('FILTER')) }),
    token: property({ line: line(one('TOKEN', text(), { secret: true })) }),
    ttl: property({ line: line(one('SECONDS', ttl)), default: '30' }),
  },
  setup: 'parse',
})

/** plugin/nomad/setup.go parse. */
const parse: Quirk = (setup) => {
  if (!setup.next()) return
  setup.remainingArgs()
  const addresses: Word[] = []
  while (setup.nextBlock()) {
    const name = setup.word
    const property = name.value.toLowerCase()
    const isKnown =
      property === 'address' ||
      property === 'token' ||
      property === 'ttl' ||
      (property === 'filter' && setup.since('1.13.2'))
    if (!isKnown) setup.refuse('unknown-property', { at: name, property: name.value })
    const args = setup.remainingArgs()
    const first = args[0]
    if (property === 'address') {
      if (first === undefined) setup.refuse('argument-count', { at: name, property, expected: 'URL...' })
      addresses.push(...args)
    } else if (first === undefined || args.length > 1) {
      const expected = property === 'ttl' ? 'SECONDS' : property.toUpperCase()
      setup.refuse('argument-count', { at: args[1] ?? name, property, expected })
    } else if (property === 'ttl') setup.check(ttl, first, property)
  }
  for (const address of addresses) if (address.value !== '') setup.check(url(), address, 'address')
}

export const quirks: Quirks = { setups: { parse } }
