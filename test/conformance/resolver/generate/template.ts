import { directive, domainOf, type Piece, type Scene, under } from './piece.ts'

/** One to three templates: what they match, what they answer, and whether they pass on. */
export function templatePiece(scene: Scene): Piece {
  const { random } = scene
  const names: string[] = []
  const types: string[] = []
  const one = (): string[] => {
    const domain = domainOf(scene)
    const dotted = domain.replaceAll('.', '\\.')
    const zones = random.one([` ${domain}`, ` ${domain}`, '', ' .', ` ${domain} other.test`])
    const last = random.chance(0.5) ? [random.chance(0.8) ? 'fallthrough' : `fallthrough ${domain}`] : []
    const extra = random.chance(0.2)
      ? [
          random.one([
            `authority "${domain}. 60 IN SOA ns.${domain}. me.${domain}. (1 60 60 60 60)"`,
            `additional "ns.${domain}. 60 IN A 10.5.5.5"`,
          ]),
        ]
      : []
    switch (random.below(12)) {
      case 0:
        names.push(under('ip-10-1-2-3', domain), under('ip-10-1-2-300', domain), under('ip-x', domain))
        return directive(`template IN A${zones}`, [
          `match (^|[.])ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]${dotted}[.]$`,
          'answer "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"',
          ...last,
        ])
      case 1:
        names.push(under('www', domain))
        return directive(`template IN A${zones}`, ['answer "{{ .Name }} 60 IN A 10.2.2.2"', ...extra, ...last])
      case 2:
        names.push(under('www', domain))
        return directive(`template ANY ANY${zones}`, [
          `rcode ${random.one(['NXDOMAIN', 'REFUSED', 'NOERROR', 'SERVFAIL'])}`,
          ...extra,
          ...last,
        ])
      case 3:
        names.push(under('alias', domain))
        return directive(`template IN ANY${zones}`, [
          `match ^alias\\.${dotted}\\.$`,
          `answer "{{ .Name }} 60 IN CNAME ${random.one([`www.${domain}.`, 'www.example.org.', 'target.corp.test.'])}"`,
          ...last,
        ])
      case 4:
        names.push(under('mx', domain))
        types.push('MX', 'TXT')
        return [
          ...directive(`template IN MX${zones}`, [
            `match ^mx\\.${dotted}\\.$`,
            'answer "{{ .Name }} 60 IN MX 10 mail.{{ .Name }}"',
            `answer "{{ .Name }} 60 IN MX 20 mail2.${domain}."`,
            ...last,
          ]),
          ...directive(`template IN TXT${zones}`, [
            'answer "{{ .Zone }} 60 IN TXT \\"{{ .Type }} {{ .Class }} {{ .Name }}\\""',
            ...last,
          ]),
        ]
      case 5:
        names.push(under('one.two', domain), under('one', domain))
        return directive(`template IN A${zones}`, [
          `match "^(?P<first>[a-z]+)\\.(?P<rest>.*)$"`,
          `match "^only\\."`,
          'answer "{{ .Group.first }}.{{ index .Match 2 }} 60 IN A 10.3.3.3"',
          ...last,
        ])
      case 6:
        names.push(under('n5', domain), under('n500', domain))
        return directive(`template IN A${zones}`, [
          `match ^n(\\d+)\\.`,
          'answer "{{ .Name }} 60 IN A 10.4.{{ if eq (index .Match 1) `5` }}5{{ else }}0{{ end }}.{{ index .Match 1 }}"',
          ...last,
        ])
      case 7:
        names.push(under('www', domain))
        return directive(`template IN AAAA${zones}`, [random.one(['rcode NOERROR', 'rcode NXDOMAIN']), ...last])
      case 10:
        names.push(under('who', domain), under('a-b-c', domain))
        types.push('TXT', 'TXT')
        return directive(`template IN TXT${zones}`, [
          'match "^(?P<all>[a-z-]+)\\."',
          'answer "{{ .Name }} 5 IN TXT \\"{{ .Remote }} {{ .Meta `x` }} {{ .Question.Name }}\\" \\"{{ range $i, $m := .Match }}{{ if $i }}{{ $m }}{{ else }}#{{ end }}{{ end }}\\""',
          'answer "{{ $g := .Group }}{{ with $g.all }}{{ . }}{{ end }}.{{ .Zone }} 5 IN TXT \\"{{ printf `%05d|%-4s|%q|%v` (len .Name) `ab` `cd` (and true (or 0 .Type)) | html }}\\""',
          ...last,
        ])
      case 11:
        names.push(under('h-0a0b', domain), under('h-zz', domain))
        return directive(`template IN A${zones}`, [
          'match "^h-(?P<x>[0-9a-z]{2})(?P<y>[0-9a-z]{2})\\."',
          'answer "{{ .Name }} 60 IN A 10.9.{{ parseInt .Group.x 16 8 }}.{{ parseInt .Group.y 16 8 }}"',
          ...last,
        ])
      case 8:
        names.push(under('low', domain), under('LOW', domain))
        return directive(`template IN A${zones}`, [
          `match ^low\\.`,
          'answer "{{ .Name }} 60 IN A {{ printf `10.%d.%s` 6 `6.6` }}"',
          'answer "{{ len .Name }}.{{ .Zone }} 60 IN A 10.7.7.7"',
          ...last,
        ])
      default:
        names.push(under('w', domain))
        return directive(`template IN HTTPS${zones}`, ['answer "{{ .Name }} 60 IN TYPE65 \\# 3 000100"', ...last])
    }
  }
  return { lines: Array.from({ length: 1 + random.below(3) }, one).flat(), names, types }
}
