import { describe, expect, it } from 'vitest'
import { platformNames, rootOfPlatform } from '../../grammar/platforms/index.ts'
import { RELEASES } from '../../grammar/releases.ts'
import { type LintOptions, lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { optionsFor } from '../rules/lint-text.ts'

function manifest(name: string, data: Readonly<Record<string, string>>, namespace = 'kube-system'): string {
  const entries = Object.entries(data).map(([key, text]) => `  ${key}: |\n${text.replace(/^(?=.)/gm, '    ')}`)
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n${entries.join('')}`
}

const custom = (data: Readonly<Record<string, string>>) => manifest('coredns-custom', data)
const root = manifest('coredns', { Corefile: rootOfPlatform('aks', '1.12.0') })
const hosts = 'hosts {\n  10.0.0.1 a.example.org\n  fallthrough\n}\n'

async function judged(files: Readonly<Record<string, string>>, options: Partial<LintOptions> = {}) {
  const inputs = Object.entries(files).map(([path, text]) => ({ path, text }))
  const { findImport: _none, ...others } = optionsFor('', { rules, release: '1.12.0' })
  const result = await lint(inputs, { ...others, pedantic: false, ...options })
  return {
    result,
    verdicts: result.files.flatMap(({ corefiles }) => corefiles.map(({ name, verdict }) => `${name}: ${verdict}`)),
    found: result.files.flatMap(({ path, text, findings }) =>
      findings.map(({ ruleId, range, related }) => ({
        at: `${path} ${ruleId} ${text.slice(range.start, range.end)}`,
        related: related.map(
          (one) =>
            `${one.path} ${(files[one.path] ?? result.texts?.get(one.path) ?? '').slice(one.range.start, one.range.end)}`,
        ),
      })),
    ),
  }
}

const office = { 'office.server': 'office.example:53 {\n  errors\n  forward . 10.0.0.53\n}\n' }

describe('an override', () => {
  it('needs its root block', async () => {
    const { verdicts, result } = await judged({ 'cm.yaml': custom({ 'log.override': 'log\n', ...office }) })
    expect(verdicts).toEqual([
      'kube-system/coredns-custom log.override: unknown',
      'kube-system/coredns-custom office.server: accepted',
    ])
    expect(result.files[0]?.corefiles[0]?.unknown).toEqual(['needs its root block'])
  })

  it('is judged with the root in the same run that imports it', async () => {
    const files = { 'a/custom.yaml': custom({ 'log.override': 'log\n', ...office }), 'a/coredns.yaml': root }
    const { verdicts, found } = await judged(files)
    expect(found).toEqual([])
    expect(verdicts).toEqual([
      'kube-system/coredns-custom log.override: accepted',
      'kube-system/coredns-custom office.server: accepted',
      'kube-system/coredns Corefile: accepted',
    ])
  })

  it('has what is wrong with the merged block, with the root as a related place', async () => {
    const data = { 'ready.override': 'errors\nlog\nready :8181\n' }
    const { verdicts, found } = await judged({ 'coredns.yaml': root, 'custom.yaml': custom(data) })
    expect(verdicts).toEqual([
      'kube-system/coredns Corefile: refused',
      'kube-system/coredns-custom ready.override: refused',
    ])
    expect(found).toContainEqual({
      at: 'custom.yaml duplicate-plugin ready',
      related: ['coredns.yaml ready', expect.anything()],
    })
    expect(found.filter(({ at }) => at.startsWith('coredns.yaml'))).toEqual([])
  })

  it('is judged with the root of its own cluster, and of its namespace', async () => {
    const bad = custom({ 'x.override': hosts })
    const withHosts = manifest('coredns', { Corefile: rootOfPlatform('k3s', '1.12.0') })
    const files = { 'a/custom.yaml': bad, 'a/root.yaml': root, 'b/custom.yaml': bad, 'b/root.yaml': withHosts }
    expect((await judged(files)).verdicts).toEqual([
      'kube-system/coredns-custom x.override: accepted',
      'kube-system/coredns Corefile: accepted',
      'kube-system/coredns-custom x.override: refused',
      'kube-system/coredns Corefile: refused',
    ])
    const elsewhere = { 'root.yaml': root, 'custom.yaml': manifest('coredns-custom', { 'x.override': hosts }, 'dns') }
    expect((await judged(elsewhere)).verdicts).toEqual([
      'kube-system/coredns Corefile: unknown',
      'dns/coredns-custom x.override: unknown',
    ])
  })

  it('is judged with a root that several belong to, each alone', async () => {
    const files = {
      'base/root.yaml': root,
      'overlays/dev/custom.yaml': custom({ 'x.override': hosts }),
      'overlays/prod/custom.yaml': custom({ 'x.override': `${hosts}${hosts}` }),
    }
    const { verdicts, found } = await judged(files)
    expect(verdicts).toEqual([
      'kube-system/coredns Corefile: unknown',
      'kube-system/coredns-custom x.override: accepted',
      'kube-system/coredns-custom x.override: refused',
    ])
    expect(found.map(({ at }) => at)).toEqual(['overlays/prod/custom.yaml duplicate-plugin hosts'])
  })

  it('can be silenced where it stands, and mended', async () => {
    const data = { 'x.override': `# corefile-ignore duplicate-plugin\n${hosts}${hosts}` }
    const { found, result } = await judged({ 'root.yaml': root, 'custom.yaml': custom(data) })
    expect(found.map(({ at }) => at)).toEqual([
      'custom.yaml unused-suppression # corefile-ignore duplicate-plugin',
      'custom.yaml duplicate-plugin hosts',
    ])
    expect(result.files[1]?.findings[1]?.fix?.edits.every(({ start }) => start > 0)).toBe(true)
    const second = { 'x.override': `${hosts}# corefile-ignore duplicate-plugin\n${hosts}` }
    expect((await judged({ 'root.yaml': root, 'custom.yaml': custom(second) })).found).toEqual([])
  })
})

