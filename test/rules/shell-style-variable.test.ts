import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/shell-style-variable.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string, path = 'Corefile') => findings(text, { rules: [rule], path })
const manifest = (zone: string, more = '') =>
  `kind: ConfigMap\nmetadata:\n  name: coredns\n${more}data:\n  Corefile: |\n    ${zone} {\n        whoami\n    }\n`

describe('shell-style-variable', () => {
  it.each([
    ['the way of CoreDNS', '{$ZONE}:53 {%OTHER%} {\n    whoami\n}\n', 'Corefile'],
    ['a template', '${ZONE} {\n    whoami\n}\n', 'Corefile.tmpl'],
    ['a manifest, which Flux may fill in', manifest('${ZONE}'), 'cm.yaml'],
    ['a manifest full of variables', manifest('$ZONE', '  labels:\n    zone: $ZONE\n'), 'cm.yaml'],
    [
      'the end of an expression',
      '. {\n    rewrite name regex ^a$ b\n    template IN A {\n        match ^A$\n    }\n}\n',
      'Corefile',
    ],
    ['a group of an expression', '. {\n    rewrite name regex (.*)A ${1}B\n    whoami\n}\n', 'Corefile'],
    ['a template of Terraform', '. {\n%{ for one in list ~}\n    bind ${one}\n%{ endfor ~}\n}\n', 'Corefile'],
    ['an expression of Terraform', '. {\n    forward . ${join(" ", servers)}\n}\n', 'Corefile'],
  ])('is silent about %s', async (_, text, path) => {
    expect(await find(text, path)).toEqual([])
  })

  it('finds every style, and mends the two that name a variable', async () => {
    const text = '${A}.$BC_D $(e) {\n    forward . tls://$UP ${UP2}\n}\n'
    const found = await find(text)
    expect(found.map((one) => [marked(text, one), one.fix?.edits[0]?.text])).toEqual([
      ['${A}.$BC_D', '{$A}.$BC_D'],
      ['$(e)', undefined],
      ['tls://$UP', 'tls://{$UP}'],
      ['${UP2}', '{$UP2}'],
    ])
  })

  it('finds a command of several words', async () => {
    const text = '. {\n    forward . $(kubectl get svc)\n}\n'
    const found = await find(text)
    expect(found.map((one) => marked(text, one))).toEqual(['$(kubectl'])
  })

  it('finds one alone in a manifest', async () => {
    expect(await find(manifest('$ZONE'), 'cm.yaml')).toHaveLength(1)
  })
})
