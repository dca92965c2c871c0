import type { Random } from '../../generate/random.ts'
import type { Question } from '../configuration.ts'

/** What questions are made from. */
export interface Subject {
  readonly names: readonly string[]
  readonly zones: readonly string[]
  readonly addresses: readonly string[]
  readonly types: readonly string[]
  readonly clients: readonly string[]
  readonly servers: readonly string[]
  /** True where the answer to one question changes what is answered to the next. */
  readonly remembers: boolean
}

const USUAL = ['A', 'A', 'A', 'A', 'AAAA', 'AAAA', 'TXT', 'CNAME', 'MX', 'SRV', 'HTTPS', 'ANY']

/** At most `most` questions: names that are mentioned, beside, above and below them, in capitals, and reverse names. */
export function questionsFor(random: Random, subject: Subject, most: number): Question[] {
  const { names, zones, addresses, types, clients, servers, remembers } = subject
  const questions = new Map<string, Question>()
  const add = (name: string, type: string) => {
    // What forward asks to see whether an upstream is back.
    if (name === '.' && type === 'NS') return
    if (name.length > 200 || (name.startsWith('.') && name !== '.')) return
    const client = random.one(clients)
    const server = random.one(servers)
    const question: Question = {
      name,
      type,
      ...(client === '127.0.0.1' ? {} : { client }),
      ...(server === '127.0.0.1' ? {} : { server }),
      ...(name.endsWith('.bind.') || name === 'id.server.' ? { class: 'CH' } : {}),
    }
    // Names that differ in case are one to what is remembered.
    const key = remembers ? `${name.toLowerCase()} ${type}` : JSON.stringify(question)
    if (!questions.has(key)) questions.set(key, question)
  }
  const typeOf = () => (types.length > 0 && random.chance(0.45) ? random.one(types) : random.one(USUAL))
  const known = [...new Set(names)]
  for (const name of random.some(known, Math.ceil(most * 0.6))) add(name, random.chance(0.5) ? 'A' : typeOf())
  for (const address of random.some([...new Set(addresses)], 2)) add(reverseName(address), 'PTR')
  for (let left = most * 3; left > 0 && questions.size < most; left--) {
    const name = known.length === 0 || random.chance(0.15) ? absolute(random.one(zones)) : random.one(known)
    add(variant(random, name), typeOf())
  }
  return [...questions.values()].slice(0, most)
}

function variant(random: Random, name: string): string {
  switch (random.below(9)) {
    case 0:
      return below('zz', name)
    case 1:
      return below('zz.yy', name)
    case 2:
      return parent(name)
    case 3:
      return below('zz', parent(name))
    case 4:
      return name === '.' ? name : `x${name}`
    case 5:
      return name.toUpperCase()
    case 6:
      return random.one(['zz.', 'other.test.', 'www.example.org.', '9.9.9.9.in-addr.arpa.', '.'])
    default:
      return name
  }
}

function absolute(zone: string): string {
  if (/[/:]/.test(zone)) return '1.1.0.10.in-addr.arpa.'
  return zone.endsWith('.') ? zone : `${zone}.`
}

function below(labels: string, name: string): string {
  return name === '.' ? `${labels}.` : `${labels}.${name}`
}

function parent(name: string): string {
  return name.slice(name.indexOf('.') + 1) || '.'
}

/** The name whose PTR record an address has. Only for the notations that the generator writes. */
export function reverseName(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) {
    const bytes = (mapped ?? address).split('.').map(Number)
    return `${bytes.reverse().join('.')}.in-addr.arpa.`
  }
  const [head = '', tail = ''] = address.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const missing = 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)]
  const digits = all.map((group) => group.padStart(4, '0')).join('')
  return `${[...digits].reverse().join('.')}.ip6.arpa.`
}
