import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { embeddedIn } from '../../src/embed/embedded.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { LineIndex } from '../../src/text/lines.ts'
import { configMap, editedOuter, editsOf, only } from './outer.ts'

const corefile = '. {\n    errors\n    forward . /etc/resolv.conf\n}\n'

const manifest = `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
  labels:
    app: dns
data:
  # Keep in step with the node-local cache.
  # corefile-ignore some-rule -- agreed
  Corefile: |  # managed by hand
    . {
        errors
        forward . /etc/resolv.conf
    }
  db.example: |
    # a zone
    @ IN SOA a b 1 2 3 4 5
`

/** Line, column and text of the first place of a word of the inner text, in the outer one. */
function placeOf(outer: string, embedded: Awaited<ReturnType<typeof only>>, word: string) {
  const start = embedded.text.indexOf(word)
  const range = embedded.toOuter({ start, end: start + word.length })
  return { ...new LineIndex(outer).positionAt(range.start), text: outer.slice(range.start, range.end) }
}

describe('a ConfigMap', () => {
  it('gives its Corefile with name, place, comments and the object around it', async () => {
    const embedded = await only(manifest)
    expect(embedded).toMatchObject({ kind: 'configmap', name: 'kube-system/coredns Corefile', found: 'parsed' })
    expect(embedded.text).toBe(corefile)
    expect(manifest.slice(embedded.range.start, embedded.range.end)).toMatch(/^\| {2}# managed.*conf\n {4}\}\n$/s)
    expect(placeOf(manifest, embedded, 'forward')).toEqual({ line: 14, column: 9, text: 'forward' })
    expect(embedded.comments.map(({ text }) => text)).toEqual([
      '# Keep in step with the node-local cache.',
      '# corefile-ignore some-rule -- agreed',
      '# managed by hand',
    ])
    for (const { text, range } of embedded.comments) expect(manifest.slice(range.start, range.end)).toBe(text)
    const { entries, ...about } = embedded.document
    expect(about).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', name: 'coredns', namespace: 'kube-system' })
    expect([...entries.keys()]).toEqual(['Corefile', 'db.example'])
    expect(entries.get('db.example')?.text).toBe('# a zone\n@ IN SOA a b 1 2 3 4 5\n')
    expect(entries.get('db.example')?.toOuter({ start: 9, end: 10 }).start).toBe(manifest.indexOf('@'))
  })

  it('does not take the lines of another value for comments', async () => {
    const outer = configMap(`|\n    ${corefile.trimEnd().replaceAll('\n', '\n    ')}\n`).replace(
      '  Corefile',
      '  db: |\n    # in a zone\n  Corefile',
    )
    expect((await only(outer)).comments).toEqual([])
  })

  it('may stand in one of several documents, which are looked at one by one', async () => {
    const outer = `${manifest}---\nkind: Deployment\nbroken: [\n--- # next\n${manifest.replace('coredns', 'second')}...\n`
    const { embedded, problems } = await embeddedIn('all.yaml', outer)
    expect(problems).toEqual([])
    expect(embedded.map(({ name }) => name)).toEqual(['kube-system/coredns Corefile', 'kube-system/second Corefile'])
    const second = embedded[1]
    if (second) expect(placeOf(outer, second, 'errors')).toMatchObject({ line: 35, text: 'errors' })
  })

  it('is named with the template that helm template made it of', async () => {
    const second = manifest.replace('name: coredns', 'name: second')
    const outer = `---\n# Source: dns/templates/cm.yaml\n${manifest}---\n# Source: dns/templates/b.yaml\nkind: List\nitems: []\n---\n${second}`
    const { embedded } = await embeddedIn('all.yaml', outer)
    expect(embedded.map(({ name }) => name)).toEqual([
      'kube-system/coredns Corefile (dns/templates/cm.yaml)',
      'kube-system/second Corefile',
    ])
    expect(embedded[0]?.toOuter({ start: 0, end: 1 }).start).toBe(outer.indexOf('. {'))
  })

  it('may stand in a list, as kubectl writes it in YAML and JSON', async () => {
    const items = [parse(manifest), { kind: 'Secret' }, parse(manifest)]
    for (const list of [
      { apiVersion: 'v1', kind: 'List', items },
      { kind: 'ConfigMapList', items: items.map((item: Record<string, unknown>) => ({ ...item, kind: undefined })) },
      [...items],
    ]) {
      for (const outer of [stringify(list), JSON.stringify(list), JSON.stringify(list, null, '\t')]) {
        const { embedded, problems } = await embeddedIn('list.json', outer)
        expect(problems).toEqual([])
        expect(embedded.map(({ text }) => text)).toEqual([corefile, corefile])
        for (const one of embedded) {
          const { start, end } = one.toOuter({ start: 8, end: 14 })
          expect(outer.slice(start, end)).toBe('errors')
        }
      }
    }
  })

  it('is not found again in what kubectl keeps of the last apply', async () => {
    const object = parse(manifest)
    object.metadata.annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object) }
    expect((await only(stringify(object))).text).toBe(corefile)
  })

  it('may use anchors, aliases, merge keys and tags', async () => {
    const aliased = `x: &text !!str |\n  ${corefile.trimEnd().replaceAll('\n', '\n  ')}\nkind: ConfigMap\nmetadata: &meta {name: a}\ndata: {Corefile: *text}\n`
    const embedded = await only(aliased)
    expect(embedded.text).toBe(corefile)
    expect(placeOf(aliased, embedded, 'errors')).toMatchObject({ line: 3, text: 'errors' })
    const merged = 'base: &base {Corefile: ". {}", other: 1}\nkind: ConfigMap\ndata:\n  <<: [*base]\n  more: a\n'
    expect((await only(merged)).text).toBe('. {}')
    const own = merged.replace('more: a', 'Corefile: own {}')
    expect((await only(own)).text).toBe('own {}')
    const again = 'a: &a one {}\nb: &b\n  - &a two {}\n  - kind: ConfigMap\n    data: {Corefile: *a}\nc: &a three\n'
    expect((await only(again)).text).toBe('two {}')
  })

  it('named coredns-custom gives whole files and fragments', async () => {
    const data = { 'a.server': 'example.org {\n}\n', 'log.override': 'log\n', 'notes.txt': 'x' }
    const custom = stringify({ kind: 'ConfigMap', metadata: { name: 'coredns-custom' }, data })
    const { embedded } = await embeddedIn('custom.yaml', custom)
    expect(embedded.map(({ kind, name }) => [kind, name])).toEqual([
      ['corefile', 'coredns-custom a.server'],
      ['fragment', 'coredns-custom log.override'],
    ])
    const other = stringify({ kind: 'ConfigMap', metadata: { name: 'other', labels: { x: 'coredns-custom' } }, data })
    expect(await embeddedIn('other.yaml', other)).toEqual({ embedded: [], problems: [] })
  })

  it('of a Windows file, with a byte order mark, without a last line break', async () => {
    const outer = `\ufeff${manifest.slice(0, manifest.indexOf('  db.example')).trimEnd()}`.replaceAll('\n', '\r\n')
    const embedded = await only(outer)
    expect(embedded.text).toBe(corefile)
    expect(placeOf(outer, embedded, 'forward')).toMatchObject({ line: 14, column: 9 })
    const edited = editedOuter(outer, embedded, [{ start: corefile.length, end: corefile.length, text: '# end\n' }])
    expect(edited).toBe(`${outer}\r\n    # end\r\n`)
  })
})

