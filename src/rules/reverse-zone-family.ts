import { zonesAnswered, zoneText } from '../lint/answering.ts'
import type { ClusterObjects } from '../lint/cluster/cluster.ts'
import type { Stated } from '../lint/cluster/place.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { FilePlace } from '../text/range.ts'
import { isInvalid } from '../values/invalid.ts'
import { parseCidr, parseIp } from '../values/ip.ts'
import { isReverseZone, reverseVersion } from '../values/reverse.ts'

/** The zone of all reverse names of a family. */
const WHOLE = { 4: 'in-addr.arpa', 6: 'ip6.arpa' } as const

/** A cluster whose services have addresses of both families, and a kubernetes that answers reverse names of one. */
export default defineRule({
  id: 'reverse-zone-family',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check(context) {
    const { servers, release, report } = context
    if (!servers.has('kubernetes')) return
    const own = [...servers.plugins('kubernetes')].map((occurrence) => ({
      occurrence,
      zones: zonesAnswered(occurrence, release),
    }))
    if (own.some(({ zones }) => zones === null || zones.includes('.'))) return
    const all = own.flatMap(({ zones }) => zones ?? [])
    const has = (version: 4 | 6) => all.some((zone) => isReverseZone(zone) && versionOf(zone) === version)
    if (has(4) === has(6)) return
    const missing = has(4) ? 6 : 4
    const [first] = own.filter(({ zones }) => zones?.some(isReverseZone))
    if (first === undefined) return
    const stated = addressesOf(context)
    const other = stated.find(({ value }) => familyOf(value) === missing)
    if (other === undefined || !stated.some(({ value }) => familyOf(value) === (has(4) ? 4 : 6))) return
    const zone = first.occurrence.args.findLast(({ known, value }) => known && versionOf(`${value}.`) !== 0)
    const { place } = zone ?? first.occurrence.name
    const names = all.filter(isReverseZone).map(zoneText)
    report({
      at: place,
      message: `services have IPv${missing} addresses as well, and kubernetes answers reverse names of IPv${has(4) ? 4 : 6} alone: those of the others leave the cluster and find nothing (add ${WHOLE[missing]} beside ${names[0]})`,
      related: [{ at: other, message: `an IPv${missing} address of a service` }],
      fix:
        zone === undefined
          ? null
          : {
              title: `answer ${WHOLE[missing]} too`,
              safety: 'unsafe',
              edits: [replaceToken(place, `${zone.value} ${WHOLE[missing]}`)],
              list: place.list,
            },
    })
  },
})

/** Addresses and networks of services: those of the Services that lead to this CoreDNS, and those that the cluster was set up with. */
function addressesOf({ corefile, workspace }: RuleContext): Stated<string>[] {
  const { cluster } = workspace
  const runners = cluster.runnersOf(corefile)
  const services = runners.flatMap(({ workload }) => cluster.links.servicesOf(workload))
  const files = new Set([corefile.path, ...runners.map(({ workload }) => workload.path)])
  const isNear = ({ path }: FilePlace) => files.has(path)
  return [...services.flatMap(({ clusterIps }) => clusterIps), ...networksOf(cluster).filter(isNear)]
}

const networks = new WeakMap<ClusterObjects, readonly Stated<string>[]>()

/** The networks of services that a ServiceCIDR or a configuration of kubeadm names. */
function networksOf(cluster: ClusterObjects): readonly Stated<string>[] {
  let known = networks.get(cluster)
  if (known === undefined) {
    const ranges = cluster
      .objectsOf('ServiceCIDR')
      .flatMap(({ path, manifest }) =>
        (manifest.get('spec')?.get('cidrs')?.items() ?? []).flatMap(({ text, range }) =>
          text === undefined ? [] : [{ value: text, path, range }],
        ),
      )
    const subnets = cluster.objectsOf('ClusterConfiguration').flatMap(({ path, manifest }) => {
      const subnet = manifest.get('networking')?.get('serviceSubnet')
      return (subnet?.text ?? '')
        .split(',')
        .flatMap((value) => (subnet === undefined ? [] : [{ value: value.trim(), path, range: subnet.range }]))
    })
    known = [...ranges, ...subnets]
    networks.set(cluster, known)
  }
  return known
}

function familyOf(text: string): 4 | 6 | null {
  const cidr = parseCidr(text)
  const ip = isInvalid(cidr) ? parseIp(text) : cidr.ip
  return ip === undefined ? null : ip.length === 4 ? 4 : 6
}

/** The tree that a zone is, or lies in. */
function versionOf(zone: string): 0 | 4 | 6 {
  return reverseVersion(`.${zone}`)
}

const manifest = (zones: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        kubernetes ${zones} {
            fallthrough in-addr.arpa ip6.arpa
        }
        forward . 10.0.0.2
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    metadata:
      labels: {k8s-app: kube-dns}
    spec:
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.0
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  clusterIPs: [10.96.0.10, "fd00:96::a"]
  selector: {k8s-app: kube-dns}
  ports: [{name: dns, port: 53, protocol: UDP}]
`

export const text: RuleText = {
  summary: 'A dual-stack cluster with reverse names of one family',
  why: 'kubernetes answers the reverse names of services and pods only in the zones that it is given. In a cluster whose services have IPv4 and IPv6 addresses, the reverse names of the family that is left out go to the upstream, which knows nothing of them: logs and tools show addresses instead of names, and every look-up waits for somebody outside.',
  links: ['plugin/kubernetes/README.md'],
  examples: [
    {
      path: 'coredns.yaml',
      bad: manifest('cluster.local in-addr.arpa'),
      good: manifest('cluster.local in-addr.arpa ip6.arpa'),
    },
  ],
}
