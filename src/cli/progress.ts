import type { Io } from './io.ts'

/** Before this nobody wonders, in milliseconds. */
const patience = 500
/** Between two updates, in milliseconds. */
const pause = 100

/** What is done to things that are counted. */
const DONE = { Corefiles: 'checked', questions: 'asked' } as const

/** How far a long run is, on a line of a terminal's standard error that is taken away again. Elsewhere nothing is written. */
export class ProgressLine {
  readonly #io: Io
  readonly #isTerminal: boolean
  #next: number
  #isShown = false

  constructor(io: Io) {
    this.#io = io
    this.#isTerminal = io.stderr.isTerminal() && io.env.TERM !== 'dumb'
    this.#next = io.elapsed() + patience
  }

  /**
   * Shows `read 1,200 files`, or `checked 300 of 5,000 Corefiles`, or questions in their place; null where nobody knows how many there
   * will be. At the end the line goes away.
   */
  tell(done: number, total: number | null, what: keyof typeof DONE = 'Corefiles'): void {
    if (!this.#isTerminal) return
    if (done === total) {
      this.clear()
      return
    }
    const now = this.#io.elapsed()
    if (now < this.#next) return
    this.#next = now + pause
    const text =
      total === null ? `read ${number(done)} files` : `${DONE[what]} ${number(done)} of ${number(total)} ${what}`
    this.#io.stderr.write(`\r\u001b[2K${text}`)
    this.#isShown = true
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (this.#isShown) this.#io.stderr.write('\r\u001b[2K')
    this.#isShown = false
  }
}

/** With a comma between thousands. */
function number(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
