import { file, holding, orEmpty, rootedFile } from './schema.ts'
import type { LineQuirk } from './setup.ts'

/**
 * The line of a `tls` property, whose words are `tlsFiles` (plugin/pkg/tls NewTLSConfigFromArgs): one word is a certificate authority,
 * two are a certificate and its key, three have the authority behind them. Only an authority may be empty. `least` words are needed.
 */
export const tlsFilesLine =
  (least: (since: (release: string) => boolean) => number = () => 0): LineQuirk =>
  (setup) => {
    const name = setup.word
    const words = setup.remainingArgs()
    const surplus = words[3]
    if (surplus !== undefined || words.length < least((release) => setup.since(release))) {
      setup.report('argument-count', {
        at: surplus ?? words.at(-1) ?? name,
        property: 'tls',
        expected: '[CERT KEY] [CA]',
      })
      return words
    }
    const path = setup.since('1.11.3') ? rootedFile() : file()
    for (const [at, word] of words.entries()) {
      const isAuthority = at === 2 || words.length === 1
      const kind = holding(path, at === 1 ? 'private-key' : 'certificate')
      setup.check(isAuthority ? orEmpty(kind) : kind, word, 'tls')
    }
    return words
  }