describe('strings that hold YAML or JSON', () => {
  const inBlock = stringify({ kind: 'Machine', files: [{ contents: manifest }] }, { blockQuote: 'literal' })
  const inQuotes = JSON.stringify({ files: [{ contents: manifest }] })
  const json = JSON.stringify(parse(manifest), null, 2)
  const jsonInYaml = stringify({ a: { b: json } }, { defaultStringType: 'QUOTE_SINGLE' })
  const deep = JSON.stringify({ a: stringify({ b: JSON.stringify({ c: manifest }) }) })

  it.each([
    ['YAML in a block', inBlock],
    ['YAML in JSON', inQuotes],
    ['JSON in single quotes', jsonInYaml],
    ['YAML in JSON in YAML in JSON', deep],
  ])('are searched: %s', async (_, outer) => {
    const embedded = await only(outer)
    expect(embedded.text).toBe(corefile)
    for (const word of ['errors', 'forward', '/etc/resolv.conf']) {
      expect(placeOf(outer, embedded, word).text).toBe(word)
    }
  })

  it.each([
    ['YAML in a block', inBlock, (outer: string) => parse(parse(outer).files[0].contents)],
    ['YAML in JSON', inQuotes, (outer: string) => parse(JSON.parse(outer).files[0].contents)],
    ['YAML in JSON in YAML in JSON', deep, (outer: string) => parse(JSON.parse(parse(JSON.parse(outer).a).b).c)],
  ])('carry edits outwards: %s', async (_, outer, read) => {
    const embedded = await only(outer)
    let made = 0
    fc.assert(
      fc.property(editsOf(corefile), (edits) => {
        const edited = editedOuter(outer, embedded, edits)
        if (edited === null) return
        made++
        const object = parse(manifest)
        object.data.Corefile = applyEdits(corefile, edits)
        expect(read(edited)).toEqual(object)
      }),
    )
    expect(made).toBeGreaterThan(5)
    expect(editedOuter(outer, embedded, [{ start: 15, end: 15, text: '    log\n' }])).not.toBeNull()
  })

  it('are left alone when they are no YAML, or nested without end', async () => {
    let nested = manifest
    for (let depth = 0; depth < 8; depth++) nested = stringify({ a: nested })
    expect(await embeddedIn('deep.yaml', nested)).toEqual({ embedded: [], problems: [] })
    const script = stringify({ run: `kubectl apply -f - <<EOF\n: [ kind: ConfigMap {Corefile: }\nEOF\n` })
    expect(await embeddedIn('script.yaml', script)).toEqual({ embedded: [], problems: [] })
  })
})

