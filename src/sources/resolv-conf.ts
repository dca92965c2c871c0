import type { Placed, SourceBase, SourceText } from './source.ts'

/** A resolv.conf as the C libraries read it. */
export interface ResolvConf extends SourceBase {
  readonly kind: 'resolv-conf'
  /** All of them; glibc and musl use the first three. */
  readonly nameservers: readonly Placed[]
  /** The search list that counts: of the last `search` or `domain`. */
  readonly search: readonly Placed[]
  readonly options: readonly ResolvOption[]
  /** `options ndots`, 1 when not set, at most 15. */
  readonly ndots: number
}

/** A word behind `options`: `ndots:5`, `edns0`. */
export interface ResolvOption {
  readonly name: string
  readonly value: string | undefined
  readonly at: Placed
}

const keywords = /^(?:nameserver|search|domain|options|sortlist|lookup|family)$/

/** Reads a resolv.conf; lines with other keywords than it has are in `notUnderstood`. */
export function readResolvConf(source: SourceText): ResolvConf {
  const { path, text } = source
  const nameservers: Placed[] = []
  let search: readonly Placed[] = []
  const options: ResolvOption[] = []
  const problems: ResolvConf['problems'][number][] = []
  const notUnderstood: ResolvConf['notUnderstood'][number][] = []
  for (let start = 0; start < text.text.length; ) {
    const lineBreak = text.text.indexOf('\n', start)
    const end = lineBreak === -1 ? text.text.length : lineBreak
    const [keyword, ...words] = wordsOf(source, start, end)
    const line = text.text.slice(start, end).trim()
    start = end + 1
    if (!keyword) continue
    const [first] = words
    switch (keyword.value) {
      case 'nameserver':
        if (first) nameservers.push(first)
        break
      case 'search':
        search = words
        break
      case 'domain':
        search = first ? [first] : []
        break
      case 'options':
        for (const at of words) {
          const colon = at.value.indexOf(':')
          const [name, value] =
            colon === -1 ? [at.value, undefined] : [at.value.slice(0, colon), at.value.slice(colon + 1)]
          options.push({ name, value, at })
        }
        break
      default: {
        const why = keywords.test(keyword.value) ? `${keyword.value} changes nothing in DNS` : 'no C library knows it'
        notUnderstood.push({ text: line, path, range: keyword.range, why })
      }
    }
  }
  const fourth = nameservers[3]
  if (fourth) {
    const message = 'the C libraries ask the first three name servers only; CoreDNS and dnsmasq ask all'
    problems.push({ severity: 'note', message, path, range: fourth.range })
  }
  const ndots = options.findLast(({ name, value }) => name === 'ndots' && /^[0-9]+$/.test(value ?? ''))?.value
  return {
    kind: 'resolv-conf',
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    range: text.toOuter({ start: 0, end: text.text.length }),
    nameservers,
    search,
    options,
    ndots: ndots === undefined ? 1 : Math.min(Number(ndots), 15),
    problems,
    notUnderstood,
  }
}

/** The words of a line; none for a comment, which starts with `#` or `;` in the first column or behind blanks. */
function wordsOf({ text }: SourceText, start: number, end: number): Placed[] {
  const words: Placed[] = []
  for (const match of text.text.slice(start, end).matchAll(/[^ \t\r\f\v]+/g)) {
    if (words.length === 0 && /^[#;]/.test(match[0])) return []
    const at = start + match.index
    words.push({ value: match[0], range: text.toOuter({ start: at, end: at + match[0].length }) })
  }
  return words
}
