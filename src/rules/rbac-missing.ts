import { releaseOfImage } from '../../grammar/images.ts'
import type { ClusterRole } from '../lint/cluster/objects.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** What kubernetes lists and watches (plugin/kubernetes/controller.go newdnsController) against what its account may. */
export default defineRule({
  id: 'rbac-missing',
  severity: 'error',
  effects: ['misbehaves'],
  check({ corefile, servers, since, workspace, report }) {
    if (!servers.has('kubernetes')) return
    const needs = new Map([...servers.plugins('kubernetes')].flatMap((each) => needsOf(each, since)))
    if (needs.size === 0) return
    const { cluster } = workspace
    for (const { workload, container } of cluster.runnersOf(corefile)) {
      const roles = cluster.links.rolesOf(workload)
      const [role] = roles ?? []
      if (roles === null || role === undefined) continue
      // Which of the two kinds of endpoints is read depends on the release: where none is named, it is a guess.
      const isReleaseSaid = releaseOfImage(container.image?.value ?? '')?.release != null
      const missing = [...needs.values()].filter(
        (need) => (isReleaseSaid || !need.resource.startsWith('endpoint')) && !roles.some((each) => allows(each, need)),
      )
      const [first] = missing
      if (first === undefined) continue
      const what = missing.map(({ resource }) => resource).join(' and ')
      const groups = [...new Set(missing.map(({ group }) => (group === '' ? '""' : group)))].join(' and ')
      report({
        at: role.name ?? role,
        message: `CoreDNS may not list and watch ${what}, which ${first.because}: it answers names of the cluster with SERVFAIL and is never ready (add ${what} of the API group ${groups} with list and watch)`,
        related: [{ at: first.occurrence.name.place, message: `kubernetes ${first.because}` }],
      })
    }
  },
})

interface Need {
  readonly group: string
  readonly resource: string
  /** Completes "which ...". */
  readonly because: string
  readonly occurrence: OccurrenceView
}

/** By resource; nothing where kubernetes comes to the API by another account. */
function needsOf(occurrence: OccurrenceView, since: RuleContext['since']): [string, Need][] {
  const needs = new Map<string, Need>()
  const need = (group: string, resource: string, because: string) =>
    needs.set(resource, { group, resource, because, occurrence })
  let mode = 'disabled'
  let endpoints = true
  let multicluster = false
  for (const { name, args } of occurrence.lines()) {
    if (!name.known || args.some(({ known }) => !known)) return []
    if (name.value === 'endpoint' || name.value === 'kubeconfig') return []
    if (name.value === 'noendpoints') endpoints = false
    if (name.value === 'pods') mode = args[0]?.value ?? mode
    if (name.value === 'multicluster') multicluster = args.length > 0
  }
  need('', 'services', 'it answers with')
  need('', 'namespaces', 'it answers for')
  if (endpoints) {
    if (since('1.8.1')) need('discovery.k8s.io', 'endpointslices', 'it reads since CoreDNS 1.8.1')
    else need('', 'endpoints', 'it answers with')
  }
  if (mode === 'verified') need('', 'pods', 'pods verified looks at')
  if (multicluster) need('multicluster.x-k8s.io', 'serviceimports', 'multicluster answers with')
  return [...needs]
}

function allows({ rules }: ClusterRole, { group, resource }: Need): boolean {
  return ['list', 'watch'].every((verb) =>
    rules.some(
      ({ apiGroups, resources, verbs }) => has(apiGroups, group) && has(resources, resource) && has(verbs, verb),
    ),
  )
}

function has(values: readonly { readonly value: string }[], wanted: string): boolean {
  return values.some(({ value }) => value === '*' || value === wanted)
}

const manifest = (rules: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        kubernetes cluster.local
        forward . 10.0.0.2
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    spec:
      serviceAccountName: coredns
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:coredns}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:coredns}
subjects: [{kind: ServiceAccount, name: coredns, namespace: kube-system}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: system:coredns}
rules:
${rules}`

const old = '  - {apiGroups: [""], resources: [endpoints, services, pods, namespaces], verbs: [list, watch]}\n'
const slices = '  - {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list, watch]}\n'

export const text: RuleText = {
  summary: 'A ClusterRole that lacks what the Corefile needs',
  why: 'kubernetes lists and watches services, namespaces and, from CoreDNS 1.8.1 on, EndpointSlices instead of Endpoints; `pods verified` and `multicluster` need more. When its account may not, CoreDNS waits for what never comes: /ready stays red, and names of the cluster get SERVFAIL. A new image with the old ClusterRole is the usual way there.',
  links: [
    'coredns/coredns#5495',
    'coredns/coredns#4758',
    'coredns/helm#9',
    'plugin/kubernetes/controller.go newdnsController',
  ],
  examples: [
    { path: 'coredns.yaml', bad: manifest(old), good: manifest(old + slices) },
    {
      path: 'coredns.yaml',
      bad: manifest(`${old.replace(' pods,', '')}${slices}`).replace(
        'cluster.local\n',
        'cluster.local {\n            pods verified\n        }\n',
      ),
      good: manifest(old + slices).replace(
        'cluster.local\n',
        'cluster.local {\n            pods verified\n        }\n',
      ),
    },
  ],
}
