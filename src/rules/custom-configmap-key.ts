import { readsAsDirectives } from '../lint/custom-texts.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { globExpression } from '../values/glob.ts'
import { isInvalid } from '../values/invalid.ts'

/** Platforms import `*.server` and `*.override` of coredns-custom and nothing else. */
export default defineRule({
  id: 'custom-configmap-key',
  severity: 'warning',
  effects: ['misbehaves'],
  checkRun({ workspace, look, report }) {
    const { cluster, units } = workspace
    for (const { name, path, data } of cluster.configMapsNamed(/coredns-custom/)) {
      if (name !== 'coredns-custom') continue
      look({ path, name: 'ConfigMap coredns-custom' })
      for (const [key, entry] of data) {
        const kind = /\.(?:server|override)$/.test(key) ? null : readsAsDirectives(entry.text)
        if (kind === null || isMentioned(key, [...data.values(), ...units])) continue
        const better = `${key.replace(/\.[^.]*$/, '')}.${kind}`
        report({
          at: { path: entry.path, range: { start: entry.range.start, end: entry.range.start + 1 } },
          message: `the key ${key} is never imported: CoreDNS reads the keys of coredns-custom that end in .server or .override, so this does nothing (call it ${better})`,
        })
      }
    }
  },
})

/** Whether a text names the key as a file, or imports a pattern that it fits. */
function isMentioned(key: string, texts: readonly { readonly text: string }[]): boolean {
  return texts.some(({ text }) => {
    if (text.includes(`/${key}`) || text.includes(` ${key}`)) return true
    return Array.from(text.matchAll(/\bimport[ \t]+(\S+)/g), ([, pattern = '']) => pattern).some((pattern) => {
      const expression = globExpression(pattern.slice(pattern.lastIndexOf('/') + 1))
      return !isInvalid(expression) && expression.test(key)
    })
  })
}

const manifest = (key: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns-custom, namespace: kube-system}
data:
  ${key}: |
    log
`

export const text: RuleText = {
  summary: 'A key of coredns-custom that nobody imports',
  why: 'AKS, k3s and DigitalOcean mount the ConfigMap coredns-custom as a directory and import `*.override` into their server block and `*.server` beside it. A key with another ending is a file that nobody reads. CoreDNS says nothing of it, and the change seems to be there.',
  links: ['Azure/AKS#811', 'k3s-io/k3s#7639', 'coredns/coredns#7090'],
  examples: [{ path: 'custom.yaml', bad: manifest('mydns.conf'), good: manifest('mydns.override') }],
}
