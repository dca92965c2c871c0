import { file, line, listenAddress, one, optional, plugin, property, since } from '../schema.ts'

const runtimeMetrics = property()
// The file is read at start, not at set-up.
const tls = property({ line: line(one('WEB_CONFIG', file('warning'))), repeat: 'refused' })

// Source: plugin/metrics/setup.go parse (until 1.5.0 prometheusParse).
export default plugin('prometheus', {
  source: 'plugin/metrics/setup.go parse',
  page: 'https://coredns.io/plugins/metrics/',
  about:
    'Counts what its block answers, and serves the metrics over HTTP at /metrics. At the default address nobody outside of the container can read them; people write `:9153`.',
  aboutProperties: {
    runtime_metrics: 'Serves all metrics of the Go runtime too, for the whole process, until it restarts.',
    tls: 'Serves the metrics over TLS, as this web configuration file of Prometheus says.',
  },
  occurrences: 'once',
  line: line(optional('ADDRESS', listenAddress(), { default: 'localhost:9153' })),
  properties: since({ '1.0.0': null, '1.14.3': { runtime_metrics: runtimeMetrics, tls } }),
})
