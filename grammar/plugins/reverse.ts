import { gone } from '../gone.ts'
import { any, cidr, integer, line, lineLeavingRest, many, one, origin, plugin, property, since } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

// Source: plugin/reverse/setup.go reverseParse; in 1.1.4 plugin/deprecated/setup.go setup.
export default plugin('reverse', {
  source: 'plugin/reverse/setup.go reverseParse',
  about:
    'Makes names for the addresses of networks from a template: PTR for an address, and A or AAAA for such a name.',
  aboutProperties: {
    hostname: 'The name of an address: `{ip}` stands for the address, `{zone[1]}` for the first zone of the block.',
    ttl: 'How many seconds its answers live.',
    wildcard: 'Answers names below those too.',
    fallthrough: 'Passes names that no address has on to the next plugin, for all zones or for these alone.',
  },
  line: line(many('NETWORK', cidr())),
  properties: {
    hostname: property({ line: lineLeavingRest(one('TEMPLATE')), default: 'ip-{ip}.{zone[1]}' }),
    ttl: property({ line: lineLeavingRest(one('TTL', integer())), default: '60' }),
    wildcard: property({ line: lineLeavingRest() }),
    fallthrough: property({ line: since({ '1.0.0': lineLeavingRest(), '1.0.3': line(any('ZONES', origin())) }) }),
  },
  setup: since({ '1.0.0': null, '1.1.4': 'gone' }),
  afterOccurrence: 'template-has-domain',
  deprecated: '1.1.3',
  instead: 'template',
})

/** plugin/reverse/setup.go reverseParse: behind the first label of the last template there must be a domain. */
const templateHasDomain: OccurrenceQuirk = (setup, { name, properties }) => {
  if (setup.zones === null) return
  const written = properties.findLast((property) => property.name.value === 'hostname')?.args[0]
  if (written?.known === false) return
  let template = written?.value ?? 'ip-{ip}.{zone[1]}'
  for (const [at, zone] of setup.zones.entries()) template = template.replace(`{zone[${at + 1}]}`, () => zone)
  if (!template.endsWith('.')) template += '.'
  if (template.indexOf('.') < template.length - 1) return
  setup.report('invalid-value', {
    at: written ?? name,
    property: 'hostname',
    expected: 'a template with a domain, such as `ip-{ip}.{zone[1]}`',
    message: `cannot find domain in template '${template}'`,
  })
}

export const quirks: Quirks = {
  setups: { gone },
  afterOccurrence: { 'template-has-domain': templateHasDomain },
}
