import { readsAsDirectives } from '../lint/custom-texts.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Platforms mount the ConfigMap coredns-custom of kube-system, and no other. */
export default defineRule({
  id: 'custom-configmap-name',
  severity: 'warning',
  effects: ['misbehaves'],
  checkRun({ workspace, report }) {
    const { cluster } = workspace
    for (const { name, namespace, path, data } of cluster.configMapsNamed(BOTH_WORDS)) {
      if (name === undefined || !IS_MEANT.test(name)) continue
      const isRight = name === 'coredns-custom'
      if (isRight && (namespace === undefined || namespace === 'kube-system')) continue
      const part = [...data].find(
        ([key, { text }]) => /\.(?:server|override)$/.test(key) && readsAsDirectives(text) !== null,
      )
      if (part === undefined || cluster.mountsOfConfigMap({ name, namespace, path }).length > 0) continue
      const { start } = part[1].range
      report({
        at: { path, range: { start, end: start + 1 } },
        message: isRight
          ? `this ConfigMap is in the namespace ${namespace}, and platforms read coredns-custom of kube-system: it does nothing (write namespace: kube-system)`
          : `this ConfigMap is called ${name}, and platforms read the one called coredns-custom: it does nothing (write name: coredns-custom)`,
        help: 'Where you mount it yourself, put the workload into the same run.',
      })
    }
  },
})

/** A name with one of the words may be anything. */
const BOTH_WORDS = /core-?dns-?custom|custom.?-?core-?dns/i
const IS_MEANT = /^(?:core-?dns-?customs?|customs?-?core-?dns)$/i

const manifest = (metadata: string) => `apiVersion: v1
kind: ConfigMap
metadata: {${metadata}}
data:
  corp.server: |
    corp.example:53 {
        forward . 10.0.0.53
    }
`

export const text: RuleText = {
  summary: 'A ConfigMap for a Corefile that no platform reads',
  why: 'AKS, k3s and DigitalOcean mount one ConfigMap for what people add to their Corefile: coredns-custom in kube-system. The mount is optional, so under another name or in another namespace nothing fails, and nothing happens.',
  links: ['Azure/AKS#1628', 'k3s-io/k3s#4397'],
  examples: [
    {
      path: 'custom.yaml',
      bad: manifest('name: coredns-custom, namespace: dns'),
      good: manifest('name: coredns-custom, namespace: kube-system'),
    },
    {
      path: 'custom.yaml',
      bad: manifest('name: custom-coredns, namespace: kube-system'),
      good: manifest('name: coredns-custom, namespace: kube-system'),
    },
  ],
}
