import { createHash } from 'node:crypto'

/** Choices that depend on a seed alone: the same seed gives the same choices on every machine. */
export class Random {
  #state: number

  constructor(seed: string) {
    this.#state = createHash('sha256').update(seed).digest().readInt32LE(0)
  }

  /** A number from 0 up to but not including 1, by the mulberry32 generator. */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number {
    return Math.floor(this.number() * limit)
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.number() < probability
  }

  /** One of the choices, of which there must be at least one. */
  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }

  /** At most `most` of the choices, each at most once, in their order. */
  some<T>(choices: readonly T[], most: number): T[] {
    const left = choices.map((_, at) => at)
    while (left.length > most) left.splice(this.below(left.length), 1)
    return left.map((at) => choices[at] as T)
  }
}
