import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const bad = '.:53 {\n    hosts {\n        10.0.0.1 a.example\n    }\n    forward . 10.0.0.53\n}\n'

function configMap(text: string, name = 'coredns', key = 'Corefile'): string {
  const indented = text.replace(/^(?=.)/gm, '    ')
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: kube-system\ndata:\n  ${key}: |\n${indented}`
}

const deployment = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    spec:
      containers: [{name: coredns, image: "${image}", volumeMounts: [{name: c, mountPath: /etc/coredns}]}]
      volumes: [{name: c, configMap: {name: coredns}}]
`

describe('corefile lint: where Corefiles live', () => {
  it('takes the release from an image in another file of the directory, which is not checked itself', async () => {
    const files = { 'dns/cm.yaml': configMap(bad), 'dns/app.yaml': deployment('coredns/coredns:1.11.1') }
    const { stdout } = await run(directoryWith(files), ['lint', 'dns'])
    expect(stdout).toMatch(/^dns\/cm\.yaml:9:9: error: [^\n]*\n1 error; /)
    expect(stdout).toMatch(/\. CoreDNS 1\.11\.1, from the image in dns\/app\.yaml:7\n$/)
    const flag = await run(directoryWith(files), ['lint', 'dns', '--coredns', '1.12.0'])
    expect(flag.stdout).toMatch(/\. CoreDNS 1\.12\.0\n$/)
    const configured = directoryWith({ ...files, '.corefile.yaml': 'coredns: 1.10.1\n' })
    expect((await run(configured, ['lint', 'dns'])).stdout).toMatch(/\. CoreDNS 1\.10\.1, from the configuration\n$/)
    const glob = 'overrides: [{files: [dns/], coredns: 1.9.4}]\n'
    expect((await run(directoryWith({ ...files, '.corefile.yaml': glob }), ['lint', 'dns'])).stdout).toMatch(
      /\. CoreDNS 1\.9\.4, from the configuration\n$/,
    )
  })

  it('says it in JSON as well', async () => {
    const files = { 'cm.yaml': configMap(bad), 'app.yaml': deployment('coredns/coredns:1.11.1') }
    const { stdout } = await run(directoryWith(files), ['lint', '--format', 'json'])
    const { files: results } = JSON.parse(stdout) as { files: { path: string; corefiles: { target: unknown }[] }[] }
    expect(results.map(({ path }) => path)).toEqual(['cm.yaml'])
    expect(results[0]?.corefiles[0]?.target).toEqual({
      coredns: '1.11.1',
      releases: ['1.11.1'],
      build: 'official',
      from: 'image app.yaml:7',
    })
  })

  it('says of several clusters which is judged by what', async () => {
    const files = {
      'a/cm.yaml': configMap(bad),
      'a/app.yaml': deployment('coredns/coredns:1.11.1'),
      'b/cm.yaml': configMap(bad),
    }
    const { stdout } = await run(directoryWith(files), ['lint'])
    expect(stdout).toMatch(
      /CoreDNS 1\.11\.1 \(from the image in a\/app\.yaml:7\) and [\d.]+ \(assumed for 1 Corefile\); name/,
    )
  })

  it('names the template that a document was made from', async () => {
    const rendered = `---\n# Source: dns/templates/configmap.yaml\n${configMap(bad)}`
    const place = /^-:11:9: error: .* \(made from dns\/templates\/configmap\.yaml\) \[hosts-missing-fallthrough\]\n/
    expect((await run(directoryWith({}), ['lint', '-'], { stdin: rendered })).stdout).toMatch(place)
    const pretty = await run(directoryWith({}), ['lint', '--format', 'pretty', '-'], { stdin: rendered })
    expect(pretty.stdout).toMatch(
      /^-:11:9 error hosts-missing-fallthrough \(made from dns\/templates\/configmap\.yaml\)\n/,
    )
    const json = await run(directoryWith({}), ['lint', '--format', 'json', '-'], { stdin: rendered })
    expect(json.stdout).toContain('"madeFrom": "dns/templates/configmap.yaml"')
  })

  it('judges an override in the Corefile of its platform, and shows that Corefile', async () => {
    const cwd = directoryWith({
      '.corefile.yaml': 'platform: k3s\ncoredns: 1.12.0\n',
      'custom.yaml': configMap('hosts {\n  10.0.0.1 a.example\n  fallthrough\n}\n', 'coredns-custom', 'a.override'),
    })
    const { code, stdout } = await run(cwd, ['lint', '--format', 'pretty'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^custom\.yaml:8:5 error duplicate-plugin\n/)
    expect(stdout).toContain('╷ Corefile of K3s:9:5\n')
    expect(stdout).toContain('hosts /etc/coredns/NodeHosts {\n')
    for (const format of ['sarif', 'rdjson']) {
      const { stdout: report } = await run(cwd, ['lint', '--format', format])
      expect(report).toContain('duplicate-plugin')
      expect(report).not.toContain('K3s')
    }
  })
})
