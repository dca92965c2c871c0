import { createHash } from 'node:crypto'
import { foldCase } from '../../../src/values/name.ts'
import type { Question } from './configuration.ts'
import type { Expected } from './expected.ts'
import { formatReply, parseReply, type Reply, type ReplyRecord } from './reply.ts'

/** A line of a recording with fingerprints in place of names and data. */
export function concealedLine(line: string, question: Question): string {
  return formatReply(concealed(parseReply(line, question)), concealedQuestion(question))
}

/** A question as the recording of a concealed reply knows it. */
export const concealedQuestion: (question: Question) => Question = withConcealedName

/** A reply, or what is expected of one, with fingerprints for all names and data: words of texts that are not ours are not recorded. */
export function concealed<T extends Reply | Expected>(reply: T): T {
  const { answers, referral, asked } = reply
  return {
    ...reply,
    answers: answers.map(concealedRecord),
    referral: referral.map(concealedRecord),
    asked: Array.isArray(asked) ? asked.map(withConcealedName) : isQuestion(asked) ? withConcealedName(asked) : asked,
  }
}

function isQuestion(asked: unknown): asked is { readonly name: string } {
  return typeof asked === 'object' && asked !== null
}

/** The same with a fingerprint for its name. */
export function withConcealedName<T extends { readonly name: string }>(one: T): T {
  return { ...one, name: concealedName(one.name) }
}

/** What the fake upstreams say. */
const OF_FAKES = /^(?:100\.64\.0\.\d|100::\d|"upstream \d")$/

function concealedRecord({ name, type, data }: ReplyRecord): ReplyRecord {
  if (OF_FAKES.test(data)) return { name: concealedName(name), type, data }
  const isText = type === 'TXT' || type === 'HINFO' || type === 'CAA' || type === 'NAPTR'
  const words = data.split(' ').map((word) => (isText ? fingerprint(word) : concealedName(word)))
  return { name: concealedName(name), type, data: words.join(' ') }
}

function concealedName(name: string): string {
  return fingerprint(foldCase(name))
}

function fingerprint(word: string): string {
  return createHash('sha256').update(word).digest('hex').slice(0, 8)
}