describe('a file without a Corefile', () => {
  it.each([
    ['nothing', ''],
    [
      'a Deployment that mounts one',
      'kind: Deployment\nvolumes: [{configMap: {name: coredns, items: [{key: Corefile}]}}]\n',
    ],
    ['a ConfigMap of something else', 'kind: ConfigMap\ndata:\n  nginx.conf: "server {}"\n  notes: see Corefile\n'],
    ['another kind', 'kind: Other # not a ConfigMap\ndata:\n  Corefile: text\n'],
    ['a ConfigMap without data', 'kind: ConfigMap # Corefile\n'],
    ['broken YAML that only mentions it', 'kind: ConfigMap\n# Corefile\nbad: [\n'],
    ['text', 'The Corefile is in a ConfigMap.\n'],
  ])('gives nothing and no problem: %s', async (_, text) => {
    expect(await embeddedIn('file.yaml', text)).toEqual({ embedded: [], problems: [] })
  })
})

describe('what Kubernetes would not take', () => {
  it('is a value that is not a string', async () => {
    for (const value of ['{a: b}', '5', 'true', '', '[a]', '*unknown']) {
      const outer = `kind: ConfigMap\ndata:\n  Corefile: ${value}\n`
      const { embedded, problems } = await embeddedIn('a.yaml', outer)
      expect(embedded).toEqual([])
      expect(problems).toMatchObject([{ code: 'not-a-string', message: expect.stringContaining('Kubernetes refuses') }])
      expect(outer.slice(problems[0]?.range.start, problems[0]?.range.end)).toBe('Corefile')
    }
  })

  it('is a second value under the same key: the last one counts', async () => {
    const outer = 'kind: ConfigMap\ndata:\n  Corefile: one {}\n  Corefile: two {}\n'
    const { embedded, problems } = await embeddedIn('a.yaml', outer)
    expect(embedded.map(({ text }) => text)).toEqual(['two {}'])
    expect(problems).toMatchObject([{ code: 'duplicate-key', range: { start: 24, end: 32 } }])
  })
})

