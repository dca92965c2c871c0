import type { CommandWord, Environment } from './command-line.ts'
import { containerWord, shellCommands } from './command-line.ts'
import type { ManifestNode } from './manifest.ts'
import { baseName, programWord } from './program-word.ts'

/** What a container runs. */
export interface PodCommand {
  /** The name of the program without its folder; undefined where the image decides. */
  readonly program: string | undefined
  readonly words: readonly CommandWord[]
  /** What of a shell script was not read, in words. */
  readonly unread: string | undefined
}

const shell = /^(?:.*\/)?(?:sh|bash|ash|dash)$/

/**
 * What a container runs: `command` and `args`, or the command of a shell script that `wanted` names by its program. Variables
 * are replaced by the values that the container's `env` gives them.
 */
export function podCommand(container: ManifestNode, wanted: (program: string) => boolean): PodCommand {
  const environment = environmentOf(container)
  const command = wordsOf(container.get('command'), environment)
  const args = wordsOf(container.get('args'), environment)
  const all = [...command, ...args]
  const [first] = all
  if (first && shell.test(first.text.value)) {
    const at = all.findIndex(({ text }) => /^-[a-z]*c$/.test(text.value))
    if (at !== -1 && all[at + 1]) return scriptCommand(container, environment, at + 1, wanted)
  }
  if (command.length === 0) {
    // A program may be named although the image has one.
    if (first && !first.text.value.startsWith('-') && wanted(baseName(first.text.value))) {
      return { program: baseName(first.text.value), words: all.slice(1), unread: undefined }
    }
    return { program: undefined, words: args, unread: undefined }
  }
  return { program: baseName(first?.text.value ?? ''), words: all.slice(1), unread: undefined }
}

function scriptCommand(
  container: ManifestNode,
  environment: Environment,
  index: number,
  wanted: (program: string) => boolean,
): PodCommand {
  const nodes = [...(container.get('command')?.items ?? []), ...(container.get('args')?.items ?? [])]
  const text = nodes[index]?.text
  if (!text) return { program: undefined, words: [], unread: 'the script is no string' }
  const { commands, isClear } = shellCommands(text, environment)
  for (const { words } of commands) {
    const at = programWord(words)
    const program = baseName(words[at]?.text.value ?? '')
    if (!wanted(program)) continue
    const others = commands.length > 1 ? 'other commands of the script were not looked at' : undefined
    const unread = isClear ? others : 'parts of the script are beyond what is read here'
    return { program, words: withWritten(words.slice(at + 1)), unread }
  }
  return { program: undefined, words: [], unread: 'no command of the script is known' }
}

/** The variables of a container that have a value in the manifest. */
export function environmentOf(container: ManifestNode): Environment {
  const environment = new Map<string, string>()
  for (const one of container.get('env')?.items ?? []) {
    const name = one.get('name')?.placed?.value
    const value = one.get('value')
    if (name !== undefined && value?.placed && !value.isWritten) environment.set(name, value.placed.value)
  }
  return environment
}

/** The words of a list of strings; `$(NAME)` is replaced where the value is known, what a template has yet to write is not sure. */
export function wordsOf(list: ManifestNode | undefined, environment: Environment): CommandWord[] {
  const words = (list?.items ?? []).flatMap((item) => {
    const text = item.text ?? item.asText
    return text ? [containerWord(text, environment)] : []
  })
  return withWritten(words)
}

/** What is to be replaced before a manifest is used: actions of templates, `<domain>`, `__PILLAR__DNS__DOMAIN__`, `$DNS_DOMAIN`. */
export const placeholder = /\{\{[^{}]*\}\}|\{%[^%]*%\}|<[A-Za-z][\w.-]*>|__[A-Z][A-Z_]*__|\$\{?[A-Z][A-Z_]*\}?/g

/** Whether a word has something that is to be replaced. */
export function hasPlaceholder(text: string): boolean {
  return text.search(placeholder) !== -1
}

function withWritten(words: readonly CommandWord[]): CommandWord[] {
  return words.map((word) => {
    const found = word.text.value
      .match(placeholder)
      ?.filter((one) => !word.unresolved.includes(one.replace(/[${}]/g, '')))
    return found && found.length > 0 ? { ...word, unresolved: [...word.unresolved, ...found] } : word
  })
}
