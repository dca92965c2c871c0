import { needsServerSideApply } from '../migrate/manifest.ts'
import type { CorefileSource } from '../sources/source.ts'
import { visible } from '../text/width.ts'

/** What the commands of a roll-out depend on. */
export interface RollOut {
  readonly corefile: string
  /** The file it goes into; null for a new Corefile. */
  readonly into: string | null
  /** The Corefile in that file as it was found; null for a new one. */
  readonly target: CorefileSource | null
  /** Whether CoreDNS runs in a cluster. */
  readonly isCluster: boolean
  /** Whether the result is the resource from which OpenShift's operator writes the Corefile. */
  readonly isOperator?: boolean
}

/** Without what changes with every write, kubectl takes the object back as it was. */
const WITHOUT_VERSION = `sed '/^  resourceVersion:/d; /^  uid:/d'`

/** Sections of a report: the commands that bring a result to CoreDNS, and those that take it back. */
export function commandLines(rollOut: RollOut): string[] {
  const { into, target, isCluster, isOperator = false } = rollOut
  if (isOperator) return operatorCommands(into ?? 'dns.yaml')
  if (!isCluster && target?.embedded === undefined) return machineCommands(into)
  return into !== null && target?.embedded !== undefined ? manifestCommands(rollOut, into) : clusterCommands(rollOut)
}

/** The resource of OpenShift's operator. A list in it is taken as a whole: servers that the file lacks go. */
function operatorCommands(into: string): string[] {
  const file = shellWord(into)
  return [
    ...section('Roll out', [
      `oc get dns.operator/default -o yaml | ${WITHOUT_VERSION} > dns-before.yaml`,
      `oc apply -f ${file}`,
      '# the operator writes the Corefile within seconds, and CoreDNS reloads within a minute or two',
      'oc get configmap/dns-default -n openshift-dns -o yaml',
      'oc get clusteroperator/dns',
      'oc logs -n openshift-dns -l dns.operator.openshift.io/daemonset-dns=default -c dns --tail=20',
    ]),
    '',
    '`spec.servers` of the cluster is replaced by that of the file: where servers are there that the file lacks, migrate into the resource as the cluster has it (`--into`).',
    ...section('Roll back', ['oc replace -f dns-before.yaml']),
  ]
}

/** A ConfigMap, or another manifest, that is kept as a file. */
function manifestCommands({ corefile, target }: RollOut, into: string): string[] {
  const { kind, name = 'coredns', namespace = 'kube-system' } = target?.embedded?.document ?? {}
  const file = shellWord(into)
  if (kind !== 'ConfigMap') {
    return [
      ...section('Roll out', ['git diff', `corefile lint ${file}`]),
      '',
      'Then roll the chart or the manifest out as you always do. To go back, take this change back and roll out again.',
    ]
  }
  const object = `configmap ${shellWord(name)} -n ${shellWord(namespace)}`
  return [
    ...section('Roll out', [
      `kubectl get ${object} -o yaml | ${WITHOUT_VERSION} > coredns-before.yaml`,
      `corefile lint ${file}`,
      `kubectl apply${serverSide(corefile)} -f ${file}`,
      ...watching,
    ]),
    ...afterwards(corefile),
    ...section('Roll back', ['kubectl replace -f coredns-before.yaml', ...restarting]),
  ]
}

/** A Corefile in a file of its own, or a new one, for a cluster. */
function clusterCommands({ corefile, into }: RollOut): string[] {
  const file = shellWord(into ?? 'Corefile')
  const create = `kubectl create configmap coredns -n kube-system --from-file=Corefile=${file} --dry-run=client -o yaml`
  return [
    ...section('Roll out where CoreDNS runs', [
      `kubectl get configmap coredns -n kube-system -o yaml | ${WITHOUT_VERSION} > coredns-before.yaml`,
      `corefile lint ${file}`,
      `${create} | kubectl apply${serverSide(corefile)} -f -`,
      ...watching,
    ]),
    ...afterwards(corefile),
    ...section('Roll back', ['kubectl replace -f coredns-before.yaml', ...restarting]),
    ...(into === null
      ? [
          '',
          'Where kube-dns still runs, save what `--format manifest --cluster-dns-ip IP` gives as coredns-all.yaml: all objects of CoreDNS, whose Service takes the place of that of kube-dns and keeps its address. Deployment and ConfigMap of kube-dns stay:',
          '',
          '```sh',
          "kubectl get service kube-dns -n kube-system -o jsonpath='{.spec.clusterIP}'  # the IP",
          'kubectl apply -f coredns-all.yaml',
          'kubectl rollout status deployment/coredns -n kube-system',
          'kubectl scale deployment/kube-dns-autoscaler -n kube-system --replicas=0  # where there is one',
          'kubectl scale deployment/kube-dns -n kube-system --replicas=0',
          '```',
          '',
          'Back to kube-dns:',
          '',
          '```sh',
          'kubectl scale deployment/kube-dns -n kube-system --replicas=2',
          'kubectl scale deployment/kube-dns-autoscaler -n kube-system --replicas=1  # where there is one',
          'kubectl rollout status deployment/kube-dns -n kube-system',
          'kubectl scale deployment/coredns -n kube-system --replicas=0',
          '```',
        ]
      : []),
  ]
}

/** A CoreDNS on a machine of its own. */
function machineCommands(into: string | null): string[] {
  const file = shellWord(into ?? 'Corefile')
  const place = '/etc/coredns/Corefile'
  return [
    ...section('Roll out', [
      `cp ${place} Corefile.before  # where CoreDNS runs already`,
      `corefile lint ${file}`,
      `cp ${file} ${place}`,
      '# reload takes it over within 45 seconds; look for "Reloading complete" and no error',
    ]),
    '',
    'Stop the old server before CoreDNS takes its port, and keep its configuration until you are sure.',
    ...section('Roll back', [`cp Corefile.before ${place}`, '# or stop CoreDNS and start the old server again']),
  ]
}

const watching = [
  '# CoreDNS reloads within a minute or two: look for "Reloading complete" and no error',
  'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=20',
]
const restarting = ['kubectl rollout restart deployment/coredns -n kube-system']

function afterwards(corefile: string): string[] {
  return [
    ...(serverSide(corefile) === ''
      ? []
      : [
          '',
          'The ConfigMap is too large for the annotation that kubectl apply keeps: hence --server-side. A file in a volume of its own is the better place for that many names.',
        ]),
    '',
    'A Corefile that CoreDNS refuses leaves the old one running until the next start; `coredns_reload_failed_total` counts up.',
    'Keep the ConfigMap of kube-dns as long as NodeLocal DNSCache runs: it takes its stub domains from there.',
  ]
}

function serverSide(corefile: string): string {
  return needsServerSideApply(corefile) ? ' --server-side' : ''
}

function section(title: string, commands: readonly string[]): string[] {
  return ['', `## ${title}`, '', '```sh', ...commands, '```']
}

/** A file in a command to copy. */
function shellWord(path: string): string {
  const shown = visible(path)
  return /^[\w./+:@%-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`
}
