import { defineRule, type RuleText } from '../lint/rule.ts'

/** A comma behind the last address of a server block asks for one more (caddyfile/parse.go:addresses). */
export default defineRule({
  id: 'dangling-comma',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: ({ kind }) => kind === 'comma-before-brace' || kind === 'address-expected',
  check({ reasons, report }) {
    for (const { at, kind } of reasons) {
      const { list } = at
      const index = kind === 'comma-before-brace' ? at.index - 1 : at.index
      const end = list.end(index)
      const isComma = index >= 0 && list.text[end - 1] === ','
      report({
        at: isComma ? { list, range: { start: end - 1, end } } : at,
        message: 'a comma asks for one more address and none follows, so CoreDNS does not start',
        fix: isComma ? { title: 'remove the comma', safety: 'safe', edits: [{ start: end - 1, end, text: '' }] } : null,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A comma behind the last address of a server block',
  why: 'Addresses of a server block may be joined by commas, and a comma lets the list go on in the next line. Behind the last one it makes CoreDNS look for an address where the brace stands.',
  links: ['caddyfile/parse.go addresses'],
  examples: [
    { bad: 'a.org, b.org, {\n    whoami\n}\n', good: 'a.org, b.org {\n    whoami\n}\n' },
    { bad: 'a.org,\n', good: 'a.org\n' },
  ],
}
