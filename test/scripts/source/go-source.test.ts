import { describe, expect, it } from 'vitest'
import { readGoPackage } from '../../../scripts/source/go-source.ts'

function wordsOf(body: string, rest = ''): readonly string[] {
  const { functions } = readGoPackage({
    'setup.go': `package x\n${rest}\nfunc parse(c *caddy.Controller) error {\n${body}\n}\n`,
  })
  return functions.find(({ name }) => name === 'parse')?.words ?? []
}

describe('the words of a Go function', () => {
  it('are what a switch and comparisons name', () => {
    expect(wordsOf('switch c.Val() {\ncase "ttl", "max_age":\n  return nil\ndefault:\n}')).toEqual(['ttl', 'max_age'])
    expect(wordsOf('if c.Val() == "full" || "raw" != x { return c.Err("no word") }')).toEqual(['full', 'raw'])
    expect(wordsOf('switch { case strings.EqualFold(x, "once"): case x == "twice": }')).toEqual(['once', 'twice'])
  })

  it('may be constants of the package', () => {
    const constants = 'const (\n  modeOn = "on"\n  modeOff string = "off"\n)\n'
    expect(wordsOf('switch x { case modeOn: case modeOff: case other.modeOn: case modeOn.other: }', constants)).toEqual(
      ['on', 'off'],
    )
  })

  it('are not in comments, strings or runes', () => {
    const body =
      '// case "a":\n/* x == "b" */\nlog.Info("x == \\"c\\" case")\nx := `case "d":`\nif y == \'"\' { return "e" }'
    expect(wordsOf(body)).toEqual([])
  })
})

describe('the functions of a Go file', () => {
  const source = `package x
func (r *Rule) Match(interface{}, []string) (map[string]struct{}, error) { if a == "one" { return nil, nil }; return nil, nil }
func setup(c *caddy.Controller) (err error) { f := func() { if b == "two" { } }; return }
func kinds() interface{} { if c == "three" { }; return nil }
func parse(d caddyfile.Dispenser) {}
`

  it('have their own words, whatever their signature', () => {
    const { functions } = readGoPackage({ 'rule.go': source })
    expect(functions).toEqual([
      { name: 'Match', file: 'rule.go', readsConfiguration: false, words: ['one'] },
      { name: 'setup', file: 'rule.go', readsConfiguration: true, words: ['two'] },
      { name: 'kinds', file: 'rule.go', readsConfiguration: false, words: ['three'] },
      { name: 'parse', file: 'rule.go', readsConfiguration: true, words: [] },
    ])
  })

  it('need not end', () => {
    for (let end = 0; end <= source.length; end += 7) readGoPackage({ 'rule.go': source.slice(0, end) })
  })
})
