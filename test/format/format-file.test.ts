import { describe, expect, it } from 'vitest'
import { format } from '../../src/index.ts'
import { corpusFiles, hasShared, needsShared } from '../shared.ts'

const manifest = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns,   namespace: kube-system}\ndata:\n  Corefile: ${value}\n  other: kept  # as it is\n`

const loose = '. {\n  log  \n\n}\nb.org {\n    whoami\n  errors\n}\n'
const tidy = '. {\n  log\n}\n\nb.org {\n  whoami\n  errors\n}\n'

const block = (text: string, sign = '|', indent = '    ') => `${sign}\n${text.trimEnd().replaceAll(/^(?=.)/gm, indent)}`

const formatted = async (text: string, path = 'cm.yaml') => {
  const result = await format(text, { path })
  expect((await format(result.text, { path })).text).toBe(result.text)
  return result
}

describe('a Corefile in something else', () => {
  it.each([
    ['a block', block(loose), block(tidy)],
    ['a block that keeps no line break at its end', block(loose, '|-'), block(tidy, '|-')],
    ['a block with all line breaks', `${block(loose, '|+')}\n\n`, block(tidy, '|+')],
    ['a block that is indented oddly', block(loose, '|', '       '), block(tidy, '|', '       ')],
    ['double quotes', JSON.stringify(loose), JSON.stringify(tidy)],
  ])('%s', async (_, value, wanted) => {
    const result = await formatted(manifest(value))
    expect(result.text).toBe(manifest(wanted))
    expect(result.untouched).toEqual([])
  })

  it('JSON, as kubectl prints it', async () => {
    const json = (text: string) => JSON.stringify({ kind: 'ConfigMap', data: { Corefile: text } }, null, 4)
    expect((await formatted(json(loose), 'cm.json')).text).toBe(json(tidy))
  })

  it('Terraform', async () => {
    const terraform = (text: string) =>
      `resource "kubernetes_config_map" "coredns" {\n  data = {\n    Corefile = <<-EOT\n${text.replaceAll(/^(?=.)/gm, '      ')}    EOT\n  }\n}\n`
    expect((await formatted(terraform(loose), 'main.tf')).text).toBe(terraform(tidy))
  })

  it('a fragment of coredns-custom', async () => {
    const custom = (text: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\ndata:\n  log.override: ${text}\n`
    const result = await formatted(custom(block('log  {\n class error\n}\n')))
    expect(result.text).toBe(custom(block('log {\n class error\n}\n')))
  })

  it('line endings of the file stay', async () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n')
    expect((await formatted(windows(manifest(block(loose))))).text).toBe(windows(manifest(block(tidy))))
  })

  it.each([
    ['single quotes', `'. {\n\n      log  \n\n    }'`],
    ['a folded block', `>\n${loose.replaceAll(/^(?=.)/gm, '    ')}`],
  ])('stays as it is in %s, and that is said', async (_, value) => {
    const text = manifest(value)
    const result = await formatted(text)
    expect(result.text).toBe(text)
    expect(result.untouched).toMatchObject([
      { name: 'kube-system/coredns Corefile', reason: 'embedding', range: { start: text.indexOf(value) } },
    ])
  })

  it('stays as it is where a template writes some of it, but not where it writes what is around', async () => {
    const chart = (text: string) => `{{- if .Values.x }}\n${manifest(block(text))}{{- end }}\n`
    expect((await formatted(chart(loose))).text).toBe(chart(tidy))
    const inside = loose.replace('  log', '  {{ .Values.log }}')
    const result = await formatted(chart(inside))
    expect(result.text).toBe(chart(inside))
    expect(result.untouched).toMatchObject([{ reason: 'template' }])
  })

  it('stays as it is where the file around it is broken', async () => {
    const text = `${manifest(block(loose))}  } {\n`
    const result = await formatted(text)
    expect(result.text).toBe(text)
    expect(result.untouched).toMatchObject([{ reason: 'file' }])
  })

  it('is laid out beside one that is left', async () => {
    const text = `${manifest(block('. {\n  log\n'))}---\n${manifest(block(loose))}`
    const result = await formatted(text)
    expect(result.text).toBe(`${manifest(block('. {\n  log\n'))}---\n${manifest(block(tidy))}`)
    expect(result).toMatchObject({ corefiles: 2, untouched: [{ reason: 'broken' }] })
  })

  it('once, where an alias shows it twice', async () => {
    const text = `kind: ConfigMap\ndata:\n  Corefile: &c |\n    . {\n      log  \n    }\n  Corefile-second: *c\n`
    expect((await formatted(text)).text).toBe(text.replace('log  ', 'log'))
  })
})

it('a file without a Corefile stays as it is', async () => {
  expect(await format('a:   1\n', { path: 'a.yaml' })).toEqual({
    text: 'a:   1\n',
    edits: [],
    corefiles: 0,
    untouched: [],
  })
})

it.skipIf(!hasShared)(`manifests as people keep them can all be laid out, but templates${needsShared}`, async () => {
  for (const { name, text } of corpusFiles('manifests')) {
    const { untouched } = await formatted(text, name)
    expect(
      untouched.filter(({ reason }) => reason !== 'template'),
      name,
    ).toEqual([])
  }
})
