import { compileExpression } from '../../src/values/expression-check.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { QUERY_ENVIRONMENT } from '../query-expression.ts'
import { line, many, one, plugin, property } from '../schema.ts'
import type { LineQuirk, Quirks } from '../setup.ts'

export default plugin('view', {
  source: 'plugin/view/setup.go parse',
  about: 'A condition for the server block: queries that do not meet it go to the next block for the zone.',
  occurrences: 'once',
  line: line(one('NAME')),
  properties: { expr: property({ line: line(many('EXPRESSION')), repeat: 'adds', quirk: 'expression' }) },
})

/** parse: the words of the line, joined, are one expression. */
const expression: LineQuirk = (setup) => {
  const name = setup.word
  const words = setup.remainingArgs()
  if (words.some(({ known }) => !known)) return
  const text = words.map(({ value }) => value).join(' ')
  const type = compileExpression(text, QUERY_ENVIRONMENT, setup.release)
  if (!isInvalid(type)) return
  setup.report('invalid-value', {
    at: words[0] ?? name,
    property: 'expr',
    expected: "an expression such as `incidr(client_ip(), '10.0.0.0/8')`, with its texts in single quotes",
    message: type.error,
  })
}

export const quirks: Quirks = { lines: { expression } }
