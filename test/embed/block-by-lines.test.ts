import { describe, expect, it } from 'vitest'
import { embeddedIn } from '../../src/embed/embedded.ts'
import { applyEdits } from '../../src/text/edit.ts'

/** A ConfigMap with lines below `Corefile: |` and others behind. */
function template(block: string[], after: string[] = [], before: string[] = []): string {
  const head = [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: "coredns"',
    '  namespace: {{ .Release.Namespace }}',
  ]
  return [...before, ...head, 'data:', '  Corefile: |', ...block, ...after, ''].join('\n')
}

async function found(text: string) {
  const { embedded, problems } = await embeddedIn('templates/configmap.yaml', text)
  expect(problems).toMatchObject([{ code: 'template' }])
  expect(embedded).toMatchObject([{ found: 'recovered', name: '{{ .Release.Namespace }}/coredns Corefile' }])
  return embedded[0]?.text
}

describe('a template', () => {
  const block = ['    . {', '        errors', '    }']

  it('gives the block under the key, without what opened before it', async () => {
    const text = template(block, ['{{- end }}'], ['{{- if .Values.enabled }}'])
    expect(await found(text)).toBe('. {\n    errors\n}\n')
  })

  it('gives actions inside of the block, wherever they are indented', async () => {
    const text = template([
      '    . {',
      '{{- if .Values.log }}',
      '        log',
      '  {{- else }}',
      '        errors',
      '{{- end }}',
      '    }',
    ])
    expect(await found(text)).toBe('. {\n{{- if .Values.log }}\n    log\n{{- else }}\n    errors\n{{- end }}\n}\n')
  })

  it('starts with an action if need be, and takes the indentation of the content', async () => {
    const text = template([
      '  {{- if .Values.x }}',
      '{{ .Values.corefile | indent 4 }}',
      '  {{- else }}',
      ...block,
      '  {{- end }}',
    ])
    expect(await found(text)).toBe(
      '{{- if .Values.x }}\n{{ .Values.corefile | indent 4 }}\n{{- else }}\n. {\n    errors\n}\n{{- end }}\n',
    )
  })

  it('ends where something opens that is not closed in it, and before the next key', async () => {
    const more = ['  {{- range .Values.files }}', '  {{ .name }}: {{ toYaml .contents | indent 4 }}', '  {{- end }}']
    expect(await found(template(block, more))).toBe('. {\n    errors\n}\n')
  })

  it('ends where what opened before it goes on', async () => {
    const text = template(
      block,
      ['{{- else }}', '  Corefile.other: |', '    log', '{{- end }}'],
      ['{{- if .Values.x }}'],
    )
    expect(await found(text)).toBe('. {\n    errors\n}\n')
  })

  it('may be one of Jinja', async () => {
    const text = template([
      '{% if zones %}',
      '{%   for zone in zones %}',
      '    {{ zone }} {',
      '        errors',
      '    }',
      '{%   endfor %}',
      '{% endif %}',
      ...block,
      '{% if hosts %}',
      '  hosts: |',
      '    {{ hosts }}',
      '{% endif %}',
    ])
    expect(await found(text)).toBe(
      '{% if zones %}\n{%   for zone in zones %}\n{{ zone }} {\n    errors\n}\n{%   endfor %}\n{% endif %}\n. {\n    errors\n}\n',
    )
  })

  it('is edited like any other block', async () => {
    const text = template(block, ['{{- end }}'], ['{{- if .Values.enabled }}'])
    const [embedded] = (await embeddedIn('a.yaml', text)).embedded
    const at = embedded?.text.indexOf('}') ?? 0
    const edits = embedded?.toOuterEdits([{ start: at, end: at, text: '    log\n' }])
    expect(applyEdits(text, edits ?? [])).toBe(text.replace('        errors\n', '        errors\n        log\n'))
  })

  it('may write actions of CoreDNS in a file that is YAML: then it is no template', async () => {
    const text = template([
      '    . {',
      '        template IN A { answer "{{ .Name }} 60 IN A 10.0.0.1" }',
      '    }',
    ]).replace(/.*Release.*\n/, '')
    const { embedded, problems } = await embeddedIn('a.yaml', text)
    expect(problems).toEqual([])
    expect(embedded).toMatchObject([{ found: 'parsed', name: 'coredns Corefile' }])
  })
})

describe('a broken file', () => {
  const broken = `kind: ConfigMap
metadata:
\tname: coredns
data:
  # above
  "Corefile": |-  # beside
    . {
        template IN A { answer "{{ .Name }} 60 IN A 10.0.0.1" }

    }
  other: x
`

  it('gives its block all the same, and says what is wrong where', async () => {
    const { embedded, problems } = await embeddedIn('a.yaml', broken)
    expect(embedded.map(({ text }) => text)).toEqual([
      '. {\n    template IN A { answer "{{ .Name }} 60 IN A 10.0.0.1" }\n\n}',
    ])
    expect(embedded[0]?.comments.map(({ text }) => text)).toEqual(['# above', '# beside'])
    expect(problems).toMatchObject([
      { code: 'not-yaml', message: expect.stringMatching(/^not YAML \(tabs.*found all the same/) },
    ])
    const at = problems[0]?.range.start ?? 0
    expect(broken.slice(0, at).split('\n')).toHaveLength(3)
  })

  it('gives a value in quotes where the parser could read it', async () => {
    const { embedded, problems } = await embeddedIn('a.json', '{"kind":"ConfigMap","data":{"Corefile":". {\\n}"},}}')
    expect(embedded).toMatchObject([{ text: '. {\n}', found: 'recovered' }])
    expect(problems).toMatchObject([{ code: 'not-yaml', message: expect.stringMatching(/^not JSON/) }])
  })

  it('without anything readable says that it was not checked', async () => {
    const { embedded, problems } = await embeddedIn('a.yaml', 'kind: ConfigMap\ndata: [\n  Corefile: "\n')
    expect(embedded).toEqual([])
    expect(problems).toMatchObject([{ code: 'not-yaml', message: expect.stringContaining('was not checked') }])
  })

  it('of another kind is not looked at', async () => {
    const other = broken.replace('kind: ConfigMap', 'kind: Other # ConfigMap').replace('"Corefile"', 'files')
    expect(await embeddedIn('a.yaml', other)).toEqual({ embedded: [], problems: [] })
  })

  it('with very long lines costs little', async () => {
    for (const part of ['{{', ' ', '- ', '{%', '"', 'Corefile: ', '#', 'name: a   ']) {
      const long = part.repeat(5_000)
      const { problems } = await embeddedIn(
        'a.yaml',
        `kind: ConfigMap\ndata:\n  Corefile: |\n    . {\n${long}\n : [${long}\n`,
      )
      expect(problems.length).toBeLessThanOrEqual(1)
    }
  })
})
