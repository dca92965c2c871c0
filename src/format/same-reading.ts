import type { TokenList } from '../../grammar/tokens.ts'
import { type FormattedKind, readStructure, type Structure } from './structure.ts'

/**
 * Whether CoreDNS reads the same out of two texts: the same words, of which the same stand on one line. Only what stands beside a brace of
 * a server block or snippet may move to another line, for no plugin sees these.
 */
export function readTheSame(before: Structure, after: TokenList, kind: FormattedKind): boolean {
  const { list } = before
  if (list.count !== after.count) return false
  for (let index = 0; index < list.count; index++) {
    if (list.value(index) !== after.value(index) || list.isQuoted(index) !== after.isQuoted(index)) return false
    const isFree = before.isBraceOfBlock(index) || before.isBraceOfBlock(index + 1)
    if (!isFree && lineStep(list, index) !== lineStep(after, index)) return false
  }
  const structure = readStructure(after, kind)
  for (let index = 0; index < list.count; index++) {
    if (before.isBraceOfBlock(index) !== structure.isBraceOfBlock(index)) return false
    if (before.startsStatement(index) !== structure.startsStatement(index)) return false
  }
  return structure.fault === null
}

/** 0 where the next token stands on the line on which a token ends, else the direction (Dispenser.NextArg, Dispenser.isNewLine). */
function lineStep(list: TokenList, index: number): number {
  if (index + 1 >= list.count) return 0
  return Math.sign(list.line(index + 1) - list.line(index) - list.lineBreaks(index))
}
