import type { TokenList } from '../../grammar/tokens.ts'
import type { Structure } from './structure.ts'

/**
 * Whether CoreDNS reads the same out of two texts: the same words, of which the same stand on one line. Only what stands beside a brace of
 * a server block or snippet may move to another line, for no plugin sees these.
 */
export function readTheSame(before: Structure, after: Structure): boolean {
  const { count } = before.list
  if (count !== after.list.count || after.fault !== null) return false
  for (let index = 0; index < count; index++) {
    if (before.list.value(index) !== after.list.value(index)) return false
    if (before.isBraceOfBlock(index) !== after.isBraceOfBlock(index)) return false
    if (before.startsStatement(index) !== after.startsStatement(index)) return false
    const isFree = before.isBraceOfBlock(index) || before.isBraceOfBlock(index + 1)
    if (!isFree && lineStep(before.list, index) !== lineStep(after.list, index)) return false
  }
  return true
}

/** 0 where the next token stands on the line on which a token ends, else the direction (Dispenser.NextArg, Dispenser.isNewLine). */
function lineStep(list: TokenList, index: number): number {
  if (index + 1 >= list.count) return 0
  return Math.sign(list.line(index + 1) - list.line(index) - list.lineBreaks(index))
}
