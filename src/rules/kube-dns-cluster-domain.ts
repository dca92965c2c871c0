import { isNodeLocal } from '../lint/node-local.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isSubdomain } from '../values/name.ts'

/** A stub domain that takes the names of the cluster: dnsmasq asks both for equal zones, NodeLocal DNSCache whoever has the zone. */
export default defineRule({
  id: 'kube-dns-cluster-domain',
  severity: 'error',
  effects: ['misbehaves'],
  checkRun({ workspace, settingsFor, look, report }) {
    for (const { path, name, refusals, asIntended } of workspace.cluster.kubeDns) {
      look({ path, name })
      if (refusals.length > 0) continue
      const cluster = (settingsFor(path).clusterDomain ?? 'cluster.local').replace(/\.$/, '').toLowerCase()
      for (const { domain, servers } of asIntended.stubDomains) {
        if (servers.length === 0) continue
        if (domain.value === cluster) {
          report({
            at: { path, range: domain.range },
            message: `${domain.value} is the domain of the cluster itself: dnsmasq asks kube-dns and ${servers[0]?.written} and takes whichever answer comes first, so services are found by chance (take this stub domain out)`,
          })
        } else if (isSubdomain(`${domain.value}.`, `${cluster}.`) && workspace.units.some(isNodeLocal)) {
          report({
            at: { path, range: domain.range },
            severity: 'warning',
            message: `the domain of the cluster, ${cluster}, lies below ${domain.value}: kube-dns keeps its own names, and NodeLocal DNSCache makes a block of ${domain.value} from this ConfigMap (look that it has one for ${cluster} as well)`,
          })
        }
      }
    }
  },
})

const manifest = (domain: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
  stubDomains: '{"${domain}": ["10.0.0.53"]}'
`

export const text: RuleText = {
  summary: 'A stub domain that is the domain of the cluster',
  why: 'kube-dns does not compare stub domains with its own domain. dnsmasq then has two servers for it, asks both, and the faster one wins: names of services exist in one moment and not in the next. A stub domain below the domain of the cluster is fine, and so is one above it for kube-dns alone.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/'],
  examples: [{ path: 'kube-dns.yaml', bad: manifest('cluster.local'), good: manifest('corp.example') }],
}
