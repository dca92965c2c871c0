import { defineRule, type RuleText } from '../lint/rule.ts'
import { didYouMean } from '../text/suggest.ts'

const KEYS = ['stubDomains', 'upstreamNameservers', 'federations']

/** A key of the kube-dns ConfigMap that kube-dns passes over (pkg/dns/config/sync.go processUpdate of kubernetes/dns). */
export default defineRule({
  id: 'kube-dns-unknown-key',
  severity: 'warning',
  effects: ['misbehaves'],
  checkRun({ workspace, look, report }) {
    for (const { path, name, unknownKeys } of workspace.cluster.kubeDns) {
      look({ path, name })
      for (const { value, range } of unknownKeys) {
        const meant = didYouMean(value, KEYS)
        report({
          at: { path, range },
          message: `kube-dns does not read ${value}, so what it says does nothing${meant === '' ? ` (it reads ${KEYS.join(', ')})` : meant}`,
        })
      }
    }
  },
})

const manifest = (key: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
  ${key}: '{"corp.example": ["10.0.0.53"]}'
`

export const text: RuleText = {
  summary: 'A key that kube-dns does not read',
  why: 'kube-dns reads three keys of its ConfigMap and tells their letters apart. It says nothing of others, so a stub domain under a key with a slip in it is simply not there.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/'],
  examples: [{ path: 'kube-dns.yaml', bad: manifest('stubdomains'), good: manifest('stubDomains') }],
}
