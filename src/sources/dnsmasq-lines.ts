import type { InnerText } from '../embed/inner-text.ts'
import { byteLength } from '../values/text.ts'
import { OptionText } from './dnsmasq-text.ts'

/** A line of a configuration file of dnsmasq that has something to read. */
export interface DnsmasqLine {
  /** Without comment, blanks around it and quotes. */
  readonly text: OptionText
  /** Why dnsmasq refuses the line before it looks at any option. */
  readonly fault: string | undefined
  /** True when it is the rest of a line that is too long. */
  readonly isRest: boolean
}

/** What fgets reads at once: a longer line goes on as one of its own. */
const longestLine = 1024

/** The lines of a file as option.c `read_file` reads them, those without anything left out. */
export function* dnsmasqLines(source: InnerText): Generator<DnsmasqLine> {
  const { text } = source
  for (let start = 0; start < text.length; ) {
    const lineBreak = text.indexOf('\n', start)
    const next = lineBreak === -1 ? text.length : lineBreak + 1
    let isRest = false
    for (let from = start; from < next; ) {
      const to = endOfRead(text, from, next)
      const line = readLine(source, from, to)
      if (line) yield { ...line, isRest }
      isRest = true
      from = to
    }
    start = next
  }
}

/** Where the bytes end that are read at once. */
function endOfRead(text: string, from: number, next: number): number {
  if ((next - from) * 3 <= longestLine || byteLength(text.slice(from, next)) <= longestLine) return next
  let bytes = 0
  let at = from
  for (const character of text.slice(from, Math.min(next, from + longestLine))) {
    bytes += byteLength(character)
    if (bytes > longestLine) break
    at += character.length
  }
  return Math.max(at, from + 1)
}

function readLine(source: InnerText, start: number, end: number): Omit<DnsmasqLine, 'isRest'> | undefined {
  const nul = source.text.slice(start, end).indexOf('\0')
  const line = source.text.slice(start, nul === -1 ? end : start + nul)
  if (line.includes('"')) return readQuoted(source, start, line)
  const comment = /(?:^|[ \t\n\v\f\r])#/.exec(line)
  const content = comment ? line.slice(0, comment.index) : line
  const text = OptionText.written(content.replace(/[\t\n\v\f\r]/g, ' '), source, start).trimmed
  return text.length === 0 ? undefined : { text, fault: undefined }
}

/** What a backslash in quotes makes of the character behind it. */
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  t: '\t',
  n: '\n',
  b: '\b',
  r: '\r',
  e: '\x1b',
}

/** A line with quotes; what stands directly behind a closing one is looked at as if it stood before the opening one. */
function readQuoted(source: InnerText, start: number, line: string): Omit<DnsmasqLine, 'isRest'> | undefined {
  const units: { unit: string; start: number; end: number; isQuoted?: boolean }[] = []
  let isAfterBlank = true
  let fault: string | undefined
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') {
      at++
      while (at < line.length && line[at] !== '"') {
        const escaped = line[at] === '\\' ? escapes[line[at + 1] ?? ''] : undefined
        const width = escaped === undefined ? 1 : 2
        units.push({ unit: escaped ?? line.charAt(at), start: start + at, end: start + at + width, isQuoted: true })
        at += width
      }
      if (at >= line.length) {
        fault = 'a quote is not closed'
        // Nothing of such a line is used; it is shown as it is written.
        units.length = 0
        for (let index = 0; index < line.length; index++) {
          units.push({ unit: line.charAt(index), start: start + index, end: start + index + 1 })
        }
        break
      }
      at++
      if (at >= line.length) break
    }
    const unit = line.charAt(at)
    if (/[ \t\n\v\f\r]/.test(unit)) {
      units.push({ unit: ' ', start: start + at, end: start + at + 1 })
      isAfterBlank = true
    } else {
      if (isAfterBlank && unit === '#') break
      isAfterBlank = false
      units.push({ unit, start: start + at, end: start + at + 1 })
    }
  }
  if (fault !== undefined) {
    const text = OptionText.collected(
      source,
      start,
      units.map((one) => (/\s/.test(one.unit) ? { ...one, unit: ' ' } : one)),
    )
    return { text: text.trimmed, fault }
  }
  const text = OptionText.collected(source, start, units).trimmed
  return text.length === 0 ? undefined : { text, fault }
}
