import type { Case } from '../case.ts'
import { keys } from './language/keys.ts'
import { lexer } from './language/lexer.ts'
import { parser } from './language/parser.ts'

/** How CoreDNS reads a Corefile: several cases for each row of the tables of the language. */
export const cases: readonly Case[] = [...lexer, ...parser, ...keys]
