import { defineRule, type RuleText } from '../lint/rule.ts'

/** Servers that kube-dns takes and its dnsmasq cannot use, or only by luck (cmd/dnsmasq-nanny of kubernetes/dns). */
export default defineRule({
  id: 'kube-dns-server',
  severity: 'error',
  effects: ['misbehaves'],
  checkRun({ workspace, look, report }) {
    for (const { path, name, refusals, asIntended } of workspace.cluster.kubeDns) {
      look({ path, name })
      // Where nothing is taken these servers are not used either.
      if (refusals.length > 0) continue
      const stubs = asIntended.stubDomains.flatMap(({ servers }) => servers)
      for (const { written, why, isName, range } of [...stubs, ...asIntended.upstreamNameservers]) {
        if (why !== undefined) {
          const isFatal = why.includes('does not start')
          report({
            at: { path, range },
            severity: isFatal ? 'error' : 'warning',
            message: `${written}: ${why} (write the address alone${written.includes('[') ? '; IPv6 takes no port here' : ''})`,
          })
        } else if (isName) {
          report({
            at: { path, range },
            severity: 'warning',
            message: `${written} is a host name: kube-dns looks it up once when it starts and keeps that address, and where the look-up fails older releases do not start (write the address)`,
          })
        }
      }
    }
  },
})

const manifest = (server: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
  stubDomains: '{"corp.example": ["${server}"]}'
`

export const text: RuleText = {
  summary: 'A server that the dnsmasq of kube-dns cannot use',
  why: 'kube-dns checks its servers less strictly than the dnsmasq that it starts with them. An IPv6 address in brackets passes the check and keeps dnsmasq from starting, so no pod of kube-dns comes up; an empty port leads to port 0; a host name is looked up once, with a resolver that may be this very one.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/'],
  examples: [
    { path: 'kube-dns.yaml', bad: manifest('[2001:db8::53]:53'), good: manifest('2001:db8::53') },
    { path: 'kube-dns.yaml', bad: manifest('10.0.0.53:'), good: manifest('10.0.0.53:53') },
    { path: 'kube-dns.yaml', bad: manifest('ns1.corp.example'), good: manifest('10.0.0.53') },
  ],
}
