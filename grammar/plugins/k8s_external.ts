import {
  any,
  fallthrough,
  integer,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  one,
  origin,
  plugin,
  property,
} from '../schema.ts'

export default plugin('k8s_external', {
  source: 'plugin/k8s_external/setup.go parse',
  about:
    'Answers names of Services with their external addresses, in a zone for clients outside of the cluster. It takes the data from `kubernetes`, which must stand in the same block.',
  occurrences: 'last',
  line: line(any('ZONES', origin())),
  properties: {
    apex: property({ line: lineIgnoringRest(one('APEX')), default: 'dns' }),
    ttl: property({ line: lineIgnoringRest(one('SECONDS', integer({ min: 0, max: 3600 }))), default: '5' }),
    headless: property({ since: '1.9.4', line: lineLeavingRest() }),
    fallthrough: fallthrough('1.11.0'),
  },
})
