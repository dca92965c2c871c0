import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expand } from '../../src/expand/expand.ts'
import type { TokenView } from '../../src/expand/token-view.ts'
import { Dispenser, type DispenserBehaviour } from '../../src/verdict/dispenser.ts'

/** The tokens that a plugin called `p` gets for the lines of a block. */
function tokensOf(lines: string): TokenView {
  const { blocks } = expand(`. {\n${lines}\n}\n`, { isDirective: () => true })
  const tokens = blocks[0]?.directives.get('p')
  if (tokens === undefined) throw new Error(`no p in ${lines}`)
  return tokens
}

const NOW: DispenserBehaviour = { entersBraces: true, sticksAtEnd: false }
const BEFORE_1_15: DispenserBehaviour = { entersBraces: false, sticksAtEnd: false }
const BEFORE_1_13: DispenserBehaviour = { entersBraces: false, sticksAtEnd: true }

const dispenserOf = (lines: string, behaviour = NOW) => new Dispenser(tokensOf(lines), behaviour)

/** What `for c.Next() { args; for c.NextBlock() { line } }` reads. */
function read(lines: string, behaviour = NOW): string[] {
  const dispenser = dispenserOf(lines, behaviour)
  const { tokens } = dispenser
  const words = (numbers: readonly number[]) => numbers.map((number) => tokens.value(number)).join(' ')
  const seen: string[] = []
  while (dispenser.next() && seen.length < 20) {
    seen.push(`${dispenser.value}: ${words(dispenser.remainingArgs())}`.trim())
    while (dispenser.nextBlock() && seen.length < 20) {
      seen.push(`  ${dispenser.value}: ${words(dispenser.remainingArgs())}`.trimEnd())
    }
  }
  return seen
}

describe('occurrences, words and lines', () => {
  it.each([
    ['p a b', ['p: a b']],
    ['p a {\n x 1 2\n y\n}', ['p: a', '  x: 1 2', '  y:']],
    ['p {\n}', ['p:']],
    ['p a\np b {\n x\n}', ['p: a', 'p: b', '  x:']],
    ['p "a\nb" c', ['p: a\nb c']],
    ['p a { x 1 }', ['p: a', '  x: 1 }']],
  ])('%j', (lines, expected) => {
    expect(read(lines)).toEqual(expected)
  })

  it('takes a brace on the next line for the plugin once more', () => {
    expect(read('p\n{\n x\n}')).toEqual(['p:', '{:', 'x:', '}:'])
  })

  it('enters a brace inside of a block since 1.15.0, and takes it for a line before', () => {
    const lines = 'p {\n x {\n  y\n }\n z\n}'
    // The first brace that closes ends the loop of whoever knows of no block inside.
    expect(read(lines)).toEqual(['p:', '  x:', '  y:', 'z:'])
    expect(read(lines, BEFORE_1_15)).toEqual(['p:', '  x:', '  {:', '  y:', 'z:', '}:'])
  })

  it('never ends with a block in which the tokens end, before 1.13.0', () => {
    const lines = 'p {\n x 1 } y'
    const behind = (behaviour: DispenserBehaviour) => {
      const dispenser = dispenserOf(lines, behaviour)
      dispenser.next()
      dispenser.nextBlock()
      dispenser.remainingArgs()
      return [dispenser.value, dispenser.nextBlock(), dispenser.value, dispenser.nextBlock(), dispenser.value]
    }
    expect(behind(NOW)).toEqual(['y', false, 'y', false, 'y'])
    expect(behind(BEFORE_1_15)).toEqual(['y', false, 'y', false, 'y'])
    expect(behind(BEFORE_1_13)).toEqual(['y', true, 'y', true, 'y'])
  })
})

describe('single steps', () => {
  it('stand before the first word at first', () => {
    const dispenser = dispenserOf('p a')
    expect([dispenser.cursor, dispenser.value]).toEqual([-1, ''])
    expect([dispenser.nextArg(), dispenser.value]).toEqual([true, 'p'])
    const other = dispenserOf('p a')
    expect([other.nextLine(), other.value]).toEqual([true, 'p'])
  })

  it('nextArg stays on the line, nextLine leaves it', () => {
    const dispenser = dispenserOf('p a {\n x\n}')
    dispenser.next()
    expect([dispenser.nextLine(), dispenser.value]).toEqual([false, 'p'])
    expect([dispenser.nextArg(), dispenser.value]).toEqual([true, 'a'])
    expect([dispenser.nextArg(), dispenser.value]).toEqual([true, '{'])
    expect([dispenser.nextArg(), dispenser.value]).toEqual([false, '{'])
    expect([dispenser.nextLine(), dispenser.value]).toEqual([true, 'x'])
  })

  it('back goes back, skipArgs goes on as remainingArgs does', () => {
    const dispenser = dispenserOf('p a b {\n x\n}')
    dispenser.next()
    dispenser.skipArgs()
    expect(dispenser.value).toBe('b')
    dispenser.back()
    expect(dispenser.value).toBe('a')
  })

  it('remainingArgs leaves the brace to be read', () => {
    const dispenser = dispenserOf('p a {\n x\n}')
    dispenser.next()
    expect(dispenser.remainingArgs()).toEqual([1])
    expect([dispenser.nextBlock(), dispenser.value]).toEqual([true, 'x'])
  })

  it('take a brace that comes out of a variable for one', () => {
    const { blocks } = expand('. {\n p {$OPEN}\n x\n {$CLOSE}\n}\n', {
      isDirective: () => true,
      environment: (name) => ({ OPEN: '{', CLOSE: '}' })[name],
    })
    const tokens = blocks[0]?.directives.get('p') as TokenView
    expect([tokens.opensBlock(1), tokens.closesBlock(1)]).toEqual([true, false])
  })
})

it('skipArgs ends where remainingArgs does, for any tokens', () => {
  const lines = fc.array(fc.constantFrom('a', '{', '}', '\n', '"x\ny"', 'p'), { maxLength: 20 })
  fc.assert(
    fc.property(lines, fc.nat(20), (words, steps) => {
      const text = `p { ${words.join(' ')}`
      const one = dispenserOf(text)
      const other = dispenserOf(text)
      for (let step = 0; step <= steps; step++) {
        one.next()
        other.next()
      }
      one.remainingArgs()
      other.skipArgs()
      expect(one.cursor).toBe(other.cursor)
    }),
  )
})
