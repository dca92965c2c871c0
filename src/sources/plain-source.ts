import { fileText } from '../embed/inner-text.ts'
import { isIp, parseIp } from '../values/ip.ts'
import { shellCommands } from './command-line.ts'
import { readDnsmasqCommands } from './dnsmasq-commands.ts'
import { dnsmasqLines } from './dnsmasq-lines.ts'
import { dnsmasqOptions } from './dnsmasq-options.ts'
import { readDnsmasqFile } from './dnsmasq-reader.ts'
import { readHostsFile } from './hosts-file.ts'
import { readResolvConf } from './resolv-conf.ts'
import { readSkyDnsCommands } from './skydns.ts'
import type { Source, SourceFiles, SourceText } from './source.ts'

/** Files that hold nothing but commands. */
const SCRIPT = /\.(?:sh|bash|service)$|^(?:Dockerfile|Containerfile)\b/

/**
 * A text that is a source itself, by how most of its lines read; `base` is what it is called, without folders. None where it is none
 * that is known; several only for a script that starts several servers.
 */
export function readPlainSource(source: SourceText, base: string, files: SourceFiles | undefined): Source[] {
  const { text } = source.text
  // Braces of a shell are no Corefile.
  if (SCRIPT.test(base)) return readCommands(source, base, files)
  if (/^resolv\.conf/.test(base)) return [readResolvConf(source)]
  if (/^(?:Corefile|CoreFile)|\.(?:corefile|server|override)$/.test(base)) return [corefile(source, base)]
  if (/^(?:etc_)?hosts\b|\.hosts$|_hosts$/.test(base) && isMostly(text, isHostsLine))
    return [readHostsFile(source, base)]
  if (
    isMostly(text, (line) => /^(?:nameserver|search|domain|options|sortlist)[ \t]/.test(line)) &&
    /^nameserver[ \t]/m.test(text)
  ) {
    return [readResolvConf(source)]
  }
  if (isMostly(text, isHostsLine) && text.trim() !== '') return [readHostsFile(source, base)]
  const commands = readCommands(source, base, files)
  if (commands.length > 0) return commands
  if (looksLikeDnsmasq(text) || /dnsmasq.*\.conf$/.test(base)) return [readDnsmasqFile(source, files)]
  if (/\{[ \t]*(?:#.*)?$/m.test(text) && /^[ \t]*\}/m.test(text)) return [corefile(source, base)]
  // One in which everything is commented out.
  return /^(?:etc_)?hosts$|[_.]hosts$/.test(base) ? [readHostsFile(source, base)] : []
}

function corefile({ path, text }: SourceText, name: string): Source {
  const range = text.toOuter({ start: 0, end: text.text.length })
  return {
    kind: 'corefile',
    path,
    name,
    range,
    embedded: undefined,
    text,
    role: 'coredns',
    problems: [],
    notUnderstood: [],
  }
}

/** No more of a text is looked at to tell what it is. */
const sampleLength = 20_000

/** True when a text has lines, and all of the first ones but comments are such. */
function isMostly(text: string, isSuch: (line: string) => boolean): boolean {
  let lines = 0
  for (const line of text
    .slice(0, sampleLength)
    .split('\n', 400)
    .slice(0, -1)
    .concat(text.length <= sampleLength ? [text.slice(text.lastIndexOf('\n') + 1)] : [])) {
    const content = line.trim()
    if (content === '' || /^[#;]/.test(content)) continue
    if (!isSuch(content)) return false
    lines++
  }
  return lines > 0
}

function isHostsLine(line: string): boolean {
  const [address = '', name] = line.split(/[ \t]+/)
  return (
    name !== undefined &&
    (isIp(address.replace(/%.*$/, '')) || parseIp(address) !== undefined || /^[0-9.]+$/.test(address))
  )
}

/** A configuration of dnsmasq: at least half of its lines are options of it, in its own spelling. */
function looksLikeDnsmasq(text: string): boolean {
  let known = 0
  let others = 0
  for (const { text: line } of dnsmasqLines(fileText(text.slice(0, sampleLength)))) {
    const name = line.value.replace(/ *=.*$/s, '')
    if (dnsmasqOptions.has(name)) known++
    else others++
  }
  return known > 0 && known >= others
}

/** Command lines of SkyDNS and kube2sky, or of one or several dnsmasq. */
function readCommands(source: SourceText, name: string, files: SourceFiles | undefined): Source[] {
  const { path, text } = source
  if (!/dnsmasq|skydns|kube2sky|^\s*-/.test(text.text)) return []
  const skydns = readSkyDnsCommands(path, text, shellCommands(text, new Map()).commands)
  return skydns === undefined ? readDnsmasqCommands(source, name, files) : [skydns]
}
