import { isExpressionName } from '../../src/values/expression.ts'
import { builtinsOf } from '../../src/values/expression-builtins.ts'
import { compileExpression } from '../../src/values/expression-check.ts'
import { type Environment, functionType, STRING, type Type, UNKNOWN } from '../../src/values/expression-types.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { QUERY_ENVIRONMENT } from '../query-expression.ts'
import {
  any,
  fallthrough,
  goTemplate,
  integer,
  line,
  lineLeavingRest,
  lineTakingBraces,
  many,
  one,
  optional,
  origin,
  plugin,
  property,
  queryClass,
  queryType,
  rcode,
  regexp,
  since,
} from '../schema.ts'
import type { LineQuirk, OccurrenceQuirk, Quirks, ReadOccurrence, Setup, Word } from '../setup.ts'
import { upstreamProperty } from '../zone-properties.ts'

const records = () => property({ line: line(many('RR', goTemplate())), repeat: 'adds' })

export default plugin('template', {
  source: 'plugin/template/setup.go templateParse',
  about:
    'Makes answers from Go templates, for queries of CLASS and TYPE whose name matches. Other types are left to the next plugin; a name in its zones that matches nothing is SERVFAIL, unless `fallthrough` passes it on.',
  aboutProperties: {
    match:
      'Expressions for the name as CoreDNS has it: in lower case, with the final dot. The first that matches counts; the templates see its groups as `.Group`.',
    answer: 'A record of the answer, written as in a zone file, with a template in it.',
    additional: 'A record for the additional section, written as in a zone file, with a template in it.',
    authority: 'A record for the authority section, written as in a zone file, with a template in it.',
    rcode: 'The response code of the answer.',
    ederror: 'The extended error (RFC 8914) of the answer: its number, and a reason in words.',
    var: 'A value for the templates (`.Var.NAME`), worked out from the query by an expression.',
    expr: 'A condition for the query, as an expression. Where one is not met, the query counts as not matched.',
    fallthrough:
      'Names that match no expression go on to the next `template`, then to the next plugin. Without it they are SERVFAIL.',
  },
  line: lineTakingBraces(2, one('CLASS', queryClass()), one('TYPE', queryType()), any('ZONES', origin())),
  properties: {
    match: property({
      line: since({
        '1.0.3': line(many('REGEX', regexp())),
        '1.14.0': line(many('REGEX', regexp(10000))),
      }),
      repeat: 'adds',
      default: '.*',
    }),
    answer: records(),
    additional: records(),
    authority: records(),
    rcode: property({ line: lineLeavingRest(one('CODE', rcode())), default: 'NOERROR' }),
    ederror: property({
      since: '1.10.1',
      line: line(one('EXTENDED_ERROR_CODE', integer({ bits: 16, unsigned: true })), optional('EXTRA_REASON')),
    }),
    var: property({
      since: '1.15.0',
      line: line(one('NAME'), many('EXPRESSION')),
      repeat: 'adds',
      quirk: 'words',
    }),
    expr: property({ since: '1.15.0', line: line(many('EXPRESSION')), repeat: 'adds', quirk: 'words' }),
    fallthrough: fallthrough(),
    upstream: upstreamProperty('1.0.6', { since: '1.0.6' }),
  },
  afterOccurrence: 'conditions',
})

/** The words of an expression, which are looked at behind the block: a variable is known to what stands after it. */
const words: LineQuirk = (setup) => {
  const name = setup.word
  const read = setup.remainingArgs()
  if (read.length < (name.value === 'var' ? 2 : 1)) {
    setup.report('argument-count', {
      at: read[0] ?? name,
      property: name.value,
      expected: name.value === 'var' ? 'NAME EXPRESSION...' : 'EXPRESSION...',
    })
  }
  return read
}

const conditions: OccurrenceQuirk = (setup, occurrence) => {
  recordsOfSuccess(setup, occurrence)
  checkExpressions(setup, occurrence)
}

/** templateParse (1.15.0): `var` and `expr`, in their order. */
function checkExpressions(setup: Setup, { properties }: ReadOccurrence): void {
  const environment = new Map<string, Type>(QUERY_ENVIRONMENT)
  environment.set('group', functionType([UNKNOWN], STRING))
  for (const { name, args } of properties) {
    const isVariable = name.value === 'var'
    if ((!isVariable && name.value !== 'expr') || args.length < (isVariable ? 2 : 1)) continue
    if (args.some(({ known }) => !known)) return
    const [first] = args as [Word]
    if (isVariable && !isVariableName(setup, first, environment)) return
    const text = args.slice(isVariable ? 1 : 0).map(({ value }) => value)
    const type = compileExpression(text.join(' '), environment, setup.release)
    if (isInvalid(type)) {
      setup.report('invalid-value', {
        at: isVariable ? (args[1] as Word) : first,
        property: name.value,
        expected: "an expression such as `group(1) + '.example'`, with its texts in single quotes",
        message: type.error,
      })
      return
    }
    if (isVariable) environment.set(first.value, type.kind === 'unknown' ? { kind: 'reference' } : type)
  }
}

function isVariableName(setup: Setup, word: Word, environment: Environment): boolean {
  const isName = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(word.value)
  const isReserved = environment.has(word.value) || builtinsOf(setup.release).has(word.value)
  if (isName && !isReserved && isExpressionName(word.value, setup.release)) return true
  setup.report('invalid-value', {
    at: word,
    property: 'var',
    expected: 'a name of letters, digits and underscores that means nothing else in an expression',
    message: isName ? `variable name "${word.value}" is reserved` : `invalid variable name "${word.value}"`,
  })
  return false
}

/** templateParse (to 1.5.0): a template that answers NOERROR must answer with something. */
function recordsOfSuccess(setup: Setup, { properties }: ReadOccurrence): void {
  if (setup.since('1.5.1')) return
  const other = setup.since('1.1.3') ? 'authority' : 'additional'
  const code = properties.findLast((property) => property.name.value === 'rcode')?.args[0]
  if (code !== undefined && (!code.known || code.value !== 'NOERROR')) return
  if (properties.some((property) => property.name.value === 'answer' || property.name.value === other)) return
  setup.report('needs', {
    expected: `\`answer\` or \`${other}\`, or an \`rcode\` other than NOERROR`,
    message: 'no answer section for template found',
  })
}

export const quirks: Quirks = { lines: { words }, afterOccurrence: { conditions } }
