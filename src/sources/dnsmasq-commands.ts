import { fileText, type HostText, sliceText } from '../embed/inner-text.ts'
import type { Range } from '../text/range.ts'
import type { CommandWord, Environment } from './command-line.ts'
import { shellCommands } from './command-line.ts'
import type { DnsmasqConfiguration } from './dnsmasq.ts'
import { optionNamed } from './dnsmasq-options.ts'
import { readDnsmasqCommandLine } from './dnsmasq-reader.ts'
import { dockerfileCommand, looksLikeDockerfile } from './dockerfile.ts'
import { baseName, programWord } from './program-word.ts'
import type { SourceFiles, SourceText } from './source.ts'

/** Options with which dnsmasq says something and ends. */
const ENDING: ReadonlySet<string> = new Set(['test', 'version', 'help'])

/**
 * The command lines of dnsmasq in a text, each a server of its own: those of a shell script or a note, of `ExecStart` of a systemd unit, and
 * that of a Dockerfile. Commands that only test or tell something are none.
 */
export function readDnsmasqCommands(
  { path, text }: SourceText,
  name: string,
  files: SourceFiles | undefined,
): DnsmasqConfiguration[] {
  const commands = commandsOf(text.text, name, text.toOuter)
  const named = commands.flatMap((whole) => {
    const words = dnsmasqWords(whole)
    return words === null ? [] : [{ whole, words }]
  })
  const bare = commands.filter(([first]) => isBareOption(first?.text.value ?? '')).flat()
  const read = (named.length > 0 ? named : [{ whole: bare, words: bare }]).flatMap(({ whole, words }) => {
    const [first, last] = [whole[0], whole.at(-1)]
    if (first === undefined || last === undefined) return []
    const range = { start: first.text.range.start, end: last.text.range.end }
    return [readDnsmasqCommandLine({ path, name, range, words }, files)]
  })
  const servers = read.filter(({ options, files: included }) => {
    // A name alone may stand in any list of packages.
    const isSomething = options.length > 0 || included.length > 0
    return isSomething && !options.some((option) => ENDING.has(option.name))
  })
  if (servers.length < 2) return servers
  return servers.map((server, at) => ({ ...server, name: `${name} (${at + 1})` }))
}

/** The simple commands of a text, whatever it is. */
function commandsOf(text: string, name: string, toOuter: (range: Range) => Range): readonly (readonly CommandWord[])[] {
  const host: HostText = { ...fileText(text), toOuter }
  if (looksLikeDockerfile(text, name)) return dockerfileCommand(host)
  const none: Environment = new Map()
  const units = execStarts(text)
  const texts = units.length > 0 ? units.map((range) => sliceText(host, range)) : [host]
  return texts.flatMap((one) => shellCommands(one, none).commands.map(({ words }) => words))
}

/** What stands behind `ExecStart=` in a systemd unit, without the signs that say how it is started. */
function execStarts(text: string): Range[] {
  if (!/^\[Service\]/m.test(text)) return []
  return [...text.matchAll(/^ExecStart=[@:+!|-]*((?:\\\r?\n|[^\n])*)/gm)].map((match) => {
    const end = match.index + match[0].length
    return { start: end - (match[1]?.length ?? 0), end }
  })
}

/** The words that dnsmasq gets from a simple command; null where the command is another one. */
export function dnsmasqWords(words: readonly CommandWord[]): readonly CommandWord[] | null {
  const at = programWord(words)
  const program = words[at]?.text.value ?? ''
  const rest = words.slice(at + 1)
  switch (baseName(program).replace(/:$/, '')) {
    case 'dnsmasq':
      // Scripts of init have the name too.
      if (/\/init\.d\//.test(program)) return null
      // `dnsmasq args: --no-resolv` is how people write down what a container is given.
      return withoutProse(/^(?:args|options|flags):$/.test(rest[0]?.text.value ?? '') ? rest.slice(1) : rest)
    case 'dnsmasq-nanny':
      return behind(rest, '--')
    case 'start-stop-daemon':
      return rest.some(({ text }) => baseName(text.value) === 'dnsmasq') ? behind(rest, '--') : null
    case 'docker':
    case 'podman':
    case 'nerdctl':
      return ofImage(rest)
    default:
      return ofAssignment(words)
  }
}

/** A sentence may begin with the name too. */
function withoutProse(words: readonly CommandWord[]): readonly CommandWord[] | null {
  const [first] = words
  return first === undefined || /^-/.test(first.text.value) || first.unresolved.length > 0 ? words : null
}

/** Options of dnsmasq without its name, as people note them. */
function isBareOption(word: string): boolean {
  return word.startsWith('--') && optionNamed(word.slice(2).replace(/=.*$/s, '')) !== undefined
}

function behind(words: readonly CommandWord[], separator: string): readonly CommandWord[] {
  const at = words.findIndex(({ text }) => text.value === separator)
  return at === -1 ? [] : words.slice(at + 1)
}

/** `docker run .. IMAGE [dnsmasq] OPTIONS` with an image of dnsmasq. */
function ofImage(words: readonly CommandWord[]): readonly CommandWord[] | null {
  if (words[0]?.text.value !== 'run') return null
  const isImage = ({ text }: CommandWord) => /^[\w.:/-]*dnsmasq[\w.-]*(?::[\w.-]+)?(?:@sha256:\w+)?$/.test(text.value)
  const isValue = (at: number) => /^--?[a-z][\w-]*$/.test(words[at - 1]?.text.value ?? '')
  const found = words.flatMap((word, at) =>
    isImage(word) && !(isValue(at) && !/[:/]/.test(word.text.value)) ? [at] : [],
  )
  const at = found[0]
  if (at === undefined) return null
  const rest = words.slice(at + 1)
  return baseName(rest[0]?.text.value ?? '') === 'dnsmasq' ? rest.slice(1) : rest
}

/** `command=/usr/sbin/dnsmasq --no-daemon`, as supervisord has it. */
function ofAssignment(words: readonly CommandWord[]): readonly CommandWord[] | null {
  const [first, second] = words
  const isProgram = /^[A-Za-z_]\w*=(?:\S*\/)?dnsmasq$/.test(first?.text.value ?? '')
  return isProgram && second?.text.value.startsWith('-') === true ? words.slice(1) : null
}
