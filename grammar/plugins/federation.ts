import { any, line, origin, plugin } from '../schema.ts'
import type { OccurrenceQuirk, OtherLineQuirk, Quirks } from '../setup.ts'
import { upstreamProperty } from '../zone-properties.ts'

export default plugin('federation', {
  source: 'plugin/federation/setup.go federationParse',
  page: 'https://coredns.io/explugins/federation/',
  about:
    'Answers names of federated clusters, SERVICE.NAMESPACE.NAME.svc.ZONE, with a CNAME below the DOMAIN of that NAME where this cluster has no such service. Each line of its block is a NAME and a DOMAIN; it does nothing without `kubernetes`.',
  aboutProperties: {
    upstream: 'Which servers resolve the names that it answers with.',
  },
  deprecated: '1.6.0',
  instead: 'the external plugin github.com/coredns/federation, or multicluster of `kubernetes`',
  occurrences: 'first',
  line: line(any('ZONES', origin())),
  properties: { upstream: upstreamProperty('1.2.3', { since: '1.2.3' }) },
  otherLine: 'federation',
  afterOccurrence: 'any-federation',
})

/** federationParse: any other line is `NAME DOMAIN`. */
const federation: OtherLineQuirk = (setup) => {
  const name = setup.word
  const words = setup.remainingArgs()
  if (words.length !== 1) {
    setup.refuse('argument-count', {
      at: words.at(-1) ?? name,
      property: name.value,
      expected: 'NAME DOMAIN',
      message: `need two arguments for federation, got ${words.length}`,
    })
  }
  return words
}

const anyFederation: OccurrenceQuirk = (setup, { name, properties }) => {
  const isUpstream = (word: string): boolean => word === 'upstream' && setup.since('1.2.3')
  if (properties.some((property) => !isUpstream(property.name.value))) return
  setup.report('needs', {
    at: name,
    expected: 'a line `NAME DOMAIN` in its block',
    message: 'at least one name to zone federation expected',
  })
}

export const quirks: Quirks = {
  otherLines: { federation },
  afterOccurrence: { 'any-federation': anyFederation },
}
