import { line, many, one, oneOfAnyCase, plugin, property } from '../schema.ts'
import type { Quirk, Quirks, Setup, Word } from '../setup.ts'

const flag = oneOfAnyCase('aa', 'ra', 'rd')
const action = oneOfAnyCase('set', 'clear')
const selector = () =>
  property({ since: '1.9.4', line: line(one('ACTION', action), many('FLAG', flag)), repeat: 'adds' })
const bareAction = () =>
  property({
    until: '1.12.4',
    deprecated: '1.9.4',
    instead: '`response` in front of it',
    line: line(many('FLAG', flag)),
    repeat: 'adds',
  })

export default plugin('header', {
  source: 'plugin/header/setup.go parse',
  about: 'Sets or clears flags (aa, ra, rd) of queries or answers.',
  occurrences: 'first',
  properties: { query: selector(), response: selector(), set: bareAction(), clear: bareAction() },
  setup: 'rules',
})

/** parse: the first occurrence that has a rule is the last one that is read; without any rule it refuses. */
const rules: Quirk = (setup) => {
  let hasRules = false
  while (!hasRules && setup.next()) {
    while (setup.nextBlock()) {
      readRule(setup)
      hasRules = true
    }
  }
  if (!hasRules) setup.report('needs', { expected: 'a block with a rule such as `response set aa`' })
}

function readRule(setup: Setup): void {
  const first = setup.word
  const property = first.value.toLowerCase()
  const bare = property === 'set' || property === 'clear'
  if (!first.known) {
    setup.skipArgs()
    return
  }
  if (bare ? setup.since('1.12.4') : !setup.since('1.9.4') || (property !== 'query' && property !== 'response')) {
    // 1.8.5 looked for flags before it looked at the action; either way it refused.
    setup.refuse('unknown-property', { at: first, property: first.value })
  }
  let act: Word | null = bare ? first : null
  if (!bare && setup.nextArg()) act = setup.word
  const flags = setup.remainingArgs()
  if (act === null || flags.length === 0) {
    setup.refuse('argument-count', { at: act ?? first, property, expected: bare ? 'FLAG...' : 'ACTION FLAG...' })
  }
  if (!bare) setup.check(action, act, property)
  for (const each of flags) setup.check(flag, each, property)
}

export const quirks: Quirks = { setups: { rules } }