describe('an override that is a file', () => {
  it('has the verdict of the Corefile beside it that imports it', async () => {
    const files = { Corefile: '. {\n  import *.override\n  whoami\n}\n', 'x.override': 'log\n' }
    const inputs = Object.entries(files).map(([path, text]) => ({ path, text }))
    const options = optionsFor(files.Corefile, { rules, files: { 'x.override': files['x.override'] } })
    const findImport = () => ({ kind: 'files', files: [{ path: 'x.override', text: 'log\n' }] }) as const
    const result = await lint(inputs, { ...options, findImport })
    expect(result.files.flatMap(({ corefiles }) => corefiles.map(({ verdict }) => verdict))).toEqual([
      'accepted',
      'accepted',
    ])
  })
})

describe('a server block of its own', () => {
  it('is judged alone and in the whole', async () => {
    const data = { 'x.server': '.:53 {\n  forward . 10.0.0.53\n}\n' }
    const { verdicts, found } = await judged({ 'root.yaml': root, 'custom.yaml': custom(data) })
    expect(verdicts).toEqual(['kube-system/coredns Corefile: refused', 'kube-system/coredns-custom x.server: refused'])
    expect(found.map(({ at }) => at)).toEqual(['custom.yaml duplicate-zone .:53'])
  })
})

describe('a platform', () => {
  const on = (
    platform: NonNullable<LintOptions['platform']>,
    data: Readonly<Record<string, string>>,
    release = '1.12.0',
  ) => judged({ 'cm.yaml': custom(data) }, { platform, releases: [release] })

  it('stands in for a root that is not in the run', async () => {
    const fine = await on('aks', { 'x.override': hosts, ...office })
    expect(fine.verdicts).toEqual([
      'kube-system/coredns-custom x.override: accepted',
      'kube-system/coredns-custom office.server: accepted',
    ])
    expect(fine.found).toEqual([])
    expect(fine.result.files.map(({ path }) => path)).toEqual(['cm.yaml'])
    const twice = await on('k3s', { 'x.override': hosts })
    expect(twice.verdicts).toEqual(['kube-system/coredns-custom x.override: refused'])
    expect(twice.found).toEqual([
      { at: 'cm.yaml duplicate-plugin hosts', related: ['Corefile of K3s hosts', expect.anything()] },
    ])
  })

  it('may have a plugin of its own that comes to nothing by an override', async () => {
    const forward = { 'x.override': 'forward . 192.0.2.53\n' }
    expect((await on('k3s', forward, '1.12.0')).found.map(({ at }) => at)).toEqual([
      'cm.yaml forward-shadowed forward .',
    ])
    expect((await on('k3s', forward, '1.14.0')).found).toEqual([])
  })

  it('is not asked where the root is in the run', async () => {
    const files = { 'cm.yaml': custom({ 'x.override': hosts }), 'root.yaml': root }
    expect((await judged(files, { platform: 'k3s' })).verdicts).toContain(
      'kube-system/coredns-custom x.override: accepted',
    )
  })

  it('has a Corefile for each release', async () => {
    const { result } = await on('k3s', { 'x.override': 'log\n' }, '1.9.4')
    expect(result.files[0]?.corefiles[0]?.unknown).toEqual([
      'the Corefile of K3s does not import it with CoreDNS 1.9.4',
    ])
    const { result: rke2 } = await on('rke2', { 'x.override': 'log\n' })
    expect(rke2.files[0]?.corefiles[0]?.unknown[0]).toMatch(/^RKE2 does not import it: .*HelmChartConfig/)
  })

  it.each(
    platformNames.flatMap((name) =>
      ['1.8.6', '1.10.1', '1.12.0', RELEASES.at(-1) ?? ''].map((release) => [name, release] as const),
    ),
  )('%s: its own Corefile of %s is accepted and nothing is said of it', async (name, release) => {
    const text = rootOfPlatform(name, release)
    const parts = custom({ 'empty.override': '# nothing\n', 'empty.server': '# nothing\n' })
    const files = { 'root.yaml': manifest('coredns', { Corefile: text }), 'custom.yaml': parts }
    const { found, verdicts } = await judged(files, { releases: [release] })
    expect(found).toEqual([])
    expect(verdicts[0]).toBe('kube-system/coredns Corefile: accepted')
    expect((await judged({ Corefile: text }, { releases: [release] })).found).toEqual([])
  })

  it('is of a cluster with another domain', () => {
    expect(rootOfPlatform('aks', '1.12.0', 'k8s.example')).toContain('kubernetes k8s.example in-addr.arpa')
  })
})
