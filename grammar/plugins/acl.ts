import { any, cidr, line, origin, plugin, property, queryType } from '../schema.ts'
import type { LineQuirk, OtherLineQuirk, Quirks, Setup, Word } from '../setup.ts'

const SINCE = { allow: '1.6.4', block: '1.6.4', filter: '1.8.2', drop: '1.10.1' } as const

const action = (since: string) => property({ since, line: line(any('SECTION')), repeat: 'adds', quirk: 'policy' })

export default plugin('acl', {
  source: 'plugin/acl/setup.go parse',
  about:
    'Decides by type and by the address of the client whether a query goes on to the next plugin. In a block the first line that fits counts; a query that no line fits goes on. A line without `type` or `net` fits all of them.',
  aboutProperties: {
    allow: 'These queries go on to the next plugin, whatever the lines below say.',
    block: 'These queries are answered REFUSED.',
    filter: 'These queries are answered NOERROR, without records.',
    drop: 'These queries get no answer at all.',
  },
  line: line(any('ZONES', origin())),
  properties: {
    allow: action(SINCE.allow),
    block: action(SINCE.block),
    filter: action(SINCE.filter),
    drop: action(SINCE.drop),
  },
  otherLine: 'action-in-capitals',
})

const SECTION = /^(?:type|net)$/i

/** parse: `ACTION [type QTYPE...] [net SOURCE...]`, sections in any order and number; `*` ends its section. */
const policy: LineQuirk = (setup) => {
  const property = setup.word.value.toLowerCase()
  const words = setup.remainingArgs()
  if (words.some(({ known }) => !known)) return
  for (let at = 0; at < words.length; ) {
    const section = words[at] as Word
    if (!SECTION.test(section.value)) {
      setup.refuse('invalid-value', { at: section, property, expected: 'one of `type`, `net`' })
    }
    let end = at + 1
    while (end < words.length && !SECTION.test((words[end] as Word).value)) end++
    const members = words.slice(at + 1, end)
    if (members.length === 0) {
      setup.report('argument-count', {
        at: section,
        property,
        expected: section.value.toLowerCase() === 'net' ? 'net SOURCE...' : 'type QTYPE...',
        message: `no token specified in "${section.value.toLowerCase()}" section`,
      })
    }
    for (const member of members) {
      if (member.value === '*') break
      if (section.value.toLowerCase() === 'type') setup.check(queryType(), member, property)
      else checkSource(setup, member, property)
    }
    at = end
  }
}

/** normalize: an address stands for the network that is only it. */
function checkSource(setup: Setup, word: Word, property: string): void {
  const { value } = word
  const network = value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`
  setup.check(cidr(), { ...word, value: network }, property)
}

/** parse: the case of the action does not count. */
const actionInCapitals: OtherLineQuirk = (setup) => {
  const name = setup.word
  const since = Object.entries(SINCE).find(([known]) => known === name.value.toLowerCase())?.[1]
  if (!name.known) setup.skipArgs()
  else if (since === undefined || !setup.since(since)) setup.refuse('unknown-property', { property: name.value })
  else policy(setup)
}

export const quirks: Quirks = { lines: { policy }, otherLines: { 'action-in-capitals': actionInCapitals } }
