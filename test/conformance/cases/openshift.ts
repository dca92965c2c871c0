import { isSinceOpenShift, OPENSHIFT_FIELD_SINCE, OPENSHIFT_RELEASES } from '../../../grammar/openshift.ts'
import { operatorCorefile } from '../../../src/resolver/openshift/operator-corefile.ts'
import { DEFAULT_OPERATOR_DNS } from '../../../src/sources/openshift-dns.ts'
import type { OperatorDns, OperatorForwarding } from '../../../src/sources/operator-dns.ts'
import type { Case } from '../case.ts'

/** What the operator of OpenShift writes for resources that use every field. */
export const records = 'verdicts'

const asks: OperatorForwarding = {
  policy: undefined,
  transport: undefined,
  serverName: undefined,
  caBundle: undefined,
  protocolStrategy: undefined,
}
const server = { name: 'corp', zones: ['corp.example', '10.in-addr.arpa'], upstreams: ['10.0.0.1', '10.0.0.2:5353'] }
const network = (address: string, port?: number) => ({ type: 'Network', address, port })

/** Resources by what is in them. */
export const resources: Readonly<Record<string, OperatorDns>> = {
  default: DEFAULT_OPERATOR_DNS,
  servers: {
    ...DEFAULT_OPERATOR_DNS,
    servers: [
      { ...server, ...asks, policy: 'RoundRobin' },
      { ...asks, name: 'other', zones: ['test'], upstreams: ['2001:db8::1', '[2001:db8::2]:54'] },
    ],
    resolvers: { ...asks, policy: 'Random', upstreams: [network('192.0.2.53'), network('2001:db8::53', 5353)] },
    logLevel: 'Debug',
  },
  tls: {
    ...DEFAULT_OPERATOR_DNS,
    servers: [{ ...server, ...asks, transport: 'TLS', serverName: 'dns.corp.example', protocolStrategy: 'TCP' }],
    resolvers: { ...asks, transport: 'TLS', serverName: 'dns.example', upstreams: [network('192.0.2.53', 853)] },
    cache: { positiveTTL: '30s', negativeTTL: '1m30s' },
    logLevel: 'Trace',
  },
}

/** What OpenShift ships, by release, with the Corefile of each resource. */
export const shipped: readonly { readonly id: string; readonly openshift: string; readonly text: string }[] =
  OPENSHIFT_RELEASES.flatMap((openshift) =>
    Object.entries(resources).flatMap(([what, dns]) => {
      if (what === 'tls' && !isSinceOpenShift(openshift, OPENSHIFT_FIELD_SINCE.transportConfig)) return []
      return [{ id: `${openshift}-${what}`, openshift, text: operatorCorefile(dns, openshift).corefile }]
    }),
  )

/** Releases whose operator writes the same are one case, called after the first. */
export const cases: readonly Case[] = shipped
  .filter(({ text }, at) => shipped.findIndex((other) => other.text === text) === at)
  .map(({ id, text }) => ({ id, text }))
