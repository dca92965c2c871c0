/** An element of XML as it was read. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** The text directly in it, blanks at its ends left out. */
  readonly text: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Reads the part of XML 1.0 that reports need; throws at whatever is not well-formed in it. */
export function readXml(source: string): XmlElement {
  const [declaration = ''] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(source) ?? []
  if (declaration === '') throw new Error('no XML declaration')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: production 2, Char, has none of these.
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(source))
    throw new Error('a character XML cannot hold')
  if (!source.isWellFormed()) throw new Error('half a character')
  const reader = new Reader(source, declaration.length)
  const root = reader.element()
  if (source.slice(reader.at).trim() !== '') throw new Error('something behind the root')
  return root
}

class Reader {
  at: number
  readonly #source: string

  constructor(source: string, at: number) {
    this.#source = source
    this.at = at
  }

  element(): XmlElement {
    const name = this.#take(/<([A-Za-z][\w-]*)/y)
    const attributes: Record<string, string> = {}
    for (;;) {
      const key = this.#try(/\s+([A-Za-z][\w-]*)="/y)
      if (key === null) break
      if (Object.hasOwn(attributes, key)) throw new Error(`${key} twice`)
      attributes[key] = decoded(this.#take(/([^<"\n]*)"/y))
    }
    if (this.#try(/\s*(\/>)/y) !== null) return { name, attributes, children: [], text: '' }
    this.#take(/(>)/y)
    const children: XmlElement[] = []
    let text = ''
    for (;;) {
      text += decoded(this.#take(/([^<]*)/y))
      if (this.#try(/<\/([\w-]+)>/y) === name) break
      children.push(this.element())
    }
    return { name, attributes, children, text: text.trim() }
  }

  #try(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.#source)
    if (match === null) return null
    this.at = pattern.lastIndex
    return match[1] ?? ''
  }

  #take(pattern: RegExp): string {
    const found = this.#try(pattern)
    if (found === null) throw new Error(`not ${pattern} at ${this.at}: ${this.#source.slice(this.at, this.at + 40)}`)
    return found
  }
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&|\]\]>/g, (whole, code?: string, name?: string) => {
    const character = code === undefined ? entities[name ?? ''] : String.fromCodePoint(Number(code))
    if (character === undefined) throw new Error(`${whole} is no reference`)
    return character
  })
}
