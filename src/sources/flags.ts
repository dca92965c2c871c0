import type { Range } from '../text/range.ts'
import type { Placed } from './source.ts'

/** A word of a command line, after a shell took its quotes away. */
export interface ArgumentWord extends Placed {
  /** Names of variables in it that nobody gave a value: `$(POD_IP)`, `${POD_IP}`. The value has them as written. */
  readonly unresolved: readonly string[]
}

/** A flag of a Go program: `--name=value`, `--name value`, `-name`, or an environment variable that stands for one. */
export interface Flag {
  /** Without dashes. */
  readonly name: string
  readonly written: string
  /** The flag with its value. */
  readonly range: Range
  readonly value: Placed | undefined
  /** False for a flag that the program does not have. */
  readonly isKnown: boolean
  /** What the value is made of and is not known. */
  readonly unresolved: readonly string[]
}
