import { replaceToken } from '../lint/edits.ts'
import { isHostAddress, type OddLine, readHostLines } from '../lint/host-lines.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'

/** A line of a hosts block that does not begin with an address is dropped without a word (plugin/hosts/hostsfile.go parseSource). */
export default defineRule({
  id: 'hosts-invalid-entry',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, release, report }) {
    for (const hosts of servers.plugins('hosts')) {
      for (const line of readHostLines(hosts, release).odd) {
        if (line.kind === 'option' || line.kind === 'alias' || (line.kind === 'record' && !isAddressRecord(line)))
          continue
        const at = { from: line.name.place, to: (line.args.at(-1) ?? line.name).place }
        if (line.kind === 'nameless') {
          const message = `no name stands behind ${line.name.value}, so this line of hosts does nothing`
          report({ at, effect: 'hygiene', message })
        } else if (line.kind === 'plugin') {
          const message = `${line.name.value} stands inside the block of hosts, which takes it for an entry and drops it (write it behind the closing brace)`
          report({ at, message })
        } else report({ at, message: `${words(line)}, so hosts drops this line${write(line)}`, fix: swap(line) })
      }
    }
  },
})

function isAddressRecord({ meant }: OddLine): boolean {
  return meant === 'A' || meant === 'AAAA'
}

function words({ kind, name, args }: OddLine): string {
  const { value } = name
  if (kind !== 'address') return `"${value}" is no address`
  if (value.includes('/')) return `"${value}" is a network, and hosts takes single addresses`
  if (/^\[|^[\d.]+:\d*$/.test(value))
    return `"${value}" is an address with a port or brackets, and hosts takes a bare one`
  return `"${value}" is no address${args.length === 0 ? '' : ` for ${args.map((word) => word.value).join(' ')}`}`
}

function write(line: OddLine): string {
  const swapped = inOrder(line)
  return swapped === null ? ' (write ADDRESS NAME...)' : ` and does not serve ${line.name.value} (write ${swapped})`
}

/** The line with its address first, null where it has not exactly one. */
function inOrder({ name, args }: OddLine): string | null {
  const addresses = args.filter(({ value }) => isHostAddress(value))
  const [address] = addresses
  if (address === undefined || addresses.length > 1) return null
  const names = args.filter((word) => word !== address && !/^(?:IN|A|AAAA|\d+)$/.test(word.value))
  return [address, name, ...names].map(({ value }) => value).join(' ')
}

function swap(line: OddLine): ProposedFix | null {
  const text = inOrder(line)
  const { name, args } = line
  const last = args.at(-1)?.place
  if (text === null || last === undefined || last.list !== name.place.list || last.site !== name.place.site) return null
  const edit = replaceToken(name.place, text)
  return {
    title: `write ${text}`,
    safety: 'unsafe',
    edits: [{ ...edit, end: last.list.end(last.index) }],
  }
}

export const text: RuleText = {
  summary: 'A line in a hosts block that serves no name',
  why: 'Every line of a hosts block that is no option is taken for an entry `ADDRESS NAME...`. Where the first word is no address, or no name follows, the line is dropped without a word in the log, and the name is looked up elsewhere or fails.',
  links: ['plugin/hosts/hostsfile.go parseSource'],
  examples: [
    {
      bad: '. {\n    hosts {\n        a.example 10.0.0.2\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.2 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.300 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.30 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.2:443 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.2 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        a.example. 60 IN A 10.0.0.2\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.2 a.example.\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.2 a.example\n        fallthrough_unsupported\n        whoami\n        fallthrough\n    }\n}\n',
      good: '. {\n    hosts {\n        10.0.0.2 a.example\n        fallthrough_unsupported\n        fallthrough\n    }\n    whoami\n}\n',
      also: ['no-backend-in-block'],
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.2\n        10.0.0.3 b.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.2 a.example\n        10.0.0.3 b.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
