import { defineRule, type RuleText } from '../lint/rule.ts'

/** kube-dns checks all of its ConfigMap before it takes any of it (pkg/dns/config/sync.go processUpdate of kubernetes/dns). */
export default defineRule({
  id: 'kube-dns-configmap-invalid',
  severity: 'error',
  effects: ['misbehaves'],
  checkRun({ workspace, look, report }) {
    for (const { path, name, refusals } of workspace.cluster.kubeDns) {
      look({ path, name })
      const told = new Set<number>()
      for (const { key, message, range } of refusals) {
        // Of one value the first fault says it.
        if (told.has(range.start)) continue
        told.add(range.start)
        const isLimit = message.includes('three servers')
        report({
          at: { path, range },
          message: `kube-dns does not take this value of ${key}, and with it nothing of this ConfigMap: ${message}. After its next start it knows no stub domain and no upstream of yours`,
          ...(isLimit ? { help: 'GKE takes fifteen from its release 1.36 on.' } : {}),
        })
      }
    }
  },
})

const manifest = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
${data}`

export const text: RuleText = {
  summary: 'A kube-dns ConfigMap of which kube-dns takes nothing',
  why: 'Where kube-dns still runs, as in GKE, and where NodeLocal DNSCache reads its ConfigMap, all values are checked together. One that is wrong, and none counts: names of the stub domains go to the usual resolvers, with no more than a line in the log. A pod that runs keeps the values it had, so it shows at the next restart.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/'],
  examples: [
    {
      path: 'kube-dns.yaml',
      bad: manifest(`  stubDomains: '{"corp.example": "10.0.0.53"}'\n`),
      good: manifest(`  stubDomains: '{"corp.example": ["10.0.0.53"]}'\n`),
    },
    {
      path: 'kube-dns.yaml',
      bad: manifest(`  upstreamNameservers: '["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"]'\n`),
      good: manifest(`  upstreamNameservers: '["10.0.0.1", "10.0.0.2", "10.0.0.3"]'\n`),
    },
  ],
}
