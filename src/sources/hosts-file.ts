import type { Range } from '../text/range.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { foldCase } from '../values/name.ts'
import { byteLength, toLower } from '../values/text.ts'
import { inetAton } from './inet-aton.ts'
import type { Placed, SourceBase, SourceText } from './source.ts'

/** A hosts file as it is written; what a program makes of it is a view. */
export interface HostsFile extends SourceBase {
  readonly kind: 'hosts-file'
  /** Lines with at least one word before a comment. */
  readonly lines: readonly HostsLine[]
}

/** One line: an address and names, nothing of it checked. */
export interface HostsLine {
  readonly range: Range
  readonly address: Placed
  readonly names: readonly Placed[]
}

/** What a program makes of a hosts file. */
export interface HostsView {
  /** In the order of the file. */
  readonly entries: readonly HostsEntry[]
  /** What the program ignores, with the reason. */
  readonly skipped: readonly { readonly range: Range; readonly text: string; readonly why: string }[]
}

/** Names of one line that a program answers with an address. */
export interface HostsEntry {
  /** The address that the program reads, in its shortest form. */
  readonly address: string
  /** True where the program answers it as an AAAA record; `::ffff:10.1.2.3` is one for dnsmasq and none for CoreDNS. */
  readonly isIpv6: boolean
  /** Without a final dot; in lower case where the program does not tell cases apart. */
  readonly names: readonly Placed[]
  readonly line: HostsLine
}

/** Reads a hosts file; every text is one. */
export function readHostsFile(source: SourceText, name?: string): HostsFile {
  const { path, text } = source
  const lines: HostsLine[] = []
  for (let start = 0; start < text.text.length; ) {
    const lineBreak = text.text.indexOf('\n', start)
    const end = lineBreak === -1 ? text.text.length : lineBreak
    const line = readLine(source, start, end)
    if (line) lines.push(line)
    start = end + 1
  }
  const range = text.toOuter({ start: 0, end: text.text.length })
  const title = name ?? path.slice(path.lastIndexOf('/') + 1)
  return { kind: 'hosts-file', path, name: title, range, lines, problems: [], notUnderstood: [] }
}

const blank = /[ \t\r\f\v]/

function readLine({ text }: SourceText, start: number, end: number): HostsLine | undefined {
  const words: Placed[] = []
  let first = -1
  let last = start
  for (let at = start; at < end; ) {
    const unit = text.text.charAt(at)
    if (unit === '#') break
    if (blank.test(unit)) {
      at++
      continue
    }
    let stop = at
    while (stop < end && text.text[stop] !== '#' && !blank.test(text.text.charAt(stop))) stop++
    words.push({ value: text.text.slice(at, stop), range: text.toOuter({ start: at, end: stop }) })
    if (first === -1) first = at
    last = stop
    at = stop
  }
  const [address, ...names] = words
  return address && { range: text.toOuter({ start: first, end: last }), address, names }
}

type Skipped = { range: Range; text: string; why: string }

/** The lines whose address a program reads, and of these the names it takes. */
function view(
  file: HostsFile,
  addressOf: (text: string) => { address: string; isIpv6: boolean } | undefined,
  whyNoAddress: (text: string) => string,
  nameOf: (text: string) => string | undefined,
  whyNoName: string,
): HostsView {
  const entries: HostsEntry[] = []
  const skipped: Skipped[] = []
  for (const line of file.lines) {
    const { address } = line
    const read = addressOf(address.value)
    if (!read) {
      skipped.push({ range: line.range, text: address.value, why: whyNoAddress(address.value) })
      continue
    }
    const names: Placed[] = []
    for (const name of line.names) {
      const value = nameOf(name.value)
      if (value === undefined) skipped.push({ range: name.range, text: name.value, why: whyNoName })
      else names.push({ value, range: name.range })
    }
    if (names.length > 0) entries.push({ ...read, names, line })
    else if (line.names.length === 0) skipped.push({ range: line.range, text: address.value, why: 'no name follows' })
  }
  return { entries, skipped }
}

/**
 * What dnsmasq makes of a hosts file (cache.c `read_hostsfile`): strict addresses, names in any case, one final dot gone. Equal pairs
 * of name and address are one record to it; they are left here as they are written.
 */
export function hostsAsDnsmasq(file: HostsFile): HostsView {
  return view(
    file,
    strictAddress,
    (text) => `${text} is no address to dnsmasq, which ignores the line`,
    dnsmasqName,
    'dnsmasq takes it for no host name and ignores it',
  )
}

/** What the `hosts` plugin of CoreDNS makes of a hosts file (plugin/hosts/hostsfile.go `parse`); which zones it is for is not looked at. */
export function hostsAsCoreDns(file: HostsFile): HostsView {
  return view(
    file,
    (text) => {
      const percent = text.indexOf('%')
      const ip = parseIp(percent === -1 ? text : text.slice(0, percent))
      return ip && { address: formatIp(ip), isIpv6: ip.length === 16 }
    },
    (text) => `${text} is no address to Go, and hosts ignores the line`,
    (text) => withoutFinalDot(toLower(text)),
    'it is no name',
  )
}

/**
 * What a pod's own lookups make of its /etc/hosts. glibc takes strict addresses and ignores case; musl reads addresses as
 * `inet_aton` does (`010.1.2.9` is 8.1.2.9) and tells cases apart.
 */
export function hostsAsLibc(file: HostsFile, libc: 'glibc' | 'musl'): HostsView {
  const isMusl = libc === 'musl'
  return view(
    file,
    (text) => strictAddress(text.replace(/%.*$/s, '')) ?? (isMusl ? looseAddress(text) : undefined),
    (text) => `${text} is no address to ${libc}, which ignores the line`,
    (text) => (isMusl ? text : foldCase(text)),
    'it is no name',
  )
}

function strictAddress(text: string): { address: string; isIpv6: boolean } | undefined {
  const ip = parseIp(text)
  if (!ip) return undefined
  const isIpv6 = text.includes(':')
  return { address: isIpv6 && ip.length === 4 ? `::ffff:${formatIp(ip)}` : formatIp(ip), isIpv6 }
}

function looseAddress(text: string): { address: string; isIpv6: boolean } | undefined {
  const bytes = inetAton(text)
  return bytes && { address: formatIp(bytes), isIpv6: false }
}

/** util.c `canonicalise` and what `read_hostsfile` asks of names besides. */
function dnsmasqName(text: string): string | undefined {
  const name = withoutFinalDot(text)
  if (byteLength(text) > 1025 || name.split('.').some((label) => byteLength(label) > 63)) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\x00-\x1f\x7f]/.test(name) ? undefined : foldCase(name)
}

function withoutFinalDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}
