import { describe, expect, it } from 'vitest'
import { runTemplate } from '../../src/values/go-template-run.ts'
import { templateTree } from '../../src/values/go-template-tree.ts'
import { type Struct, TemplateFailure, TemplateUnclear, type Value } from '../../src/values/go-template-value.ts'

const data: Struct = {
  fields: new Map<string, Value>([
    ['Name', 'n5.example.'],
    ['Match', ['n5.', '5']],
    [
      'Group',
      new Map<string, Value>([
        ['a', '1'],
        ['b', ''],
      ]),
    ],
  ]),
  methods: new Map([['Meta', ([key]: readonly Value[]) => `meta of ${String(key)}`]]),
}

const run = (text: string) => runTemplate(templateTree(text), data)

// What Go's text/template gives for the same texts and data.
describe('a template', () => {
  it.each([
    ['{{ .Name }} 60 IN A 10.0.0.{{ index .Match 1 }}', 'n5.example. 60 IN A 10.0.0.5'],
    ['a {{- .Name -}} b', 'an5.example.b'],
    ['{{/* nothing */}}x', 'x'],
    ['{{ .Group.a }}{{ .Group.none }}', '1<no value>'],
    ['{{ index .Group "none" }}.', '.'],
    ['{{ if .Group.b }}yes{{ else if eq .Group.a "1" "2" }}one{{ else }}no{{ end }}', 'one'],
    ['{{ with .Group.a }}<{{ . }}>{{ end }}{{ with .Group.b }}x{{ else }}empty{{ end }}', '<1>empty'],
    ['{{ range $i, $m := .Match }}{{ $i }}={{ $m }},{{ end }}', '0=n5.,1=5,'],
    ['{{ range .Match }}{{ if eq . "5" }}{{ break }}{{ end }}{{ . }}{{ end }}', 'n5.'],
    ['{{ range .Match }}{{ if ne . "5" }}{{ continue }}{{ end }}{{ . }}{{ end }}', '5'],
    ['{{ range $k, $v := .Group }}{{ $k }}{{ $v }} {{ end }}', 'a1 b '],
    ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}', '2'],
    ['{{ define "t" }}({{ . }}){{ end }}{{ template "t" .Name }}', '(n5.example.)'],
    ['{{ block "t" .Group.a }}[{{ . }}]{{ end }}', '[1]'],
    ['{{ len .Name | printf "%03d" }}', '011'],
    ['{{ printf "%-4s|%5s|%q|%x|%d%%" "ab" "cd" "e" "f" 7 }}', 'ab  |   cd|"e"|66|7%'],
    ['{{ printf "%s %d" "a" }}', 'a %!d(MISSING)'],
    ['{{ printf "%d" "a" }}', '%!d(string=a)'],
    ['{{ print 1 2 "a" "b" 3 }}', '1 2ab3'],
    ['{{ and 1 0 2 }} {{ or 0 "" 3 }} {{ not .Group.b }}', '0 3 true'],
    ['{{ lt 1 2 }} {{ ge "b" "a" }} {{ slice .Name 0 2 }}', 'true true n5'],
    ['{{ html "<a>" }} {{ js "a\'b" }} {{ urlquery "a b/c" }}', "&lt;a&gt; a\\'b a+b%2Fc"],
    ['{{ parseInt "ff" 16 16 }} {{ parseInt "0777" 8 64 }}', '255 511'],
    ['{{ .Meta "x" }} {{ (index .Match 0) }} {{ $.Name }}', 'meta of x n5. n5.example.'],
    ["{{ 0x10 }} {{ 1.5 }} {{ true }} {{ 'a' }} {{ .Match }}", '16 1.5 true 97 [n5. 5]'],
  ])('%s', (text, expected) => {
    expect(run(text)).toBe(expected)
  })

  it.each([
    '{{ .None }}',
    '{{ index .Match 2 }}',
    '{{ .Name.x }}',
    '{{ eq 1 "1" }}',
    '{{ parseInt "300" 10 8 }}',
    '{{ slice .Name 5 99 }}',
    '{{ template "none" }}',
    '{{ 1 | .Name }}',
  ])('fails: %s', (text) => {
    expect(() => run(text)).toThrow(TemplateFailure)
  })

  it('ends in bounded time', () => {
    expect(() => run('{{ range 100000000 }}x{{ end }}')).toThrow(TemplateUnclear)
    expect(() => run('{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}')).toThrow(TemplateUnclear)
    const nested = '{{ range 200 }}{{ range 200 }}{{ range 200 }}x{{ end }}{{ end }}{{ end }}'
    expect(() => run(nested)).toThrow(TemplateUnclear)
  })
})
