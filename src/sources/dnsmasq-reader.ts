import type { Range } from '../text/range.ts'
import { foldCase } from '../values/name.ts'
import type { CommandWord } from './command-line.ts'
import type { DnsmasqConfiguration, DnsmasqOption, DnsmasqRefusal, DnsmasqVersion } from './dnsmasq.ts'
import type { GivenOption } from './dnsmasq-given.ts'
import { optionOfLine, optionsOf } from './dnsmasq-given.ts'
import { dnsmasqLines } from './dnsmasq-lines.ts'
import type { NamedOption } from './dnsmasq-options.ts'
import { isSinceDnsmasq } from './dnsmasq-options.ts'
import { refusal } from './dnsmasq-parsed.ts'
import type { OptionText } from './dnsmasq-text.ts'
import { parseArgument } from './dnsmasq-values.ts'
import type { HostsFile } from './hosts-file.ts'
import { readHostsFile } from './hosts-file.ts'
import type { NotUnderstood, SourceFiles, SourceProblem, SourceText } from './source.ts'

/** The file that dnsmasq reads when it is told of no other one. */
const defaultFile = '/etc/dnsmasq.conf'

/** A command line of dnsmasq, its words without the name of the program. */
export interface DnsmasqCommandLine {
  readonly path: string
  readonly name: string
  readonly range: Range
  readonly words: readonly CommandWord[]
}

/** The options of a command line and of the files that it makes dnsmasq read; a file that `files` does not have is a problem. Never throws. */
export function readDnsmasqCommandLine(line: DnsmasqCommandLine, files?: SourceFiles): DnsmasqConfiguration {
  const reading = new DnsmasqReading(files)
  reading.readWords(line)
  return reading.finish(line)
}

/** The options of a configuration file and of those that it includes; a file that `files` does not have is a problem. Never throws. */
export function readDnsmasqFile(source: SourceText, files?: SourceFiles): DnsmasqConfiguration {
  return readDnsmasqFiles([source], files)
}

/** The same for files that one dnsmasq reads in this order, the first of which it is called by: `-7 DIRECTORY` is not in any of them. */
export function readDnsmasqFiles(
  sources: readonly [SourceText, ...SourceText[]],
  files?: SourceFiles,
): DnsmasqConfiguration {
  const reading = new DnsmasqReading(files)
  for (const source of sources) reading.readFile(source, source.path)
  const [{ path, text }] = sources
  const range = text.toOuter({ start: 0, end: text.text.length })
  return reading.finish({ path, name: path.slice(path.lastIndexOf('/') + 1), range })
}

/** Why a release does not start with a configuration; empty when it does. */
export function refusalsAt({ options }: DnsmasqConfiguration, version: DnsmasqVersion): readonly DnsmasqRefusal[] {
  return options.flatMap(({ refusals }) =>
    refusals.filter(
      ({ since, until }) =>
        (since === undefined || isSinceDnsmasq(version, since)) &&
        (until === undefined || !isSinceDnsmasq(version, until)),
    ),
  )
}

/** Who is asked for the files of a container when nobody has any. */
const noFiles: SourceFiles = { read: () => undefined, list: () => undefined }

/** Collects the options of one dnsmasq in the order in which it reads them. */
class DnsmasqReading {
  readonly #options: DnsmasqOption[] = []
  readonly #problems: SourceProblem[] = []
  readonly #notUnderstood: NotUnderstood[] = []
  readonly #files: SourceFiles
  readonly #read: string[] = []
  readonly #seen = new Set<string>()
  /** Options that may be there once, by where they were. */
  readonly #once = { 'command-line': new Set<string>(), file: new Set<string>() }
  readonly #aliases = new Set<string>()
  /** Why options are refused because of others. */
  readonly #together = new Map<DnsmasqOption, DnsmasqRefusal>()

  constructor(files: SourceFiles | undefined) {
    this.#files = files ?? noFiles
  }

