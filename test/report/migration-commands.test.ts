import { describe, expect, it } from 'vitest'
import { commandLines } from '../../src/report/migration-commands.ts'
import { recognise } from '../../src/sources/recognise.ts'
import type { CorefileSource } from '../../src/sources/source.ts'

const configMap = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: dns\ndata:\n  Corefile: |\n    . {\n        errors\n    }\n`

async function targetIn(path: string, text: string): Promise<CorefileSource | null> {
  const { sources } = await recognise([{ path, text }])
  return sources.find((source) => source.kind === 'corefile') ?? null
}

const commands = (lines: readonly string[]) => lines.filter((line) => /^(?:kubectl|corefile|cp|git) /.test(line))

describe('the commands of a roll-out', () => {
  it('are about the ConfigMap that the file has, and put it back as it was', async () => {
    const target = await targetIn('dns/core dns.yaml', configMap('my-coredns'))
    const lines = commandLines({ corefile: '. {\n}\n', into: 'dns/core dns.yaml', target, isCluster: true })
    expect(commands(lines)).toEqual([
      "kubectl get configmap my-coredns -n dns -o yaml | sed '/^  resourceVersion:/d; /^  uid:/d' > coredns-before.yaml",
      "corefile lint 'dns/core dns.yaml'",
      "kubectl apply -f 'dns/core dns.yaml'",
      'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=20',
      'kubectl replace -f coredns-before.yaml',
      'kubectl rollout restart deployment/coredns -n kube-system',
    ])
  })

  it('make a ConfigMap of a Corefile in a file of its own', async () => {
    const target = await targetIn('Corefile', '. {\n    errors\n}\n')
    const lines = commandLines({ corefile: '. {\n}\n', into: 'Corefile', target, isCluster: true })
    expect(commands(lines)).toContain(
      'kubectl create configmap coredns -n kube-system --from-file=Corefile=Corefile --dry-run=client -o yaml | kubectl apply -f -',
    )
  })

  it('put CoreDNS in the place of kube-dns, and kube-dns back in its own', () => {
    const lines = commandLines({ corefile: '. {\n}\n', into: null, target: null, isCluster: true })
    const scaled = commands(lines).flatMap(
      (line) => /scale deployment\/(\S+).*--replicas=(\d)/.exec(line)?.slice(1, 3).join(' ') ?? [],
    )
    // What scales kube-dns would bring it back at once.
    expect(scaled).toEqual(['kube-dns-autoscaler 0', 'kube-dns 0', 'kube-dns 2', 'kube-dns-autoscaler 1', 'coredns 0'])
    const text = lines.join('\n')
    expect(text.indexOf('rollout status deployment/coredns')).toBeLessThan(text.indexOf('scale deployment/kube-dns '))
    expect(text.indexOf('rollout status deployment/kube-dns')).toBeLessThan(text.indexOf('scale deployment/coredns'))
  })

  it('know no cluster where there is none', () => {
    const lines = commandLines({ corefile: '. {\n}\n', into: null, target: null, isCluster: false })
    expect(lines.join('\n')).not.toContain('kubectl')
    expect(commands(lines)).toEqual([
      'cp /etc/coredns/Corefile Corefile.before  # where CoreDNS runs already',
      'corefile lint Corefile',
      'cp Corefile /etc/coredns/Corefile',
      'cp Corefile.before /etc/coredns/Corefile',
    ])
  })

  it('are those of OpenShift where its operator writes the Corefile', () => {
    const lines = commandLines({ corefile: '. {\n}\n', into: null, target: null, isCluster: true, isOperator: true })
    expect(lines.filter((line) => line.startsWith('oc '))).toEqual([
      "oc get dns.operator/default -o yaml | sed '/^  resourceVersion:/d; /^  uid:/d' > dns-before.yaml",
      'oc apply -f dns.yaml',
      'oc get configmap/dns-default -n openshift-dns -o yaml',
      'oc get clusteroperator/dns',
      'oc logs -n openshift-dns -l dns.operator.openshift.io/daemonset-dns=default -c dns --tail=20',
      'oc replace -f dns-before.yaml',
    ])
    expect(commands(lines)).toEqual([])
  })

  it('apply on the side of the server what is too large for an annotation', async () => {
    const target = await targetIn('coredns.yaml', configMap('coredns'))
    const corefile = `. {\n    hosts {\n${'        10.0.0.1 a.example\n'.repeat(12_000)}    }\n}\n`
    const lines = commandLines({ corefile, into: 'coredns.yaml', target, isCluster: true })
    expect(commands(lines)).toContain('kubectl apply --server-side -f coredns.yaml')
  })
})
