import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const configMap = (name: string, labels: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  labels: ${labels}
data:
  Corefile: |
    . {
        foward . 10.0.0.1
    }
`
const ours = configMap('ours', '{ k8s-app: kube-dns, tier: infra }')
const theirs = configMap('theirs', '{ k8s-app: other }')

describe('corefile lint --label', () => {
  it('checks only Corefiles in objects with the labels, and says how many it left out', async () => {
    const cwd = directoryWith({ 'a.yaml': `${ours}---\n${theirs}`, Corefile: '. {\n    foward . 10.0.0.1\n}\n' })
    const { code, stdout, stderr } = await run(cwd, ['lint', '--label', 'k8s-app=kube-dns', '--label', 'tier=infra'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^a\.yaml:9:9: error: .*\n1 error;/)
    expect(stderr).toBe(
      'corefile: 2 Corefiles not checked: not in an object with label k8s-app=kube-dns and tier=infra\n',
    )
    expect((await run(cwd, ['lint', '--label', 'tier=apps', 'a.yaml'])).stdout).toBe('')
  })

  it('reads the labels of the objects of a list', async () => {
    const item = (name: string, app: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { app } },
      data: { Corefile: '. {\n    foward . 10.0.0.1\n}\n' },
    })
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item('a', 'x'), item('b', 'dns')] }, null, 2)
    const { stdout } = await run(directoryWith({}), ['lint', '--label=app=dns', '-', '--format', 'json'], {
      stdin: list,
    })
    const [file] = JSON.parse(stdout).files
    expect(file.corefiles.map(({ name }: { name: string }) => name)).toEqual([expect.stringContaining('b Corefile')])
    expect(file.findings).toHaveLength(1)
  })

  it('leaves the others alone when it mends', async () => {
    const cwd = directoryWith({ 'a.yaml': `${ours}---\n${theirs}` })
    await run(cwd, ['lint', '--fix', '--label', 'k8s-app=kube-dns'])
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toBe(`${ours.replace('foward', 'forward')}---\n${theirs}`)
  })

  it('wants a key and a value, and says where nothing is left', async () => {
    const cwd = directoryWith({ 'a.yaml': ours })
    expect((await run(cwd, ['lint', '--label', 'app'])).stderr).toBe(
      'corefile: --label app: write KEY=VALUE, such as k8s-app=kube-dns\n',
    )
    expect((await run(cwd, ['lint', '--label', 'app=none'])).code).toBe(2)
  })
})
