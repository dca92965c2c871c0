import {
  any,
  cidr,
  duration,
  file,
  line,
  lineIgnoringRest,
  one,
  oneOf,
  optional,
  plugin,
  property,
  since,
} from '../schema.ts'
import type { Quirk, Quirks, Setup, Word } from '../setup.ts'

const policies = (...names: readonly string[]) => optional('POLICY', oneOf(...names), { default: 'round_robin' })
const reload = property({ line: line(one('DURATION', duration())), default: '30s' })
const prefer = property({ line: line(any('CIDR', cidr())), repeat: 'adds' })

// Source: plugin/loadbalance/setup.go parse. `reload` belongs to `weighted`, `prefer` to all.
export default plugin('loadbalance', {
  source: 'plugin/loadbalance/setup.go parse',
  about:
    'Changes the order of A, AAAA and MX records in answers: by chance, or by weights; since 1.12.4 `prefer` puts some networks first.',
  occurrences: since({ '1.0.0': 'first', '1.12.4': 'last' }),
  line: since({
    '1.0.0': lineIgnoringRest(),
    '1.2.0': line(policies('round_robin')),
    '1.10.1': line(policies('round_robin', 'weighted'), optional('WEIGHTFILE', file('warning'))),
  }),
  properties: since({ '1.0.0': null, '1.10.1': { reload }, '1.12.4': { reload, prefer } }),
  setup: since({ '1.0.0': null, '1.2.0': 'one-policy', '1.10.1': 'first-line', '1.12.4': 'each-line' }),
})

/**
 * plugin/loadbalance/setup.go parse, 1.2.0 to 1.10.0: a line with two words or more is passed over and so is all behind it, up to the
 * first token with at most one word behind it on its line, such as the brace of a block.
 */
const onePolicy: Quirk = (setup) => {
  let first: Word | undefined
  while (setup.next()) {
    const [policy, surplus] = setup.remainingArgs()
    if (surplus === undefined) {
      if (policy !== undefined) setup.check(oneOf('round_robin'), policy)
      return
    }
    first ??= surplus
  }
  setup.refuse('argument-count', { expected: '[POLICY]', ...(first === undefined ? {} : { at: first }) })
}

/** plugin/loadbalance/setup.go parse, 1.10.1 to 1.12.3: the first line decides, and only `weighted` has a block. */
const firstLine: Quirk = (setup) => {
  if (setup.next() && readPolicy(setup) === 'weighted') readReload(setup)
}

/** plugin/loadbalance/setup.go parse from 1.12.4 on: every line counts, and a block behind `weighted` is its own. */
const eachLine: Quirk = (setup) => {
  while (setup.next()) {
    if (readPolicy(setup) === 'weighted') readReload(setup)
    while (setup.nextBlock()) {
      if (setup.word.value !== 'prefer') setup.refuse('unknown-property', { property: setup.word.value })
      for (const word of setup.remainingArgs()) setup.check(cidr(), word, 'prefer')
    }
  }
}

/** The policy of the current line; a line that does not fit ends the set-up. */
function readPolicy(setup: Setup): string {
  const args = setup.remainingArgs()
  const [policy, weights] = args
  if (policy === undefined) return 'round_robin'
  if (!policy.known || (policy.value !== 'round_robin' && policy.value !== 'weighted'))
    setup.refuse('invalid-value', { at: policy, expected: 'one of `round_robin`, `weighted`' })
  const most = policy.value === 'weighted' ? 2 : 1
  const surplus = args[most]
  if (surplus !== undefined)
    setup.refuse('argument-count', { at: surplus, expected: most === 2 ? 'weighted WEIGHTFILE' : policy.value })
  if (most === 2 && weights === undefined)
    setup.refuse('argument-count', {
      at: policy,
      expected: 'weighted WEIGHTFILE',
      message: 'missing weight file argument',
    })
  return policy.value
}

function readReload(setup: Setup): void {
  while (setup.nextBlock()) {
    const name = setup.word
    if (name.value !== 'reload') setup.refuse('unknown-property', { at: name, property: name.value })
    const [period, surplus] = setup.remainingArgs()
    if (period === undefined || surplus !== undefined)
      setup.refuse('argument-count', { at: surplus ?? name, property: 'reload', expected: 'DURATION' })
    setup.check(duration(), period, 'reload')
  }
}

export const quirks: Quirks = {
  setups: { 'one-policy': onePolicy, 'first-line': firstLine, 'each-line': eachLine },
}
