import { describe, expect, it } from 'vitest'
import dots from '../../src/rules/regex-missing-trailing-dot.ts'
import uppercase from '../../src/rules/regex-uppercase.ts'
import { findings } from './lint-text.ts'

const find = async (line: string) =>
  (await findings(`. {\n    ${line}\n    whoami\n}\n`, { rules: [dots, uppercase] })).map(({ ruleId }) => ruleId)
const dot = 'regex-missing-trailing-dot'

describe('expressions for names', () => {
  it.each([
    ['rewrite name regex a$ b', [dot]],
    ['rewrite continue name regex a$ b', [dot]],
    ['rewrite ttl regex a$ 30', [dot]],
    ['rewrite rcode regex a$ NXDOMAIN NOERROR', [dot]],
    ['rewrite cname regex a$ b', [dot]],
    ['rewrite cname regex A\\.$ b', []],
    ['rewrite name regex a b answer name c$ d', [dot]],
    ['rewrite name regex a b answer value c$ d', [dot]],
    ['rewrite name regex a b answer name C\\.$ d', []],
    ['rewrite name exact a$ b', []],
    ['rewrite type regex a$', []],
    ['rewrite edns0 local set 0xffee a$', []],
    ['rewrite ttl regex a\\.$ 30 answer name b$ c', []],
    ["view a {\n        expr name() matches '{$NAME}$'\n    }", []],
    ['rewrite name regex ^$ b', []],
    ['rewrite name suffix A.EXAMPLE b.example', []],
    ['rewrite stop {\n        name regex A$ b\n    }', [dot, 'regex-uppercase']],
    ['rewrite name regex {$NAME}$ b', []],
    ['rewrite name regex {{ .Values.name }}$ b', []],
    ['template IN A {\n        match a$ b\n    }', [dot]],
    ['template IN A {\n        match a\\.{{ .Zone }}$\n    }', []],
    ['template IN A {\n        expr "name() matches \'a$\'"\n    }', [dot]],
    ["view a {\n        expr name() matches 'A\\\\.$'\n    }", ['regex-uppercase']],
    ["view a {\n        expr type() matches 'A$'\n    }", []],
  ])('%s', async (line, rules) => {
    expect((await find(line)).sort()).toEqual([...rules].sort())
  })

  it('puts the dot inside of quotes', async () => {
    const text = '. {\n    rewrite name regex "^a\\.b$" c answer auto\n}\n'
    const [found] = await findings(text, { rules: [dots] })
    expect(found?.fix?.edits.map((edit) => edit.text)).toEqual(['"^a\\.b\\.$"'])
  })

  it('leaves the words of a view to a person', async () => {
    const text = `. {\n    view a {\n        expr name() matches 'A$'\n    }\n}\n`
    const found = await findings(text, { rules: [dots, uppercase] })
    expect(found.map(({ fix }) => fix)).toEqual([null, null])
  })

  it('leaves several ends to a person', async () => {
    const [found] = await findings('. {\n    rewrite name regex (a$|b$) c answer auto\n}\n', { rules: [dots] })
    expect([found?.ruleId, found?.fix]).toEqual([dot, null])
    const [other] = await findings('. {\n    rewrite name regex a$|b$ c answer auto\n}\n', { rules: [dots] })
    expect([other?.ruleId, other?.fix]).toEqual([dot, null])
  })
})
