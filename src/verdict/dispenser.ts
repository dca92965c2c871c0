import type { TokenView } from '../expand/token-view.ts'

/** What differs between the versions of coredns/caddy. */
export interface DispenserBehaviour {
  /** Since caddy 1.1.4 (CoreDNS 1.15.0) NextBlock enters a brace inside a block. */
  readonly entersBraces: boolean
  /**
   * Up to CoreDNS 1.12.4 NextBlock does not notice that the tokens end inside a block: it answers true for ever, and the last token stays
   * the current one.
   */
  readonly sticksAtEnd: boolean
}

/** Reads a plugin's tokens as coredns/caddy caddyfile/dispenser.go does. */
export class Dispenser {
  readonly tokens: TokenView
  readonly #behaviour: DispenserBehaviour
  #cursor = -1
  #nesting = 0

  constructor(tokens: TokenView, behaviour: DispenserBehaviour) {
    this.tokens = tokens
    this.#behaviour = behaviour
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
      if (!this.next() && !this.#behaviour.sticksAtEnd) return false
      if (this.tokens.closesBlock(this.#cursor)) {
        this.#nesting--
        return false
      }
      if (!this.#behaviour.entersBraces || !this.tokens.opensBlock(this.#cursor)) return true
      this.#cursor--
    }
    if (!this.nextArg()) return false
    if (!this.tokens.opensBlock(this.#cursor)) {
      this.#cursor--
      return false
    }
    if (!this.next() || this.tokens.closesBlock(this.#cursor)) return false
    this.#nesting++
    return true
  }

  /** Numbers of the words up to the end of the line or an opening brace, which stays to be read. */
  remainingArgs(): number[] {
    const numbers: number[] = []
    while (this.nextArg()) {
      if (this.tokens.opensBlock(this.#cursor)) {
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
