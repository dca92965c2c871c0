import { plugin, strictLine } from '../schema.ts'

// Source: plugin/loop/setup.go parse. What it finds, it finds after the start.
export default plugin('loop', {
  source: 'plugin/loop/setup.go parse',
  about:
    'Asks itself for a random name once, at start. When that query comes back, an upstream leads to CoreDNS again, and the process stops: in a cluster the pod crashes again and again, and its log says `Loop ... detected`.',
  occurrences: 'once',
  line: strictLine(),
})