describe('hostile input', () => {
  it('nested without end is a problem, not a crash', async () => {
    const outer = `kind: ConfigMap\ndata: {Corefile: ${'['.repeat(50_000)}\n`
    const { embedded, problems } = await embeddedIn('deep.yaml', outer)
    expect(embedded).toEqual([])
    expect(problems).toMatchObject([{ code: 'not-yaml' }])
  })

  it('with aliases of aliases is never expanded', async () => {
    const levels = Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)
    const outer = `a0: &a0 x\n${levels.join('\n')}\nkind: ConfigMap\ndata: {<<: *a40, Corefile: ". {}", x: *a40}\n`
    expect((await only(outer)).text).toBe('. {}')
    const loop = 'a: &a {<<: *a, b: *a}\nkind: ConfigMap\ndata: {<<: *a, Corefile: ". {}"}\n'
    expect((await only(loop)).text).toBe('. {}')
  })

  it('never throws', async () => {
    const pieces = [
      'kind: ConfigMap',
      'data:',
      '  Corefile: |',
      '    . {',
      '- ',
      '---',
      '"',
      "'",
      '{',
      '}',
      '[',
      ': ',
      '&a ',
      '*a',
      '<<: *a',
      '\t',
      '{{ if }}',
      '{{ end }}',
      '#',
      '\r',
      '\0',
      '>-',
      '%YAML 1.1',
      '...',
      '?',
      '!x ',
    ]
    const text = fc.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom('\n', '', ' ', '\n  ')), {
      maxLength: 30,
    })
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        const outer = `kind: ConfigMap\n${parts.map((part) => part.join('')).join('')}\n  Corefile: |\n    . {\n`
        const { embedded, problems } = await embeddedIn('x.yaml', outer)
        for (const one of embedded) {
          const { start, end } = one.toOuter({ start: 0, end: one.text.length })
          expect(0 <= start && start <= end && end <= outer.length).toBe(true)
          one.toOuterEdits([{ start: 0, end: one.text.length, text: 'x' }])
        }
        for (const { range } of problems) expect(range.start <= range.end && range.end <= outer.length).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('of megabytes is mapped in little time', async () => {
    const hosts = Array.from(
      { length: 25_000 },
      (_, index) => `    10.0.${index >> 8}.${index & 255} host${index}.example.org`,
    )
    const text = `. {\n  hosts {\n${hosts.join('\n')}\n  }\n}\n`
    for (const scalar of [JSON.stringify(text), `|\n    ${text.trimEnd().replaceAll('\n', '\n    ')}\n`]) {
      const outer = configMap(scalar)
      const embedded = await only(outer)
      let start = 0
      for (let index = 0; index < 25_000; index++) {
        start = text.indexOf(`host${index}.`, start)
        const range = embedded.toOuter({ start, end: start + 4 })
        if (outer.slice(range.start, range.end) !== 'host') expect.fail(`host${index} is not at ${range.start}`)
      }
    }
  })
})

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))

describe.skipIf(!existsSync(corpus))('real files', () => {
  it('are read as the parser reads them', async () => {
    let count = 0
    for (const folder of ['manifests', 'kube-dns', 'hostaliases', 'corefiles']) {
      for (const name of readdirSync(corpus + folder)) {
        const outer = readFileSync(`${corpus}${folder}/${name}`, 'utf8')
        const { embedded } = await embeddedIn(name, outer)
        for (const one of embedded) {
          count++
          if (one.found === 'parsed' && one.text !== '') expect(outer).toContain(one.text.split('\n')[0])
          const edited = editedOuter(outer, one, [{ start: 0, end: 0, text: '# first\n' }])
          if (edited === null) continue
          const [again] = (await embeddedIn(name, edited)).embedded.filter((other) => other.name === one.name)
          expect(again?.text).toBe(`# first\n${one.text}`)
        }
      }
    }
    expect(count).toBeGreaterThan(20)
  })
})
