import { defineRule, type RuleText } from '../lint/rule.ts'

/** kubectl apply keeps the whole object in an annotation; all annotations together may have 262,144 bytes, and some are for other things. */
const MOST_APPLIED = 240 * 1024
/** More than this Kubernetes takes in no way (pkg/apis/core/validation ValidateConfigMap). */
const MOST_STORED = 1024 * 1024

/** A ConfigMap that kubectl, or Kubernetes itself, does not take. */
export default defineRule({
  id: 'configmap-too-large',
  severity: 'warning',
  effects: ['hygiene'],
  fragments: true,
  check({ corefile, workspace, report }) {
    if (corefile.embedded?.document.kind !== 'ConfigMap') return
    const own = workspace.cluster.configMapAt(corefile)
    if (own === undefined || own.size <= MOST_APPLIED) return
    const { start } = corefile.range
    const size = `${Math.round(own.size / 1024)} KiB`
    const isRefused = own.size > MOST_STORED
    report({
      at: { outer: { start, end: start + 1 } },
      ...(isRefused ? { severity: 'error' } : {}),
      message: isRefused
        ? `this ConfigMap has ${size}, and Kubernetes takes no more than 1024: it cannot be stored (put the long list into a file of a volume, or ask a server for these names)`
        : `this ConfigMap has ${size}, and kubectl apply keeps a copy of it in an annotation, which may have no more than 256: it says "metadata.annotations: Too long" (use kubectl apply --server-side, or put the long list into a file of a volume)`,
    })
  },
})

export const text: RuleText = {
  summary: 'A ConfigMap that kubectl apply does not take',
  why: 'kubectl apply writes the object that it applied into an annotation of it, and annotations may have 262,144 bytes in all. A long list of hosts in a Corefile goes beyond that: the change is refused when somebody is in a hurry. Server-side apply needs no copy; beyond 1 MiB Kubernetes refuses the ConfigMap in any way.',
  links: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
  examples: [],
}
