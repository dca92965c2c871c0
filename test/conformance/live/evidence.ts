import type { RuleText } from '../../../src/lint/rule.ts'
import { rules } from '../../../src/rules/index.ts'
import { findings } from '../../rules/lint-text.ts'
import { type Outcome, type Recorded, type Result, readRecorded } from './record.ts'

/** What was recorded, in the order of the claims. */
export const recorded = readRecorded()

/** What a rule says of an example, and what the servers answered. */
export interface Evidence {
  /** The message of the rule for the bad text, at the newest release. */
  readonly says: string
  readonly bad: readonly (readonly Result[])[]
  readonly good: readonly (readonly Result[])[]
  readonly badServes: readonly string[]
  readonly goodServes: readonly string[]
}

/** The message of a rule for the bad text of one of its examples, and what a release answered for both texts. */
export async function evidence(ruleId: string, example: number, release = '1.15.0'): Promise<Evidence> {
  const rule = rules.find(({ id }) => id === ruleId)
  const { text } = (await import(`../../../src/rules/${ruleId}.ts`)) as { text: RuleText }
  const { bad = '', path, files = {}, environment, release: judged } = text.examples[example] ?? {}
  const [finding] =
    rule === undefined
      ? []
      : await findings(bad, {
          rules: [rule],
          files,
          ...(path === undefined ? {} : { path }),
          ...(judged === undefined ? {} : { release: judged }),
          ...(environment === undefined ? {} : { environment }),
        })
  const entry = entryOf(ruleId, example).said.find(({ releases }) => releases.includes(release))
  const [one, other] = [entry?.bad, entry?.good].map(started)
  return {
    says: finding?.message ?? '',
    bad: one?.steps ?? [],
    good: other?.steps ?? [],
    badServes: one?.serves ?? [],
    goodServes: other?.serves ?? [],
  }
}

/** What was recorded of an example. Throws where nothing was. */
export function entryOf(ruleId: string, example: number): Recorded {
  const entry = recorded.find((each) => each.rule === ruleId && each.example === example)
  if (entry === undefined) throw new Error(`nothing is recorded of ${ruleId} example ${example}`)
  return entry
}

/** What a server answered that started. Throws for one that did not. */
export function started(outcome: Outcome | undefined) {
  if (outcome === undefined || 'refused' in outcome) throw new Error('the server did not start')
  return outcome
}

export const failed: Result[] = [{ rcode: 'SERVFAIL' }]
export const refused: Result[] = [{ rcode: 'REFUSED' }]
export const noData: Result[] = [{ rcode: 'NOERROR' }]

/** An answer that no upstream was asked for. */
export function local(record: string): Result[] {
  return [{ rcode: 'NOERROR', answers: [record] }]
}

/** What an upstream answers for A. */
export function from(upstream: number, name: string): Result[] {
  return [{ rcode: 'NOERROR', answers: [`${name} A 100.64.0.${upstream}`], asked: [`${upstream} udp`] }]
}
