import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../case.ts'

const directory = join(import.meta.dirname, 'plugins')
const modules: readonly { readonly cases: readonly Case[] }[] = await Promise.all(
  readdirSync(directory)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => import(join(directory, name))),
)

export const records = 'verdicts'

/** Every property of every plugin: right, with a wrong number of words, with a wrong value, and at each of its limits. */
export const cases: readonly Case[] = modules.flatMap((module) => module.cases)
