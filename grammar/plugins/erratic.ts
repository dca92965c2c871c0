import { duration, integer, line, lineLeavingRest, optional, plugin, property } from '../schema.ts'

const amount = optional('AMOUNT', integer({ min: 0, bits: 32 }), { default: '2' })

export default plugin('erratic', {
  source: 'plugin/erratic/setup.go parseErratic',
  about: 'Answers everything with fixed records, and drops, delays or truncates some answers, to test clients.',
  // Words behind the name are taken for further occurrences.
  line: lineLeavingRest(),
  properties: {
    drop: property({ line: line(amount) }),
    truncate: property({ line: line(amount) }),
    delay: property({ line: line(amount, optional('DURATION', duration(), { default: '100ms' })) }),
    large: property({ since: '1.2.5', line: lineLeavingRest() }),
  },
})
