import { readPolicies } from '../lint/access.ts'
import { isNodeLocal, nodeLocalOf } from '../lint/node-local.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** Behind NodeLocal DNSCache every query comes from the address of a node. */
export default defineRule({
  id: 'node-local-client-address',
  severity: 'warning',
  effects: ['misbehaves'],
  check(context) {
    const { corefile, servers, workspace, report } = context
    if (!servers.has('kubernetes') || isNodeLocal(corefile)) return
    const found = [...byAddress(context)]
    if (found.length === 0) return
    const cache = nodeLocalOf(corefile, workspace)
    if (cache === null) return
    for (const { word, what, outcome } of found) {
      report({
        at: word.place,
        message: `${what}, and behind NodeLocal DNSCache all queries of a node come from the node: ${outcome}`,
        related: [
          {
            at: { path: cache.path, range: { start: cache.range.start, end: cache.range.start } },
            message: 'NodeLocal DNSCache asks on behalf of the pods',
          },
        ],
      })
    }
  },
})

interface ByAddress {
  readonly word: WordView
  /** Begins the message. */
  readonly what: string
  readonly outcome: string
}

function* byAddress({ servers }: RuleContext): Generator<ByAddress> {
  for (const autopath of servers.plugins('autopath')) {
    const last = autopath.args.at(-1)
    if (last?.known && last.value === '@kubernetes') {
      const what = 'autopath looks for the pod that has the address of the client'
      yield { word: last, what, outcome: 'it finds no pod and does nothing (take autopath out)' }
    }
  }
  for (const acl of servers.plugins('acl')) {
    const policy = readPolicies(acl)?.find(({ networks }) => networks !== null)
    if (policy !== undefined) {
      const what = `acl ${policy.action} goes by the address of the client`
      yield {
        word: policy.line.name,
        what,
        outcome: 'it never sees the address of a pod (name the networks of the nodes, or decide in NodeLocal DNSCache)',
      }
    }
  }
  for (const view of servers.plugins('view')) {
    for (const { name, args } of view.lines()) {
      if (name.value !== 'expr' || !args.some(({ known, value }) => known && /\bclient_ip\s*\(/.test(value))) continue
      const what = 'this view goes by the address of the client'
      yield { word: name, what, outcome: 'pods of one node are all the same to it (go by the name that is asked for)' }
    }
  }
}

const manifest = (lines: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
${lines}        kubernetes cluster.local {
            pods verified
        }
        forward . 10.0.0.2
    }
---
apiVersion: v1
kind: ConfigMap
metadata: {name: node-local-dns, namespace: kube-system}
data:
  Corefile: |
    cluster.local:53 {
        bind 169.254.20.10
        forward . __PILLAR__CLUSTER__DNS__ {
            force_tcp
        }
    }
`

export const text: RuleText = {
  summary: 'A decision by the address of the client behind NodeLocal DNSCache',
  why: 'NodeLocal DNSCache answers the pods of its node and asks the cluster DNS in its own name, from the address of the node. Whatever looks at the client there, such as `acl`, a view or autopath, never sees a pod: rules for pods match nobody, and rules for nodes match everybody.',
  links: ['plugin/autopath/README.md', 'plugin/acl/README.md'],
  examples: [
    {
      path: 'dns.yaml',
      bad: manifest('        autopath @kubernetes\n'),
      good: manifest(''),
    },
    {
      path: 'dns.yaml',
      bad: manifest('        acl {\n            block net 10.244.1.0/24\n        }\n'),
      good: manifest('        acl {\n            block type ANY\n        }\n'),
    },
  ],
}
