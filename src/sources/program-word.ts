import type { CommandWord } from './command-line.ts'

/** What a program that starts another one takes before that. */
interface Starter {
  /** Its options that have a value in the next word. */
  readonly valued?: RegExp
  /** Words that are no options. */
  readonly words?: number
}

/** Programs that start what stands behind them. */
const STARTERS: Readonly<Record<string, Starter>> = {
  exec: { valued: /^-a$/ },
  command: {},
  nohup: {},
  setsid: {},
  time: { valued: /^-[fo]$/ },
  env: { valued: /^-[uC]$/ },
  sudo: { valued: /^-[ughpCTrtUD]$/ },
  doas: { valued: /^-[uC]$/ },
  nice: { valued: /^-n$/ },
  ionice: { valued: /^-[cn]$/ },
  stdbuf: { valued: /^-[ioe]$/ },
  timeout: { valued: /^-[ks]$/, words: 1 },
  taskset: { words: 1 },
  gosu: { words: 1 },
  'su-exec': { words: 1 },
  setuidgid: { words: 1 },
  's6-setuidgid': { words: 1 },
  tini: { valued: /^-[pe]$/ },
  'dumb-init': { valued: /^-r$/ },
  catatonit: {},
}

/** Words of a shell in front of a command, and its prompt. */
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', '$'])

/** Where the program of a simple command stands, behind assignments and what only starts it, such as `exec`, `sudo` and `env`; -1 for none. */
export function programWord(words: readonly CommandWord[]): number {
  let at = 0
  for (;;) {
    while (/^[A-Za-z_]\w*=/.test(valueAt(words, at)) || KEYWORDS.has(valueAt(words, at))) at++
    const starter = STARTERS[baseName(valueAt(words, at))]
    if (starter === undefined) return at < words.length ? at : -1
    at = behindOptions(words, at + 1, starter)
  }
}

/** Where the words of a starter end. */
function behindOptions(words: readonly CommandWord[], from: number, { valued, words: count = 0 }: Starter): number {
  let at = from
  while (/^-./.test(valueAt(words, at))) {
    if (valueAt(words, at) === '--') {
      at++
      break
    }
    at += valued?.test(valueAt(words, at)) === true ? 2 : 1
  }
  // Of `timeout -k 5 10 dnsmasq` the 10, behind assignments of `env` nothing.
  return at + count
}

function valueAt(words: readonly CommandWord[], at: number): string {
  return words[at]?.text.value ?? ''
}

/** A program without its folder. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
