import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../case.ts'
import { filesFor } from '../generate/files.ts'

export const records = 'verdicts'

/** The texts that `--generate` wrote: a JSON line each. They stay as they are until it is run again. */
export const generatedFile = join(import.meta.dirname, 'generated.jsonl')

/** Texts made from the grammar of every plugin, right ones and such with a change or two. */
export const cases: readonly Case[] = existsSync(generatedFile)
  ? readFileSync(generatedFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { id, text }: { id: string; text: string } = JSON.parse(line)
        return { id, text, files: filesFor(text) }
      })
  : []