  /** getopt_long over the words, then the file of the first `--conf-file`, or the default one. */
  readWords({ path, words }: DnsmasqCommandLine): void {
    let file: DnsmasqOption | undefined
    let isOver = false
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as CommandWord
      const { text } = word
      if (isOver || !text.value.startsWith('-') || text.length === 1) {
        if (text.value.trim() !== '') this.#junk(path, text)
        continue
      }
      if (text.value === '--') {
        isOver = true
        continue
      }
      for (const given of optionsOf(word, words[at + 1])) {
        if (given.takesNext) at++
        const option = this.#add(path, 'command-line', given)
        if (!option.isKnown) continue
        // The first file is read last.
        if (option.name === 'conf-file' && !file) file = option
        else this.#follow(option)
      }
    }
    if (file) this.#include(file)
    else {
      const read = this.#files.read(defaultFile)
      if (read) this.readFile(read, defaultFile)
    }
  }

  /** The lines of a file; `name` is what dnsmasq knows it by. `isServers`: a file of `--servers-file`, whose faults are not fatal. */
  readFile(source: SourceText, name: string, isServers = false): void {
    const place = `${source.path} ${source.text.toOuter({ start: 0, end: 0 }).start}`
    if (this.#seen.has(place)) return
    this.#seen.add(place)
    this.#read.push(name)
    for (const { text, fault, isRest } of dnsmasqLines(source.text)) {
      if (isRest) {
        const message = 'the line is longer than 1,024 bytes: dnsmasq reads from here on as another one'
        this.#problem('warning', message, source.path, text.range)
      }
      const given = fault === undefined ? optionOfLine(text) : { ...optionOfLine(text), fault, named: undefined }
      if (!isServers) {
        const option = this.#add(source.path, 'file', given)
        if (option.isKnown) this.#follow(option)
      } else if (given.named?.row.name === 'server' || given.named?.row.name === 'rev-server') {
        this.#add(source.path, 'file', given)
      } else {
        const why = 'a servers file has server and rev-server lines only: dnsmasq ignores this one'
        this.#notUnderstood.push({ text: text.value, path: source.path, range: text.range, why })
      }
    }
  }

  finish(about: { readonly path: string; readonly name: string; readonly range: Range }): DnsmasqConfiguration {
    const serversFile = this.#options.findLast(({ name, isKnown }) => name === 'servers-file' && isKnown)
    if (serversFile) this.#include(serversFile, true)
    this.#checkTogether()
    const options = this.#options.map((option) => {
      const together = this.#together.get(option)
      return together ? { ...option, refusals: [...option.refusals, together] } : option
    })
    for (const option of options) {
      const [first] = option.refusals.filter(({ since, until }) => since === undefined && until === undefined)
      if (first) this.#problem('error', `dnsmasq does not start: ${first.why}`, option.path, first.range)
    }
    return {
      ...about,
      kind: 'dnsmasq',
      options,
      files: this.#read,
      hostsFiles: this.#hostsFiles(),
      version: undefined,
      problems: this.#problems,
      notUnderstood: this.#notUnderstood,
    }
  }

  #add(path: string, from: DnsmasqOption['from'], given: GivenOption): DnsmasqOption {
    const { named, written, argument, whole } = given
    const range = whole.range
    const refusals: DnsmasqRefusal[] = []
    if (given.fault !== undefined) refusals.push(refusal(given.fault, range))
    for (const { why, ...between } of named?.refusals ?? []) refusals.push(refusal(why, written.range, between))
    if (!named && given.fault === undefined)
      refusals.push(refusal(`dnsmasq has no option ${written.value}`, written.range))
    const parsed = named && given.fault === undefined ? parseArgument(named.row, argument, range) : undefined
    const isSure = given.unresolved.length === 0
    // What a variable would say is not known: it may well be what dnsmasq wants.
    if (parsed && isSure) refusals.push(...parsed.refusals)
    if (named) refusals.push(...this.#repeated(named, from, range))
    const option: DnsmasqOption = {
      path,
      from,
      name: named?.row.name ?? written.value.replace(/^-{1,2}/, ''),
      isKnown: named !== undefined,
      range,
      written: written.placed,
      argument: argument?.placed,
      value: (isSure || parsed?.value.type !== 'unreadable' ? parsed?.value : undefined) ?? {
        type: 'unreadable',
        why: refusals[0]?.why ?? `the value of ${given.unresolved[0] ?? 'it'} is not known`,
      },
      unresolved: given.unresolved,
      refusals: [...refusals, ...this.#duplicateAlias(parsed?.value)],
    }
    this.#options.push(option)
    for (const name of given.unresolved) {
      const why = `the value of ${name} is not known`
      this.#notUnderstood.push({ text: whole.value, path, range, why })
    }
    return option
  }

  /** option.c `one_opt`: what may be there once is refused the second time, once on the command line and once in files. */
  #repeated({ row }: NamedOption, from: DnsmasqOption['from'], range: Range): DnsmasqRefusal[] {
    if (row.repeats !== 'once') return []
    const once = this.#once[from]
    const { name, argumentSince } = row
    // As long as an option was a flag, it could be repeated.
    const between = argumentSince === undefined ? {} : { since: argumentSince }
    if (once.has(name)) return [refusal(`${name} is there a second time`, range, between)]
    once.add(name)
    return []
  }

  #duplicateAlias(value: DnsmasqOption['value'] | undefined): DnsmasqRefusal[] {
    if (value?.type !== 'cname') return []
    const refusals: DnsmasqRefusal[] = []
    for (const { value: alias, range } of value.aliases) {
      const key = foldCase(alias)
      if (this.#aliases.has(key)) refusals.push(refusal(`${alias} is an alias already`, range))
      this.#aliases.add(key)
    }
    return refusals
  }

  #junk(path: string, text: OptionText): void {
    const why = 'the word belongs to no option: dnsmasq does not start'
    const { range } = text
    const option = {
      path,
      from: 'command-line',
      name: text.value,
      isKnown: false,
      range,
      written: text.placed,
    } as const
    const value = { type: 'unreadable', why } as const
    this.#options.push({ ...option, argument: undefined, value, unresolved: [], refusals: [refusal(why, range)] })
  }

  /** Reads what an option includes. */
  #follow(option: DnsmasqOption): void {
    if (option.name === 'conf-file') this.#include(option)
    else if (option.name === 'conf-dir') this.#includeDirectory(option)
    else if (option.name === 'conf-script') {
      const why = 'what the script prints is configuration: it is never run here'
      const text = option.argument?.value ?? ''
      this.#notUnderstood.push({ text: `conf-script=${text}`, path: option.path, range: option.range, why })
    }
  }

  #include(option: DnsmasqOption, isServers = false): void {
    const { argument } = option
    if (!argument || argument.value === '' || argument.value === '/dev/null') return
    const file = this.#files.read(argument.value)
    if (file) this.readFile(file, argument.value, isServers)
    else this.#problem('error', `${argument.value} is not there: what it sets is missing`, option.path, argument.range)
  }

  /** option.c `--conf-dir`: names that end in a listed text are left out, or with `*` before it are the only ones; in the order of their bytes. */
  #includeDirectory(option: DnsmasqOption): void {
    const { value } = option
    const [directory, ...endings] = value.type === 'list' ? value.items : []
    if (!directory || directory.value === '') return
    const names = this.#files.list(directory.value)
    if (!names) {
      this.#problem(
        'error',
        `${directory.value} is not there: what its files set is missing`,
        option.path,
        directory.range,
      )
      return
    }
    const wanted = endings.flatMap(({ value: ending }) => (/^\*./.test(ending) ? [ending.slice(1)] : []))
    const unwanted = endings.flatMap(({ value: ending }) => (ending === '' || ending.startsWith('*') ? [] : [ending]))
    const endsIn = (name: string, some: readonly string[]) =>
      some.some((ending) => name.length > ending.length && name.endsWith(ending))
    for (const name of [...names].sort()) {
      if (!isVisible(name) || (wanted.length > 0 && !endsIn(name, wanted)) || endsIn(name, unwanted)) continue
      const path = `${directory.value}/${name}`
      const file = this.#files.read(path)
      if (file) this.readFile(file, path)
    }
  }

  /** What single options cannot show. */
  #checkTogether(): void {
    const known = this.#options.filter(({ isKnown }) => isKnown)
    const has = (name: string) => known.some((option) => option.name === name)
    const resolvFiles = known.filter(({ name, argument }) => name === 'resolv-file' && argument?.value !== undefined)
    const second = resolvFiles[1]
    if (second && has('no-poll') && !has('no-resolv')) this.#refuse(second, 'with no-poll there may be one resolv-file')
    const fqdn = known.find(({ name }) => name === 'dhcp-fqdn')
    if (fqdn && !has('domain')) this.#refuse(fqdn, 'dhcp-fqdn needs a domain')
    const looping = aliasLoop(known)
    if (looping) this.#refuse(looping, 'these aliases go in a circle', { since: '2.78' })
    const files = known.filter(({ name, from }) => name === 'conf-file' && from === 'command-line')
    const [, another] = files
    if (another) {
      this.#problem(
        'note',
        'before 2.81 dnsmasq reads only the last conf-file of its command line',
        another.path,
        another.range,
      )
    }
  }

  #refuse(option: DnsmasqOption, why: string, between: { readonly since?: DnsmasqVersion } = {}): void {
    this.#together.set(option, refusal(why, option.range, between))
  }

  #hostsFiles(): HostsFile[] {
    const found: HostsFile[] = []
    const known = this.#options.filter(({ isKnown }) => isKnown)
    const read = (path: string): boolean => {
      const file = this.#files.read(path)
      if (file) found.push(readHostsFile(file))
      return file !== undefined
    }
    if (!known.some(({ name }) => name === 'no-hosts')) read('/etc/hosts')
    const named = (wanted: string) =>
      known.filter(({ name, argument }) => name === wanted && argument && argument.value !== '')
    for (const option of [...named('addn-hosts').reverse(), ...named('hostsdir')]) {
      const path = option.argument?.value ?? ''
      const names = this.#files.list(path)
      if (names) {
        for (const name of [...names].sort()) if (isVisible(name)) read(`${path}/${name}`)
      } else if (!read(path)) {
        this.#problem('error', `${path} is not there: its records are missing`, option.path, option.range)
      }
    }
    return found
  }

  #problem(severity: SourceProblem['severity'], message: string, path: string, range: Range): void {
    this.#problems.push({ severity, message, path, range })
  }
}

/** Names that dnsmasq takes from a directory: no dot before, no `~` behind, not between `#`. */
function isVisible(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !name.endsWith('~') && !/^#(?:.*#)?$/s.test(name)
}

/** An option of aliases that lead back to themselves. */
function aliasLoop(options: readonly DnsmasqOption[]): DnsmasqOption | undefined {
  const targets = new Map<string, { readonly target: string; readonly option: DnsmasqOption }>()
  for (const option of options) {
    if (option.value.type !== 'cname') continue
    const target = foldCase(option.value.target.value)
    for (const { value } of option.value.aliases) targets.set(foldCase(value), { target, option })
  }
  const done = new Set<string>()
  for (const start of targets.keys()) {
    const path = new Set<string>()
    for (let name = start; !done.has(name); ) {
      const next = targets.get(name)
      if (!next) break
      if (path.has(name)) return next.option
      path.add(name)
      name = next.target
    }
    for (const name of path) done.add(name)
  }
  return undefined
}
