import { isWhole } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** k8s_external answers from what kubernetes knows (plugin/k8s_external/setup.go setup). */
export default defineRule({
  id: 'k8s-external-without-kubernetes',
  severity: 'error',
  effects: ['refused', 'misbehaves'],
  explains: ({ kind, stage, plugin }) => kind === 'needs' && stage === 'start' && plugin === 'k8s_external',
  check({ servers, reasons, since, report }) {
    for (const { at } of reasons) {
      report({
        at,
        message:
          'k8s_external answers from what kubernetes knows, and there is no kubernetes in this block: CoreDNS does not start (add kubernetes)',
      })
    }
    if (since('1.11.0')) return
    for (const { name, block } of servers.plugins('k8s_external')) {
      if (block.has('kubernetes') || !isWhole(servers, block)) continue
      report({
        at: name.place,
        severity: 'warning',
        effect: 'misbehaves',
        message:
          'k8s_external answers from what kubernetes knows, and there is no kubernetes in this block: it answers nothing (add kubernetes)',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A k8s_external without kubernetes in its block',
  why: 'k8s_external has no connection to the cluster of its own; it asks the kubernetes plugin of its block for the addresses of services. Without that one CoreDNS before 1.11.0 passes its names on as if the plugin were not there, and newer releases do not start.',
  links: ['coredns/coredns#5959', 'plugin/k8s_external/setup.go setup'],
  examples: [
    {
      bad: 'example.org:53 {\n    k8s_external example.org\n}\n',
      good: 'example.org:53 {\n    kubernetes cluster.local\n    k8s_external example.org\n}\n',
    },
    {
      bad: 'example.org:53 {\n    k8s_external example.org\n    forward . 10.0.0.2\n}\n',
      good: 'example.org:53 {\n    kubernetes cluster.local\n    k8s_external example.org\n    forward . 10.0.0.2\n}\n',
      release: '1.10.1',
    },
  ],
}
