/** The image tags of kube-dns that differ in their dnsmasq, with that. */
export const TAGS: readonly (readonly [tag: string, dnsmasq: string])[] = [
  ['1.14.13', '2.78'],
  ['1.14.4', '2.76'],
  ['1.21.1', '2.85'],
  ['1.22.28', '2.88'],
  ['1.26.7', '2.90'],
]

/** The ConfigMap of kube-dns as people write it. */
export function configMap(data: Readonly<Record<string, string>>): string {
  const entries = Object.entries(data).map(([key, value]) => `  ${key}: |\n    ${value}\n`)
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: kube-dns\n  namespace: kube-system\ndata:${entries.length === 0 ? ' {}' : ''}\n${entries.join('')}`
}

/** The dnsmasq in front of kubedns: with a nanny, or as Kubernetes 1.5 had it. */
export interface Front {
  readonly generation: 'nanny' | 'plain'
  /** Of the nanny's image. */
  readonly tag: string
  readonly args: readonly string[]
}

/** A Deployment of kube-dns; without a front kubedns is alone. */
export function deployment(
  kubedns: { readonly tag: string; readonly args: readonly string[] },
  front: Front | null,
): string {
  const list = (words: readonly string[]) => words.map((word) => `        - ${word}\n`).join('')
  const before = ['-v=2', '-logtostderr', '-configDir=/etc/k8s/dns/dnsmasq-nanny', '-restartDnsmasq=true', '--']
  const inFront =
    front === null
      ? ''
      : `      - name: dnsmasq
        image: k8s.gcr.io/${front.generation === 'nanny' ? `k8s-dns-dnsmasq-nanny:${front.tag}` : 'kube-dnsmasq-amd64:1.4'}
        args:
${list(front.generation === 'nanny' ? [...before, ...front.args] : front.args)}`
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  template:
    spec:
      dnsPolicy: Default
      containers:
      - name: kubedns
        image: k8s.gcr.io/k8s-dns-kube-dns:${kubedns.tag}
        args:
${list(kubedns.args)}${inFront}`
}
