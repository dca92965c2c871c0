import type { Claim } from './claim.ts'
import { claimsOfAnswerers } from './claims-answerers.ts'
import { claimsOfHosts } from './claims-hosts.ts'
import { claimsOfNames } from './claims-names.ts'
import { claimsOfReading } from './claims-reading.ts'
import { claimsOfRunning } from './claims-running.ts'
import { claimsOfSettings } from './claims-settings.ts'
import { claimsOfZones } from './claims-zones.ts'

export type { Claim, Step } from './claim.ts'

/** Rules that say an accepted text misbehaves and cannot be shown here, and why: a service of a cloud, say. */
export const NOT_SHOWN: Readonly<Record<string, string>> = {
  'rbac-missing': 'the fake API asks nobody what they may',
  'lameduck-too-long': 'it is Kubernetes that ends the pod',
  'forward-limit-exceeds-memory': 'it is the kernel that ends a process for its memory',
  'reverse-zone-family': 'that upstreams do not know the addresses of services is no matter of CoreDNS',
  'node-local-client-address': 'the client is another program with an address of its own',
  'nodelocaldns-bypass': 'the placeholders of NodeLocal DNSCache are replaced by its own program',
  'port-not-served': 'it is a Service that leads nowhere',
  'kube-dns-configmap-invalid':
    'kube-dns is another program; what its releases take is recorded in test/conformance/kube-dns',
  'kube-dns-unknown-key':
    'kube-dns is another program; what its releases take is recorded in test/conformance/kube-dns',
  'kube-dns-server': 'kube-dns is another program; what its releases take is recorded in test/conformance/kube-dns',
  'kube-dns-cluster-domain': 'kube-dns is another program, and chance decides what it answers then',
  'custom-configmap-key': 'a platform mounts the ConfigMap',
  'custom-configmap-name': 'a platform mounts the ConfigMap',
  'bind-isolates-listener': 'a server here listens on 127.0.0.1 alone, with bind or without',
  'serve-stale-cluster-zone': 'the addresses of a service must change while the server runs',
}

/** Every claim that is asked live, in the order in which it is recorded. */
export const claims: readonly Claim[] = [
  ...claimsOfAnswerers,
  ...claimsOfReading,
  ...claimsOfHosts,
  ...claimsOfZones,
  ...claimsOfNames,
  ...claimsOfSettings,
  ...claimsOfRunning,
]
