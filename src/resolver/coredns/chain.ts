import type { Place } from '../../expand/token-view.ts'
import type { FilePlace } from '../../text/range.ts'
import type { OccurrenceView } from '../../verdict/servers-view.ts'
import type { Step } from '../decision.ts'
import { outcomeSummary } from '../outcome-summary.ts'
import type { Link, Reply, Request, Turn, WrittenStep } from './model.ts'
import { returned } from './replies.ts'

/** A plugin's place in the chain of a block. */
export interface ChainLink {
  readonly plugin: string
  readonly occurrence: OccurrenceView | null
  readonly link: Link
}

/** What came of one run through a chain. */
export interface Run {
  readonly reply: Reply
  /** All links in run order. */
  readonly path: readonly Step[]
}

/** Where a word stands, as the path says it. */
export type Locate = (place: Place) => FilePlace

/** Asks the plugins of a block in run order, and keeps nothing but the reply. */
export function replyOf(chain: readonly ChainLink[], request: Request): Reply {
  return quietReply(chain, 0, request)
}

function quietReply(chain: readonly ChainLink[], index: number, request: Request): Reply {
  const own = chain[index]
  return own === undefined ? behindLast(chain) : own.link.serve(request, new QuietTurn(chain, index, request))
}

class QuietTurn implements Turn {
  readonly #chain: readonly ChainLink[]
  readonly #index: number
  readonly #request: Request

  constructor(chain: readonly ChainLink[], index: number, request: Request) {
    this.#chain = chain
    this.#index = index
    this.#request = request
  }

  get hasNext(): boolean {
    return this.#index + 1 < this.#chain.length
  }

  next(onward = this.#request): Reply {
    return quietReply(this.#chain, this.#index + 1, onward)
  }

  note(): void {}

  assume(): void {}
}

function behindLast(chain: readonly ChainLink[]): Reply {
  const reason = `nothing behind ${chain.at(-1)?.plugin ?? 'it'} answers`
  return { ...returned({ kind: 'servfail', reason }), isError: true }
}

/** Asks the plugins of a block in run order. */
export function runChain(
  chain: readonly ChainLink[],
  request: Request,
  locate: Locate,
  assume: (what: string) => void,
): Run {
  const steps: (WrittenStep | undefined)[] = []
  const serveFrom = (index: number, current: Request): Reply => {
    const own = chain[index]
    if (own === undefined) return behindLast(chain)
    const step = stepOf(own, locate)
    const first = steps[index] === undefined
    if (first) steps[index] = step
    let role = 'answered' as Step['role']
    let fromNext: Reply | null = null
    const notes: string[] = []
    const turn: Turn = {
      hasNext: index + 1 < chain.length,
      next(onward = current) {
        if (onward !== current) role = 'changed'
        else if (role === 'answered') role = 'passed'
        fromNext = serveFrom(index + 1, onward)
        return fromNext
      },
      note(did, at) {
        notes.push(typeof did === 'string' ? did : did())
        if (at !== undefined) step.at = locate(at)
      },
      assume,
    }
    const reply = own.link.serve(current, turn)
    if (role === 'passed' && reply !== fromNext) role = 'changed'
    step.role = role
    step.did = notes.length === 0 && role === 'answered' ? outcomeSummary(reply.outcome) : notes.join('; ')
    return reply
  }
  const reply = serveFrom(0, request)
  const path = chain.map((own, index) => steps[index] ?? { ...stepOf(own, locate), role: 'not-asked' as const })
  return { reply, path }
}

function stepOf({ plugin, occurrence }: ChainLink, locate: Locate): WrittenStep {
  return { plugin, at: occurrence === null ? null : locate(occurrence.name.place), role: 'answered', did: '' }
}
