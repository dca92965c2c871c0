import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfiguration } from '../../src/node/configuration.ts'
import { rules } from '../../src/rules/index.ts'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: coredns, namespace: kube-system }
data:
  Corefile: |
    .:53 {
        kubernetes k8s.example.org in-addr.arpa
        fanout . 10.0.0.1
        forward . 10.0.0.53
    }
`
const service = `apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec:
  clusterIPs: [10.96.0.10, 'fd00::a']
`
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec:
  template:
    spec:
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.11.3
          volumeMounts: [{ name: config, mountPath: /etc/coredns }]
      volumes:
        - name: config
          configMap: { name: coredns }
`

async function init(files: Readonly<Record<string, string>>): Promise<{ text: string; stderr: string; cwd: string }> {
  const cwd = directoryWith(files)
  const { code, stdout, stderr } = await run(cwd, ['init'])
  expect([code, stdout]).toEqual([0, ''])
  return { text: readFileSync(join(cwd, '.corefile.yaml'), 'utf8'), stderr, cwd }
}

describe('corefile init', () => {
  it('writes what the files say, with the place', async () => {
    const { text, stderr, cwd } = await init({
      'a/cm.yaml': configMap,
      'a/svc.yaml': service,
      'b.yaml': deployment,
      'a/d.yaml': deployment,
    })
    expect(text).toContain('\nclusterDomain: k8s.example.org  # a/cm.yaml:7\n')
    expect(text).toContain(
      '\nclusterDnsIP: [10.96.0.10, "fd00::a"]  # a/svc.yaml:5 and a/svc.yaml:5\n'.replace(' and a/svc.yaml:5', ''),
    )
    expect(text).toContain('\n#   fanout: a/cm.yaml:8\nexternalPlugins: [fanout]\n')
    expect(text).toMatch(
      /\n# 1\.11\.3 is what the image in a\/d\.yaml:\d+.* says; that needs no line here\.\n# coredns: 1\.11\.3\n/,
    )
    expect(stderr).toMatch(/^corefile: wrote \.corefile\.yaml for 1 file with Corefiles; /)
    const configuration = await loadConfiguration(
      cwd,
      null,
      rules.map(({ id }) => id),
    )
    expect(configuration).toMatchObject({
      settings: { clusterDomain: 'k8s.example.org', clusterDnsIp: ['10.96.0.10', 'fd00::a'] },
    })
    expect(configuration?.releases).toBeUndefined()
  })

  it('leaves to a person what several clusters say differently', async () => {
    const { text } = await init({
      'a/cm.yaml': configMap,
      'a/svc.yaml': service,
      'b/cm.yaml': configMap.replace('k8s.example.org', 'other.example.org'),
      'b/svc.yaml': service.replace('10.96', '10.97'),
    })
    expect(text).toContain(
      '# k8s.example.org: a/cm.yaml:7\n# other.example.org: b/cm.yaml:7\n# clusterDomain: cluster.local\n',
    )
    expect(text).toContain('# 10.97.0.10: b/svc.yaml:5\n')
    expect(text).not.toMatch(/^clusterD/m)
    expect(text).toContain('Nothing says it of a/cm.yaml and b/cm.yaml: the newest is assumed.')
  })

  it('writes one that can be taken up line by line where there is nothing to see', async () => {
    const { text, cwd } = await init({ 'a.txt': '' })
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([])
    const all = text
      .replaceAll(/^# (?=[a-z]\w+:(?: |$)| {2})/gim, '')
      .replace(/^(?!rules|overrides|ignore| |coredns|cluster|external).*$/gm, '')
    const loaded = await loadConfiguration(
      directoryWith({ '.corefile.yaml': all }),
      null,
      rules.map(({ id }) => id),
    )
    expect(loaded).toMatchObject({
      severities: { 'forward-loop': 'warning' },
      settings: { clusterDnsIp: ['10.96.0.10'] },
    })
    expect(existsSync(join(cwd, '.corefile.yaml'))).toBe(true)
  })

  it('never overwrites one, and sees one above', async () => {
    const cwd = directoryWith({ '.git/': '', '.corefile.yaml': 'coredns: 1.12\n', 'deploy/': '' })
    const { code, stderr } = await run(cwd, ['init'])
    expect([code, stderr]).toEqual([
      2,
      'corefile: .corefile.yaml is there already, and counts here: corefile lint --print-config FILE shows what it says\n',
    ])
    expect((await run(join(cwd, 'deploy'), ['init'])).stderr).toContain('../.corefile.yaml is there already')
    expect(readFileSync(join(cwd, '.corefile.yaml'), 'utf8')).toBe('coredns: 1.12\n')
  })

  it('writes no name that a comment or a terminal would obey', async () => {
    const { text } = await init({ 'a\nclusterDomain: evil\u001b[2J.yaml': configMap })
    expect(text).not.toContain('\u001b')
    expect(text).not.toMatch(/^clusterDomain: evil/m)
  })
})
