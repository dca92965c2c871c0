import type { Command, Option } from '../command.ts'

/** What a shell offers at a place: nothing, files, directories, or some words. */
export type Offer = 'nothing' | 'files' | 'directories' | readonly string[]

/** An option for a shell: with its two hyphens, and what stands behind it; null for a switch. */
export interface OfferedOption {
  readonly name: string
  readonly description: string
  readonly value: { readonly name: string; readonly isOptional: boolean; readonly offer: Offer } | null
  readonly isRepeatable: boolean
}

/** A command for a shell. */
export interface OfferedCommand {
  readonly name: string
  readonly summary: string
  readonly options: readonly OfferedOption[]
  readonly operands: Offer
}

/** The commands as shells offer them; each has the option for its help. */
export function offersOf(commands: readonly Command[]): readonly OfferedCommand[] {
  return commands.map(({ name, summary, options, operands }) => ({
    name,
    summary,
    options: [...options.map(offeredOption), helpOption],
    operands: operands.most === 0 ? 'nothing' : operands.choices === undefined ? 'files' : plain(operands.choices()),
  }))
}

/** The option that every command has, and the program itself. */
export const helpOption: OfferedOption = {
  name: '--help',
  description: 'show this help',
  value: null,
  isRepeatable: false,
}

function offeredOption({ name, value, optional, description, repeatable, choices }: Option): OfferedOption {
  const offer = choices === undefined ? offerOf(value ?? '') : plain(choices())
  return {
    name: `--${name}`,
    description,
    value: value === undefined ? null : { name: value, isOptional: optional === true, offer },
    isRepeatable: repeatable === true,
  }
}

function offerOf(value: string): Offer {
  if (/^(?:FILE|PATH)$/.test(value)) return 'files'
  return value === 'DIR' ? 'directories' : 'nothing'
}

/** Only words that no shell could take for anything else. */
function plain(words: readonly string[]): readonly string[] {
  return words.filter((word) => /^[\w.=+/-]+$/.test(word))
}
