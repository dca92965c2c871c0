import type { Decider, Decision } from '../../../src/resolver/decision.ts'
import { concealed, concealedQuestion, withConcealedName } from './conceal.ts'
import type { Configuration, Mode, Question } from './configuration.ts'
import { askedOnTheWay, difference, expectedReplies, NotTold } from './expected.ts'
import { queryOf } from './model.ts'
import { isCurrent, type Recording } from './record.ts'
import { parseReply } from './reply.ts'

/** What the model says of one question, beside what the server answered. */
export interface Compared {
  readonly configuration: Configuration
  readonly question: Question
  readonly mode: Mode
  readonly decision: Decision
  /** As it is recorded. */
  readonly observed: string
  readonly standing: 'agree' | 'differ' | 'unknown'
  /** Why it differs or is not known; empty where it agrees. */
  readonly why: string
}

/**
 * Asks the model all that a server was asked. Recordings of configurations that changed since are left out. `isConcealed`: names and data
 * were recorded as fingerprints.
 */
export function* compareRecording(
  configurations: readonly Configuration[],
  recording: Recording,
  modelOf: (configuration: Configuration) => Decider,
  isConcealed = false,
): Generator<Compared> {
  for (const configuration of configurations) {
    const recorded = recording[configuration.id]
    if (recorded === undefined || !isCurrent(recorded, configuration)) continue
    const model = modelOf(configuration)
    const { remembers } = configuration
    for (const [at, question] of configuration.questions.entries()) {
      const decision = model.decide(queryOf(question))
      for (const mode of ['ok', ...configuration.modes] as const) {
        const observed = recorded.replies[mode]?.[at]
        if (observed === undefined) continue
        const base = { configuration, question, mode, decision, observed }
        try {
          const expected = expectedReplies(decision.outcome, mode)
          const onTheWay = [...askedOnTheWay(decision)]
          const why = isConcealed
            ? difference(
                parseReply(observed, concealedQuestion(question)),
                expected.map(concealed),
                remembers,
                onTheWay.map(withConcealedName),
              )
            : difference(parseReply(observed, question), expected, remembers, onTheWay)
          yield { ...base, standing: why === null ? 'agree' : 'differ', why: why ?? '' }
        } catch (error) {
          if (!(error instanceof NotTold)) throw error
          yield { ...base, standing: 'unknown', why: error.message }
        }
      }
    }
  }
}

/** How often which standing was seen. A pair is a configuration and a question, whatever the modes. */
export interface Tally {
  configurations: number
  pairs: number
  replies: number
  agree: number
  differ: number
  unknown: number
}

/** Counts by topic, in the order in which they come. */
export function tallyByTopic(compared: Iterable<Compared>): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  let last: Compared | null = null
  for (const each of compared) {
    const { topic } = each.configuration
    const tally = tallies.get(topic) ?? { configurations: 0, pairs: 0, replies: 0, agree: 0, differ: 0, unknown: 0 }
    tallies.set(topic, tally)
    if (last?.configuration !== each.configuration) tally.configurations++
    if (last?.configuration !== each.configuration || last.question !== each.question) tally.pairs++
    tally.replies++
    tally[each.standing]++
    last = each
  }
  return tallies
}

/** The sum of tallies. */
export function totalOf(tallies: Iterable<Tally>): Tally {
  const total: Tally = { configurations: 0, pairs: 0, replies: 0, agree: 0, differ: 0, unknown: 0 }
  for (const tally of tallies) {
    for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key]
  }
  return total
}
