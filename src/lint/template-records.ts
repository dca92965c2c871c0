import { queryTypeOf } from '../values/codes.ts'
import { isIp } from '../values/ip.ts'

/** Stands for text that only a query brings. */
const UNKNOWN = '\0'

/** What a template for a record makes of any query. */
export type RecordFault =
  /** CoreDNS cannot read it as a record: the query fails. `problem` completes "the record ...". */
  | { readonly kind: 'broken'; readonly problem: string }
  /** It is a record, without data. */
  | { readonly kind: 'empty'; readonly type: string }
  /** It is a record of another type than the query asks for. */
  | { readonly kind: 'other-type'; readonly type: string }

/**
 * What is wrong with the template of a record whatever the query is (plugin/template/template.go executeRRTemplate, miekg/dns NewRR); null
 * where nothing is, or where it depends on the query. `asked` is the type that the template is for, `ANY` for all.
 */
export function recordFault(template: string, asked: string, isAnswer: boolean): RecordFault | null {
  const text = fill(template, asked)
  if (text === null || /^[ \t]/.test(text)) return null
  const words = wordsOf(text)
  if (words === null) return null
  const [owner, ...rest] = words
  if (owner === undefined) return { kind: 'broken', problem: 'is empty' }
  const at = rest.findIndex((word) => !isTtl(word) && !isClass(word))
  const type = rest[at]
  if (type === undefined)
    return rest.some(isOpen) || isOpen(owner) ? null : { kind: 'broken', problem: missing(owner, rest) }
  if (isOpen(type) || rest.slice(0, at).some(isOpen)) return null
  const known = type.toUpperCase()
  if (/^TYPE\d+$/.test(known)) return null
  if (queryTypeOf(known) === undefined) return { kind: 'broken', problem: `has "${type}" where its type belongs` }
  return dataFault(known, rest.slice(at + 1)) ?? typeFault(known, asked, isAnswer)
}

/** Puts a name in the place of what every query brings; null for a template with a course of its own. */
function fill(template: string, asked: string): string | null {
  let isPlain = true
  const text = template.replace(/\{\{(.*?)\}\}/gs, (_, inside: string) => {
    const action = inside.trim()
    if (/^-|-$|^(?:if|else|end|range|with|block|define|template|break|continue)\b|^\/\*|:=/.test(action))
      isPlain = false
    if (action === '.Name') return 'name.example.'
    if (action === '.Class') return 'IN'
    return action === '.Type' && asked !== 'ANY' ? asked : UNKNOWN
  })
  return isPlain && !text.includes('{{') ? text : null
}

/** The words of a record, a quoted one without its quotes; null where a line is continued, or a quote is open. */
function wordsOf(text: string): string[] | null {
  const words: string[] = []
  for (const [, quoted, word, other] of text.matchAll(/"((?:[^"\\]|\\.)*)"|((?:[^\s"();\\]|\\.)+)|(;.*|["()\\])/gs)) {
    if (other?.startsWith(';') === true) break
    if (other !== undefined) return null
    words.push(quoted ?? word ?? '')
  }
  return words
}

function isOpen(word: string): boolean {
  return word.includes(UNKNOWN)
}

function isTtl(word: string): boolean {
  return /^(?:\d+[smhdw]?)+$/i.test(word)
}

function isClass(word: string): boolean {
  return /^(?:IN|CS|CH|HS|NONE|ANY|CLASS\d+)$/i.test(word)
}

function missing(owner: string, rest: readonly string[]): string {
  if (rest.length === 0) return `is only "${owner}", without a type and data`
  return 'has no type and no data'
}

/** How many words follow types that have a fixed number of them. */
const COUNTS: Readonly<Record<string, number>> = {
  A: 1,
  AAAA: 1,
  CNAME: 1,
  DNAME: 1,
  MX: 2,
  NS: 1,
  PTR: 1,
  SOA: 7,
  SRV: 4,
}

function dataFault(type: string, data: readonly string[]): RecordFault | null {
  if (data.length === 0) return { kind: 'empty', type }
  if (data[0] === '\\#' || data.some(isOpen)) return null
  const count = COUNTS[type]
  if (count !== undefined && data.length !== count) {
    const problem = `has ${data.length === 1 ? 'one word' : `${data.length} words`} behind ${type}, which takes ${count === 1 ? 'one' : count}`
    return { kind: 'broken', problem }
  }
  const [address = ''] = data
  const isRight =
    type === 'A'
      ? isIp(address) && !address.includes(':')
      : type === 'AAAA'
        ? isIp(address) && address.includes(':')
        : true
  if (isRight) return null
  return { kind: 'broken', problem: `has "${address}" where ${type === 'A' ? 'an IPv4' : 'an IPv6'} address belongs` }
}

function typeFault(type: string, asked: string, isAnswer: boolean): RecordFault | null {
  if (!isAnswer || asked === 'ANY' || type === asked || INSTEAD.has(type)) return null
  return { kind: 'other-type', type }
}

/** Types that answer a query for another one. */
const INSTEAD: ReadonlySet<string> = new Set(['CNAME', 'DNAME', 'RRSIG'])
