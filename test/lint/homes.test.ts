import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lint } from '../../src/lint/run.ts'
import { findUnits } from '../../src/lint/units.ts'
import rule from '../../src/rules/hosts-missing-fallthrough.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { LineIndex } from '../../src/text/lines.ts'
import { optionsFor } from '../rules/lint-text.ts'

const folder = join(import.meta.dirname, '../fixtures/homes')

/** Every fixture has one `hosts` that ends the search: what the Corefile is called, where that word stands, and whether the place can hold what mends it. */
const homes: readonly (readonly [file: string, name: string, place: string, mended: boolean])[] = [
  ['coredns-custom.yaml', 'kube-system/coredns-custom office.server', '11:9', true],
  ['node-local-dns.yaml', 'kube-system/node-local-dns Corefile', '16:9', true],
  ['any-key.yaml', 'dns.instances[0].customCorefile', '6:11', true],
  ['any-key.json', 'dns.coreFile', '4:25', true],
  ['kustomization.yaml', 'dns/edge-dns Corefile', '10:13', true],
  ['helmrelease.yaml', 'dns/gateway spec.values.configMaps.config.data.Corefile', '16:17', true],
  ['argocd-values.yaml', 'argocd/dns spec.source.helm.values config.corefile', '14:17', true],
  ['argocd-values-object.yaml', 'argocd/dns spec.source.helm.valuesObject.config.corefile', '10:29', true],
  ['helmchartconfig.yaml', 'kube-system/edge-dns spec.valuesContent config.corefile', '12:13', true],
  ['talos.yaml', 'kube-system/coredns Corefile', '16:17', true],
  ['kops.yaml', 'office.example spec.kubeDNS.externalCoreFile', '10:11', true],
  ['eksctl.yaml', 'office addons[0].configurationValues corefile', '9:29', true],
  ['eks-addon.json', 'Resources.Dns.Properties.ConfigurationValues corefile', '8:57', true],
  ['compose.yaml', 'configs.dns.content', '11:11', true],
  ['ansible.yaml', '[0].tasks[0].ansible.builtin.copy.content', '8:15', true],
  ['chart-values.yaml', 'servers', '13:15', true],
  ['chart-helmrelease.yaml', 'kube-system/coredns spec.values.servers', '12:21', true],
  ['heredoc.tf', 'kubernetes_config_map.dns data.Corefile', '15:11', true],
  ['heredoc-plain.tf', 'locals corefile', '4:3', true],
  ['jsonencode.tf', 'aws_eks_addon.coredns configuration_values.corefile', '6:28', true],
  ['json-in-string.tf', 'aws_eks_addon.coredns configuration_values corefile', '2:51', true],
  ['yaml-in-heredoc.tf', 'helm_release.dns values config.corefile', '7:13', true],
  ['local-file.tf', 'local_file.dns content', '5:7', true],
  ['coredns-custom.tf', 'kubernetes_config_map_v1_data.custom data.office.server', '10:5', true],
  [
    'terraform-plan.json',
    'planned_values.root_module.resources[0].values.configuration_values corefile',
    '10:62',
    true,
  ],
  ['folded.yaml', 'dns.corefile', '5:7', false],
]

async function lintFixture(path: string, text: string) {
  const { files } = await lint([{ path, text }], optionsFor(text, { rules: [rule] }))
  return files.flatMap((file) => file.findings)
}

async function unitsOf(path: string, text: string) {
  return (await findUnits({ path, text })).units
}

describe('the home of a Corefile', () => {
  it.each(homes)('%s', async (path, name, place, mended) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const found = await lintFixture(path, text)
    expect(found).toHaveLength(1)
    const [finding] = found
    const { start, end } = finding?.range ?? { start: 0, end: 0 }
    const { line, column } = new LineIndex(text).positionAt(start)
    expect([text.slice(start, end), `${line}:${column}`]).toEqual(['hosts', place])

    const units = await unitsOf(path, text)
    const own = units.find((unit) => unit.range.start <= start && end <= unit.range.end)
    expect(own?.name).toBe(name)
    expect(finding?.fix === null).toBe(!mended)
    if (!finding?.fix) return
    const result = applyEdits(text, finding.fix.edits)
    expect(await lintFixture(path, result)).toEqual([])
    const after = await unitsOf(path, result)
    const lines = (own?.text ?? '').split('\n')
    const at = lines.findIndex((before) => before.includes('printer')) + 1
    const indentation = /^\s*/.exec(lines[at - 1] ?? '')?.[0] ?? ''
    const expected = [...lines.slice(0, at), `${indentation}fallthrough`, ...lines.slice(at)].join('\n')
    expect(after.map((unit) => unit.text)).toEqual(units.map((unit) => (unit === own ? expected : unit.text)))
  })

  it('has a fixture for each form, and none is left over', () => {
    expect(homes.map(([path]) => path).toSorted()).toEqual(readdirSync(folder).toSorted())
  })
})
