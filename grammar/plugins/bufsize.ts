import { integer, line, optional, plugin, since } from '../schema.ts'

const size = integer({ min: 512, max: 4096 })

// Source: plugin/bufsize/setup.go parse. It reads one line; nobody looks at a second one or at a block.
export default plugin('bufsize', {
  source: 'plugin/bufsize/setup.go parse',
  about:
    'Lowers the size of UDP answers that clients say they can take, so that answers are not sent in fragments. It never raises it.',
  occurrences: 'first',
  line: since({
    '1.0.0': line(optional('SIZE', size, { default: '512' })),
    '1.11.0': line(optional('SIZE', size, { default: '1232' })),
  }),
})
