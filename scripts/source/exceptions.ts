/** Words of a plugin's source or grammar that the comparison leaves out, and why. */
export interface Exception {
  readonly plugin: string
  readonly words: readonly string[]
  readonly why: string
}

/** Words that stand where properties stand in the source, and that nobody writes there. */
export const NO_WORDS_OF_A_COREFILE: readonly Exception[] = [
  { plugin: 'tsig', words: ['key', 'algorithm', 'secret'], why: 'words of the file that `secrets` names' },
  { plugin: 'kubernetes', words: ['http'], why: 'the scheme of an endpoint, up to 1.3.1' },
  {
    plugin: 'proxy',
    words: ['bootstrap'],
    why: 'the first of the further words of `protocol https_google`, up to 1.1.0',
  },
]

/** Properties that the plugin's own package does not mention. */
export const READ_ELSEWHERE: readonly Exception[] = [
  { plugin: 'auto', words: ['transfer'], why: 'plugin/pkg/parse Transfer compared the word itself, up to 1.3.1' },
]

/** Plugins of which the whole package is read, and not only what gets the reader of configuration or stands in setup.go. */
export const READ_AS_A_WHOLE: ReadonlySet<string> = new Set([
  // setup.go collects the words of a rule, and the file of its type compares them.
  'rewrite',
])
