import { duration, line, lineLeavingRest, one, oneOf, optional, plugin, property, regexp, since } from '../schema.ts'
import type { Quirk, Quirks } from '../setup.ts'

const levels = ['warning', 'error', 'info', 'debug'] as const
const period = one('DURATION', duration())
const level = optional('LEVEL', oneOf(...levels), { default: 'error' })

const consolidate = property({
  line: since({
    '1.0.0': line(period, one('REGEXP', regexp())),
    '1.8.5': line(period, one('REGEXP', regexp()), level),
    '1.14.0': line(period, one('REGEXP', regexp(10000)), level, optional('show_first', oneOf('show_first'))),
  }),
  repeat: 'adds',
  quirk: 'consolidate',
})
const stacktrace = property({ since: '1.9.3', line: lineLeavingRest() })

// Source: plugin/errors/setup.go errorsParse, parseConsolidate.
export default plugin('errors', {
  source: 'plugin/errors/setup.go errorsParse',
  about: 'Logs the errors that happen while queries are answered, to standard output, a line each.',
  aboutProperties: {
    consolidate:
      'Collects the errors that match REGEXP and logs how many there were, once every DURATION; `show_first` logs the first one at once.',
    stacktrace: 'Logs the stack when a plugin panics.',
  },
  occurrences: since({ '1.0.0': 'each', '1.1.0': 'once' }),
  line: line(optional('LOGFILE', oneOf('stdout'))),
  properties: since({ '1.0.0': null, '1.2.6': { consolidate, stacktrace } }),
})

/** plugin/errors/setup.go parseConsolidate, parseOptionalParams: from 1.14.0 on `show_first` may follow, also more than once. */
const readConsolidate: Quirk = (setup) => {
  const name = setup.word
  const words = setup.remainingArgs()
  const most = setup.since('1.14.0') ? 4 : setup.since('1.8.5') ? 3 : 2
  const [every, pattern, ...options] = words
  const expected = ['DURATION REGEXP', ' [LEVEL]', ' [show_first]'].slice(0, most - 1).join('')
  if (every === undefined || pattern === undefined || words.length > most)
    return setup.report('argument-count', { at: words[most] ?? words.at(-1) ?? name, property: name.value, expected })
  setup.check(duration(), every, name.value)
  setup.check(setup.since('1.14.0') ? regexp(10000) : regexp(), pattern, name.value)
  if (!setup.since('1.14.0')) {
    for (const option of options) setup.check(oneOf(...levels), option, name.value)
    return
  }
  const seen: string[] = []
  for (const option of options) {
    if (!setup.check(oneOf(...levels, 'show_first'), option, name.value) || !option.known) return
    const isLevel = option.value !== 'show_first'
    if (isLevel && seen.length > 0) {
      const after = seen.includes('show_first') ? '`show_first`' : 'another level'
      return setup.report('conflict', { at: option, property: name.value, expected: `no level behind ${after}` })
    }
    seen.push(option.value)
  }
}

export const quirks: Quirks = { lines: { consolidate: readConsolidate } }
