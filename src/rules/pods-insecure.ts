import { defineRule, type RuleText } from '../lint/rule.ts'

/** `pods insecure` reads the address out of the name and asks nobody (plugin/kubernetes/kubernetes.go findPods). */
export default defineRule({
  id: 'pods-insecure',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  check({ servers, report }) {
    for (const kubernetes of servers.plugins('kubernetes')) {
      const mode = kubernetes.properties('pods').at(-1)?.args[0]
      if (mode === undefined || !mode.known || mode.value !== 'insecure') continue
      report({
        at: mode.place,
        message:
          'with pods insecure a name such as 1-2-3-4.default.pod gets the address 1.2.3.4 whether there is such a pod or not (write pods disabled where nobody uses these names)',
        help: 'Certificates for names below your domain can be had for any address this way. pods verified answers for real pods alone, but makes every CoreDNS pod watch all pods of the cluster.',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'Names of pods that are answered without looking',
  why: 'kubeadm and most distributions write `pods insecure` because kube-dns answered these names. It gives out whatever address stands in the name, for pods that exist and for those that do not, so a name inside the cluster domain can be made to point anywhere.',
  links: ['coredns/coredns#8043', 'coredns/coredns#6041', 'coredns/deployment#37'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes cluster.local {\n        pods insecure\n    }\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    kubernetes cluster.local {\n        pods disabled\n    }\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
