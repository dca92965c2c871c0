/** A directive of a rendered Corefile. */
export interface RenderedPlugin {
  readonly name: string
  /** What stands behind the name, without the brace; empty where there is nothing. */
  readonly parameters: string
  /** The lines between the braces, without the indentation that the chart writes; null without braces. */
  readonly config: readonly string[] | null
}

/** A server block of a rendered Corefile. */
export interface RenderedServer {
  /** The keys as they are written, without the brace. */
  readonly header: string
  readonly plugins: readonly RenderedPlugin[]
}

/** What the coredns chart writes, by its lines. */
export interface RenderedCorefile {
  /** Lines in front of the first block, which `extraConfig` wrote. */
  readonly extra: readonly string[]
  readonly servers: readonly RenderedServer[]
}

/** How far the chart indents the lines of a `configBlock`. */
const CONFIG_INDENT = 8

/**
 * Reads a text that is laid out as the coredns chart does it: blocks begin and end in the first column, a directive with braces ends in
 * a line with nothing but one. Blank lines say nothing. Null where a text is laid out otherwise, such as with a comment between
 * directives, for which values have no place.
 */
export function readRendered(text: string): RenderedCorefile | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const extra: string[] = []
  const servers: RenderedServer[] = []
  for (let at = 0; at < lines.length; at++) {
    const header = /^(\S.*?)\s*\{\s*$/.exec(lines[at] ?? '')?.[1]
    if (header === undefined) {
      if (servers.length > 0 || /^[\s#}]/.test(lines[at] ?? '')) return null
      extra.push(lines[at] ?? '')
      continue
    }
    const plugins: RenderedPlugin[] = []
    for (at++; lines[at]?.trim() !== '}'; at++) {
      const line = lines[at]?.trim()
      if (line === undefined || line.startsWith('#')) return null
      const read = readPlugin(line)
      if (!read.isOpen) {
        plugins.push({ name: read.name, parameters: read.parameters, config: null })
        continue
      }
      const config: string[] = []
      for (let depth = 1; ; ) {
        const inner = lines[++at]
        if (inner === undefined) return null
        if (inner.trim() === '}') depth--
        else if (/(?:^|\s)\{\s*$/.test(inner)) depth++
        if (depth === 0) break
        config.push(inner.replace(new RegExp(`^ {1,${CONFIG_INDENT}}`), ''))
      }
      plugins.push({ name: read.name, parameters: read.parameters, config })
    }
    servers.push({ header, plugins })
  }
  return { extra, servers }
}

function readPlugin(line: string): { readonly name: string; readonly parameters: string; readonly isOpen: boolean } {
  const isOpen = /\s\{$/.test(line)
  const words = isOpen ? line.slice(0, -1).trimEnd() : line
  const [name = ''] = words.split(/\s/, 1)
  return { name, parameters: words.slice(name.length).trim(), isOpen }
}

/** Whether two texts that are laid out so say the same: blank lines, and the port that is the usual one, aside. */
export function rendersTheSame(one: string, other: string): boolean {
  const [read, wanted] = [readRendered(one), readRendered(other)]
  return read !== null && wanted !== null && JSON.stringify(plain(read)) === JSON.stringify(plain(wanted))
}

function plain({ extra, servers }: RenderedCorefile): RenderedCorefile {
  return {
    extra,
    servers: servers.map(({ header, plugins }) => ({
      header: header.replace(/:53(?=\s|$)/g, ''),
      plugins: plugins.map((plugin) => ({ ...plugin, config: plugin.config?.map((line) => line.trimEnd()) ?? null })),
    })),
  }
}
