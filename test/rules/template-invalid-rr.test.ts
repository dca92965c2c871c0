import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/template-invalid-rr.ts'
import { findings, marked } from './lint-text.ts'

const block = (line: string, type = 'A') => `a.example {\n    template IN ${type} {\n        ${line}\n    }\n}\n`
const said = async (record: string, type?: string) =>
  (await findings(block(`answer "${record}"`, type), { rules: [rule] })).map(({ message }) => message)

describe('template-invalid-rr', () => {
  it.each([
    ['{{ .Name }} 60 IN A 10.0.0.1'],
    ['{{.Name}} 60s in a 10.0.0.1'],
    ['{{ .Name }} IN 60 A 10.0.0.1'],
    ['{{ .Name }} A 10.0.0.1'],
    ['{{ .Name }} {{ .Class }} {{ .Type }} 10.0.0.1'],
    ['{{ .Name }} 60 IN A 10.0.0.1 ; why'],
    ['{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.0.1'],
    ['{{ .Name }} 60 IN {{ .Meta `x/y` }}'],
    ['{{ .Name }} 60 IN CNAME www.example.'],
    ['{{ if .Match }}{{ .Name }} 60 IN A{{ end }}'],
    ['{{- .Name }} 60 IN'],
    ['{{ .Name }} 60 IN SOA ns.example. host.example. (1 60 60 60 60)', 'SOA'],
    ['{{ .Name }} 60 IN TXT \\"a', 'TXT'],
    ['{{ with .Name }}x{{ end }}'],
    ['{{ $a := .Name }}x'],
    ['{{ .Name }} 60 IN A {{ .Zone }}'],
    ['{{ .Name }} 60 IN TYPE65 \\# 3 000100', 'HTTPS'],
    ['{{ .Name }} 60 IN MX 10 mail.example.', 'MX'],
    ['{{ .Name }} 60 IN SRV 0 0 443 a.example.', 'SRV'],
    ['{{ .Name }} 60 IN TXT \\"a b\\" c', 'TXT'],
    ['{{ .Name }} 60 IN HTTPS 1 . alpn=h2', 'HTTPS'],
    ['{{ .Name }} 60 IN TXT hello', 'ANY'],
    ['{{ .Name }} 60 IN AAAA fd00::1', 'AAAA'],
  ])('%s: nothing to say', async (record, type?: string) => {
    expect(await said(record, type)).toEqual([])
  })

  it.each([
    ['10.0.0.1', 'A', 'is only "10.0.0.1", without a type and data'],
    ['{{ .Name }} 60 IN', 'A', 'has no type and no data'],
    ['', 'A', 'is empty'],
    ['; nothing', 'A', 'is empty'],
    ['{{ .Name }} {{ .Class }} A 10.0.0.300', 'A', 'has "10.0.0.300" where'],
    ['{{ .Name }} 60 IN A 10.0.0.300 ; why', 'A', 'has "10.0.0.300" where'],
    ['{{ .Name }} 60 IN 10.0.0.1', 'A', 'has "10.0.0.1" where its type belongs'],
    ['{{ .Name }} 60 IN A fd00::1', 'A', 'has "fd00::1" where an IPv4 address belongs'],
    ['{{ .Name }} 60 IN AAAA 10.0.0.1', 'AAAA', 'has "10.0.0.1" where an IPv6 address belongs'],
    ['{{ .Name }} 60 IN A 10.0.0.1 10.0.0.2', 'A', 'has 2 words behind A, which takes one'],
    ['{{ .Name }} 60 IN MX mail.example.', 'MX', 'has one word behind MX, which takes 2'],
    ['{{ .Name }} 60 IN A', 'A', 'nothing stands behind A'],
    ['{{ .Name }} 60 IN AAAA fd00::1', 'A', 'answers with AAAA'],
  ])('%s', async (record, type, message) => {
    expect(await said(record, type)).toEqual([expect.stringContaining(message)])
  })

  it('another type beside the answer is fine', async () => {
    const text = block('additional "ns.example. 60 IN AAAA fd00::1"')
    expect(await findings(text, { rules: [rule] })).toEqual([])
  })

  it('stands on the whole line where the quotes are missing', async () => {
    const text = block('answer {{.Name}} 60 IN A 10.0.0.1')
    const [found] = await findings(text, { rules: [rule] })
    expect(found && marked(text, found)).toBe('answer {{.Name}} 60 IN A 10.0.0.1')
  })

  it('is silent about what it does not know', async () => {
    expect(await findings(block('answer "{{ .Name }} 60 IN A {$ADDRESS}"'), { rules: [rule] })).toEqual([])
    const others = 'test {\n    {{ .Values.more }}\n    whoami\n}\n'
    expect(await findings(others + block('answer "x"'), { rules: [rule] })).toEqual([])
  })
})
