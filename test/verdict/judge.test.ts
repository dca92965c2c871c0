import { describe, expect, it } from 'vitest'
import { isPluginOf } from '../../grammar/releases.ts'
import { type ExpandOptions, expand } from '../../src/expand/expand.ts'
import { type JudgeOptions, judge } from '../../src/verdict/judge.ts'

/** The verdict of a release, by default the newest, on a text. */
function verdictOf(text: string, more: Partial<JudgeOptions> & Partial<ExpandOptions> = {}) {
  const { release = '1.15.0' } = more
  const configuration = expand(text, { release, isDirective: (name) => isPluginOf(release, name), ...more })
  return judge(configuration, { release, ...more }).verdict
}

const block = (...lines: readonly string[]) => `. {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

describe('a verdict', () => {
  it('is accepted where nothing is wrong and all is known', () => {
    expect(verdictOf(block('whoami'))).toEqual({
      kind: 'accepted',
      release: '1.15.0',
      reasons: [],
      assumes: [],
      unknown: [],
    })
  })

  it('assumes what is outside of the text, each thing once', () => {
    const text = block(
      'file /etc/b.db b.org',
      'file /etc/a.db a.org',
      'file /etc/a.db c.org',
      'forward . /etc/resolv.conf',
    )
    expect(verdictOf(text)).toMatchObject({ kind: 'accepted' })
    expect(verdictOf(block('tls k.pem c.pem', 'tls k.pem c.pem')).assumes).toEqual([
      'file c.pem exists',
      'file k.pem exists',
    ])
  })

  it('is refused with reasons in the order in which CoreDNS finds them', () => {
    const text = `${block('log x y z {', '  class nope', '}', 'cache 0', 'nonsense')}.example.org {\n  whoami\n}\n${block('whoami')}`
    const found = verdictOf(text).reasons.map(({ stage, plugin, kind }) => `${stage} ${plugin ?? kind}`)
    expect(found).toEqual([
      'syntax unknown-directive',
      'keys invalid-key',
      'setup log',
      'setup cache',
      'servers duplicate-zone',
    ])
  })

  it('sets plugins up in run order, not in written order, block by block', () => {
    const text = 'a.org {\n  whoami x\n  loop x\n}\nb.org {\n  loop x\n}\n'
    expect(verdictOf(text).reasons.map(({ plugin, at }) => [plugin, at.list.line(at.index)])).toEqual([
      ['loop', 3],
      ['loop', 6],
      ['whoami', 2],
    ])
  })

  it('differs by release', () => {
    const text = block('proxy . 10.0.0.1')
    expect(verdictOf(text, { release: '1.4.0' }).kind).toBe('accepted')
    expect(verdictOf(text, { release: '1.5.0' }).kind).toBe('refused')
  })

  it('asks about files where somebody can tell', () => {
    const text = block('tls c.pem k.pem')
    expect(verdictOf(text, { fileExists: () => true })).toMatchObject({ kind: 'accepted', assumes: [] })
    expect(verdictOf(text, { fileExists: () => false })).toMatchObject({
      kind: 'refused',
      reasons: [{ kind: 'file-missing' }, { kind: 'file-missing' }],
    })
  })
})

describe('what is not known', () => {
  it('makes a verdict unknown, each reason once', () => {
    const text = block('forward . {$A}', 'cache {$B} {$A}', 'import /etc/x', 'import /etc/x')
    expect(verdictOf(text)).toMatchObject({
      kind: 'unknown',
      unknown: ['import /etc/x is not at hand', 'variable A is not given', 'variable B is not given'],
    })
  })

  it('does not hide what is refused whatever it is', () => {
    expect(verdictOf(block('forward . {$A}', 'whoami x')).kind).toBe('refused')
  })

  it('is not judged', () => {
    expect(verdictOf(block('cache {$TTL}', '{$PLUGIN} x y z')).reasons).toEqual([])
    expect(verdictOf('{$ZONE} {\n  file x\n  whoami\n}\n').reasons).toEqual([])
    expect(verdictOf(block('root {$ROOT}', 'tls c.pem k.pem'), { fileExists: () => false }).reasons).toEqual([])
  })

  it('is known once it is given', () => {
    const environment = (name: string) => ({ TTL: '0' })[name]
    expect(verdictOf(block('cache {$TTL}'), { environment })).toMatchObject({ kind: 'refused', unknown: [] })
  })

  it('may bring what is missing', () => {
    const missing = 'quic://a.org {\n  whoami\n}\nb.org {\n  k8s_external c.org\n}\n'
    const refused = { kind: 'refused', reasons: [{ kind: 'needs' }, { kind: 'tls-missing' }] }
    expect(verdictOf(missing)).toMatchObject(refused)
    expect(verdictOf(`${missing}c.org {\n  forward . {$A}\n}\n`)).toMatchObject(refused)
    for (const line of ['import /etc/tls', '{$TLS} c.pem k.pem']) {
      const text = missing.replaceAll('{\n', `{\n  ${line}\n`)
      expect(verdictOf(text)).toMatchObject({ kind: 'unknown', reasons: [] })
    }
  })

  it('in a template is never refused, and only words are judged', () => {
    const placeholder = verdictOf(block('forward . {{ .Values.upstream }}', 'cache 0', 'whoami') + block('whoami'))
    expect(placeholder.kind).toBe('unknown')
    expect(placeholder.reasons.map(({ plugin }) => plugin)).toEqual(['cache'])
    expect(placeholder.unknown).toEqual(['placeholder {{ .Values.upstream }} is not filled in'])

    const control = verdictOf(block('{{ if .Values.log }}', 'log x y z', '{{ end }}', 'cache 99999999999', 'nonsense'))
    expect(control.kind).toBe('unknown')
    expect(control.reasons.filter(({ kind }) => kind === 'unknown-directive')).toEqual([])
  })

  it('inside a template plugin is CoreDNS’s own', () => {
    const text = block('template IN A {', '  answer "{{ .Name }} 60 IN A 10.0.0.1"', '}')
    expect(verdictOf(text)).toMatchObject({ kind: 'accepted', unknown: [] })
  })
})
