import { pluginGrammars } from '../../../grammar/plugin-index.ts'
import { valueFor } from '../../../grammar/schema.ts'
import { corefiles } from './corefiles.ts'
import { pluginBlocks } from './plugin-blocks.ts'
import type { Random } from './random.ts'
import { anyWords } from './words.ts'

/** Every word that stands in a Corefile or plugin block of ours. */
const usedWords = [
  ...new Set(
    [
      ...corefiles,
      ...Object.values(pluginBlocks)
        .flat()
        .flatMap(({ head, needed = [], lines = [] }) => [head, ...needed, ...lines]),
    ].flatMap((text) => text.match(/"(?:[^"\\]|\\.)*"|[^\s{}]+/g) ?? []),
  ),
]
const usedLines = Object.values(pluginBlocks)
  .flat()
  .flatMap(({ head, needed = [], lines = [] }) => [head, ...needed, ...lines])

/** The names of all plugins and properties of any release. */
export const names: readonly string[] = [
  ...new Set(
    [...pluginGrammars].flatMap(([name, { grammar }]) => [
      name,
      ...Object.keys(valueFor(grammar.properties, () => true) ?? {}),
    ]),
  ),
]

/** A text cut into words and the white space between them; a text in quotes is one word. */
function pieces(text: string): string[] {
  return text.match(/\s+|"(?:[^"\\]|\\.)*"|\S+/gs) ?? []
}

function isWord(piece: string): boolean {
  return /\S/.test(piece)
}

/** Changes one character of a word. */
export function misspelt(word: string, random: Random): string {
  const at = random.below(word.length)
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  switch (random.below(5)) {
    case 0:
      return before + after || 'x'
    case 1:
      return before + letter + letter + after
    case 2:
      return before + (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()) + after
    case 3:
      return before + after.charAt(0) + letter + after.slice(1)
    default:
      return before + random.one(['_', '-', 'e', '0', '.', ':', '/', ',', '"', '#', '{', '}', ' ']) + after
  }
}

/** A number beside the one that the word has. */
function renumbered(word: string, random: Random): string {
  return word.replace(/\d+/, (digits) => {
    const value = BigInt(digits)
    return String(random.one([value + 1n, value - 1n, value * 10n, -value, 0n, value + 256n, value * 1000000000n]))
  })
}

function otherWord(word: string, random: Random): string {
  const choice = random.below(20)
  if (choice < 6) return random.one(anyWords)
  if (choice < 11) return random.one(usedWords)
  if (choice < 13) return random.one(names)
  if (choice < 15 && /\d/.test(word)) return renumbered(word, random)
  if (choice < 16) return word.replace(/[a-z]+$/i, '') || '10'
  if (choice < 17) return `${word}${random.one(['s', '.', ',', ':53', '/24', '"', '{', '}', '#x', '%'])}`
  if (choice < 18) return `"${word.replaceAll('"', '')}"`
  return misspelt(word, random)
}

/** Makes one change as it happens to people and to programs that write Corefiles. */
export function mutate(text: string, random: Random): string {
  const parts = pieces(text)
  const words = parts.flatMap((piece, at) => (isWord(piece) ? [at] : []))
  const breaks = parts.flatMap((piece, at) => (piece.includes('\n') ? [at] : []))
  if (words.length === 0) return random.one(anyWords)
  const at = random.one(words)
  const word = parts[at] as string
  const change = random.below(24)
  if (change < 8) parts[at] = otherWord(word, random)
  else if (change < 10) parts.splice(at, 1)
  else if (change < 12) parts.splice(at, 0, otherWord(word, random), ' ')
  else if (change < 13) parts.splice(at, 0, word, ' ')
  else if (change < 14) parts.splice(at, 0, random.one(['\n', '\r\n', '\n\n', ' # \n', '\t']))
  else if (change < 15 && breaks.length > 0) parts[random.one(breaks)] = ' '
  else if (change < 17) return changeBraces(text, random)
  else return changeLines(text, random)
  return parts.join('')
}

function changeBraces(text: string, random: Random): string {
  const places = [...text.matchAll(/[{}]/g)].map(({ index }) => index)
  const at = places.length === 0 ? 0 : random.one(places)
  const [before, brace, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)]
  switch (random.below(7)) {
    case 0:
      return before + after
    case 1:
      return `${before}${brace} ${brace}${after}`
    case 2:
      return `${before}\n${brace}${after}`
    case 3:
      return `${before}${brace === '{' ? '}' : '{'}${after}`
    case 4:
      return `${before}"${brace}"${after}`
    case 5:
      return `${before.trimEnd()}${brace}${after}`
    default:
      return `${before}${brace}${after.trimStart()}`
  }
}

function changeLines(text: string, random: Random): string {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  const line = lines[at] as string
  const to = random.below(lines.length)
  switch (random.below(6)) {
    case 0:
      lines.splice(at, 1)
      break
    case 1:
      lines.splice(to, 0, line)
      break
    case 2:
      lines.splice(at, 0, random.one(usedLines))
      break
    case 3:
      lines[at] = lines[to] as string
      lines[to] = line
      break
    case 4:
      lines.splice(at, 1, `${line}${random.one([' {', ' }', '{', ' {}', ' \\', ',', ' #', '"'])}`)
      break
    default:
      lines.splice(at, 0, random.one(names))
  }
  return lines.join('\n')
}
