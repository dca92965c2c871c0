import type { Unproved } from '../resolver/compare.ts'
import type { Reduced } from '../resolver/probes.ts'
import type { Untried } from '../resolver/untried.ts'
import { counted } from './words.ts'

/** That not everything was asked as there are very many names, and what was: two sentences. */
export function reducedText({ whole, names, inFull }: Reduced, asked: number): string {
  return `There are very many names: ${asked} of about ${whole} questions were asked. Every name was asked for the types of its own records, ${inFull} of ${names} names, domains and addresses for all other types and with what is below and beside them.`
}

/** `2 patterns were not tried`. */
export function untriedCount(untried: readonly Untried[]): string {
  return `${counted(untried.length, 'pattern')} ${untried.length === 1 ? 'was' : 'were'} not tried`
}

/** Which pattern, why, and what to do. */
export function untriedText({ pattern, reason }: Untried): string {
  return `${pattern}: ${reason}; corefile compare --probe NAME/TYPE asks for one`
}

/** What could not be compared, as JSON says it: questions, and patterns without a question. */
export function unprovedShape(unproved: readonly Unproved[], untried: readonly Untried[]): Record<string, unknown> {
  return {
    unproved: unproved.map(({ query, reason }) => ({ query: { name: query.name, type: query.type }, reason })),
    untried: untried.map(({ pattern, reason }) => ({ pattern, reason })),
  }
}
