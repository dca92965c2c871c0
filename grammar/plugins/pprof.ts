import { integer, line, listenAddress, optional, plugin, property } from '../schema.ts'

// Source: plugin/pprof/setup.go setup.
export default plugin('pprof', {
  source: 'plugin/pprof/setup.go setup',
  about:
    'Serves profiles of the running process over HTTP at /debug/pprof. It is for finding faults; keep others from it.',
  occurrences: 'once',
  line: line(optional('ADDRESS', listenAddress(), { default: 'localhost:6053' })),
  properties: { block: property({ since: '1.5.0', line: line(optional('RATE', integer(), { default: '1' })) }) },
})
