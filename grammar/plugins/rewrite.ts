import { type Rule, rewriteRule } from '../rewrite-rules.ts'
import { any, line, one, oneOfAnyCase, optional, plugin, property } from '../schema.ts'
import type { Quirk, Quirks, Word } from '../setup.ts'

const mode = optional('MODE', oneOfAnyCase('stop', 'continue'), { ifFits: true, default: 'stop' })
const match = optional('MATCH', oneOfAnyCase('exact', 'prefix', 'suffix', 'substring', 'regex'), {
  ifFits: true,
  default: 'exact',
})

export default plugin('rewrite', {
  source: 'plugin/rewrite/setup.go rewriteParse, plugin/rewrite/rewrite.go newRule',
  line: line(mode, optional('TYPE'), any('ARGUMENT')),
  // In a block the words of all lines are one rule; these are the rules there are, on a line or in a block.
  properties: {
    name: property({ line: line(match, one('FROM'), one('TO'), any('OPTION')) }),
    answer: property({ since: '1.0.5', line: line(optional('KIND'), any('FROM_TO')), repeat: 'adds' }),
    type: property({ line: line(one('FROM'), one('TO')) }),
    class: property({ line: line(one('FROM'), one('TO')) }),
    edns0: property({
      line: line(one('OPTION', oneOfAnyCase('local', 'nsid', 'subnet')), one('ACTION'), any('VALUE')),
    }),
    ttl: property({ since: '1.2.3', line: line(match, one('NAME'), one('TTL')) }),
    cname: property({ since: '1.11.0', line: line(match, one('FROM'), one('TO')) }),
    rcode: property({ since: '1.11.3', line: line(match, one('NAME'), one('FROM'), one('TO')) }),
  },
  setup: 'rules',
})

/** rewriteParse: the words of a line are a rule; fewer than two and a block (since 1.0.5), all words in the block. */
const rules: Quirk = (setup) => {
  while (setup.next()) {
    const name = setup.word
    const words: Word[] = setup.remainingArgs()
    if (words.length < 2 && setup.since('1.0.5')) while (setup.nextBlock()) words.push(setup.word)
    if (words.every(({ known }) => known)) rewriteRule({ setup, name, words } satisfies Rule)
  }
}

export const quirks: Quirks = { setups: { rules } }
