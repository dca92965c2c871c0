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
  about:
    'Changes a query before the plugins behind it in run order see it; `answer` changes names in the reply on its way back. The first rule that matches is the last, unless it begins with `continue`. A rule stands on the line, as in `rewrite name old.example new.example`, or in the block.',
  aboutProperties: {
    name: 'Changes the name that is asked: all of it (`exact`), its beginning, its end, a part, or what an expression matches. With `answer auto` the reply carries the name that the client asked for.',
    answer:
      'Changes names in the reply: `auto` undoes the rule, `name` changes the names of records, `value` the names in them.',
    type: 'Changes the type that is asked.',
    class: 'Changes the class that is asked.',
    edns0: 'Sets, replaces or appends an EDNS0 option of the query.',
    ttl: 'Changes the TTLs in the reply.',
    cname: 'Changes the target of a CNAME in the reply.',
    rcode: 'Changes the response code of the reply.',
  },
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
