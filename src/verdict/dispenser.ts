import type { TokenView } from '../expand/token-view.ts'

/**
 * Reads a plugin's tokens as coredns/caddy caddyfile/dispenser.go does. `nested` is how NextBlock treats a brace inside a block:
 * since caddy 1.1.4 (CoreDNS 1.15.0) it enters it.
 */
export class Dispenser {
  readonly tokens: TokenView
  readonly #entersBraces: boolean
  #cursor = -1
  #nesting = 0

  constructor(tokens: TokenView, entersBraces: boolean) {
    this.tokens = tokens
    this.#entersBraces = entersBraces
  }

  /** Number of the current token, -1 before the first. */
  get cursor(): number {
    return this.#cursor
  }

  /** The current token's text, empty before the first. */
  get value(): string {
    return this.#cursor < 0 || this.#cursor >= this.tokens.count ? '' : this.tokens.value(this.#cursor)
  }

  next(): boolean {
    if (this.#cursor >= this.tokens.count - 1) return false
    this.#cursor++
    return true
  }

  nextArg(): boolean {
    if (this.#cursor < 0) {
      this.#cursor++
      return true
    }
    if (!this.tokens.continuesLine(this.#cursor)) return false
    this.#cursor++
    return true
  }

  nextLine(): boolean {
    if (this.#cursor < 0) {
      this.#cursor++
      return true
    }
    if (this.#cursor >= this.tokens.count - 1 || !this.tokens.endsLine(this.#cursor)) return false
    this.#cursor++
    return true
  }

  nextBlock(): boolean {
    if (this.#nesting > 0) {
      if (!this.next()) return false
      const { value } = this
      if (value === '}') {
        this.#nesting--
        return false
      }
      if (value !== '{' || !this.#entersBraces) return true
      this.#cursor--
    }
    if (!this.nextArg()) return false
    const opens = this.value === '{'
    if (!opens) {
      this.#cursor--
      return false
    }
    if (!this.next() || this.#closes()) return false
    this.#nesting++
    return true
  }

  #closes(): boolean {
    return this.value === '}'
  }

  /** Numbers of the words up to the end of the line or an opening brace, which stays to be read. */
  remainingArgs(): number[] {
    const numbers: number[] = []
    while (this.nextArg()) {
      if (this.value === '{') {
        this.#cursor--
        break
      }
      numbers.push(this.#cursor)
    }
    return numbers
  }

  /** `remainingArgs` for whom does not need the words; makes no object. */
  skipArgs(): void {
    const { tokens } = this
    while (this.#cursor >= 0 && tokens.continuesLine(this.#cursor) && !tokens.opensBlock(this.#cursor + 1))
      this.#cursor++
  }

  /** `c.cursor--`. */
  back(): void {
    this.#cursor--
  }
}
