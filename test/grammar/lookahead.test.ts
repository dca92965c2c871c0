import { createToken, EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain'
import { describe, expect, it } from 'vitest'
import { SingleTokenLookahead } from '../../grammar/lookahead.ts'

const A = createToken({ name: 'A', pattern: /a/ })
const B = createToken({ name: 'B', pattern: /b/ })
const C = createToken({ name: 'C', pattern: /c/ })
const types: Readonly<Record<string, TokenType>> = { a: A, b: B, c: C }

/** A grammar with every production that the strategy chooses for. */
class Sample extends EmbeddedActionsParser {
  gate = true
  seen: string[] = []

  constructor() {
    super([A, B, C], { lookaheadStrategy: new SingleTokenLookahead(), maxLookahead: 1, skipValidations: true })
    this.performSelfAnalysis()
  }

  readonly start = this.RULE('start', () => {
    this.MANY(() => {
      this.OR([
        { GATE: () => this.gate, ALT: () => this.#took('gated', () => this.CONSUME(A)) },
        { ALT: () => this.#took('plain', () => this.CONSUME1(A)) },
        { ALT: () => this.SUBRULE(this.below) },
      ])
    })
  })

  readonly below = this.RULE('below', () => {
    this.OPTION(() => this.#took('option', () => this.CONSUME(B)))
    this.AT_LEAST_ONE(() => this.#took('repeated', () => this.CONSUME(C)))
  })

  #took(what: string, consume: () => IToken): void {
    const token = consume()
    this.ACTION(() => this.seen.push(`${what} ${token.image}`))
  }
}

const parser = new Sample()

/** The productions that a text goes through, or the name of the error that ends it. */
function taken(text: string, gate = true): string[] {
  parser.input = [...text].map((image, startOffset) => {
    const tokenType = types[image] as TokenType
    return { image, startOffset, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx as number }
  })
  parser.gate = gate
  parser.seen = []
  parser.start()
  return [...parser.seen, ...parser.errors.map(({ name }) => name)]
}

describe('SingleTokenLookahead', () => {
  it('takes the first alternative that the token fits and whose gate is open', () => {
    expect(taken('aa')).toEqual(['gated a', 'gated a'])
    expect(taken('a', false)).toEqual(['plain a'])
  })

  it('looks through rules and what may be missing', () => {
    expect(taken('bcc')).toEqual(['option b', 'repeated c', 'repeated c'])
    expect(taken('ca')).toEqual(['repeated c', 'gated a'])
  })

  it('wants one at least where one must be', () => {
    expect(taken('b')).toEqual(['option b', 'EarlyExitException'])
  })

  it('stops where nothing fits', () => {
    expect(taken('')).toEqual([])
  })
})
