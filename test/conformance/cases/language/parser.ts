import type { Case } from '../../case.ts'
import { parserBlocks } from './parser-blocks.ts'
import { parserDirectives } from './parser-directives.ts'
import { parserImports } from './parser-imports.ts'

/** From tokens to server blocks with the tokens of each directive. */
export const parser: readonly Case[] = [...parserBlocks, ...parserImports, ...parserDirectives]
