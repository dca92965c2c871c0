import {
  duration,
  file,
  integer,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  listenAddress,
  many,
  one,
  oneOf,
  optional,
  origin,
  plugin,
  property,
  since,
  text,
  tlsFiles,
  upstream,
} from '../schema.ts'
import type { Quirk, Quirks } from '../setup.ts'

const policy = (...names: readonly string[]) => lineLeavingRest(one('POLICY', oneOf(...names)))
const protocol = (...names: readonly string[]) =>
  lineIgnoringRest(one('PROTOCOL', oneOf(...names)), optional('OPTIONS'))

// Source: plugin/proxy/upstream.go NewStaticUpstreams, NewStaticUpstream, parseBlock.
export default plugin('proxy', {
  source: 'plugin/proxy/upstream.go NewStaticUpstreams',
  page: 'https://github.com/coredns/proxy',
  about: 'Sends queries to upstreams; `forward` took its place.',
  line: since({
    '1.0.0': line(one('FROM', origin()), many('TO', upstream())),
    '1.0.3': line(one('FROM', origin()), many('TO', upstream(), { max: 15 })),
  }),
  properties: {
    policy: property({
      line: since({
        '1.0.0': policy('random', 'least_conn', 'round_robin'),
        '1.0.6': policy('random', 'least_conn', 'round_robin', 'first'),
        '1.1.2': policy('random', 'least_conn', 'round_robin', 'first', 'sequential'),
      }),
      default: 'random',
    }),
    fail_timeout: property({ line: lineLeavingRest(one('DURATION', duration())), default: '5s' }),
    max_fails: property({ line: lineLeavingRest(one('INTEGER', integer())), default: '3' }),
    health_check: property({
      line: lineLeavingRest(one('PATH:PORT', listenAddress()), optional('DURATION', duration())),
    }),
    except: property({ line: line(many('IGNORED_NAMES', origin())) }),
    spray: property({ line: lineLeavingRest() }),
    protocol: property({
      line: since({
        '1.0.0': protocol('dns', 'grpc', 'https_google'),
        '1.2.0': protocol('dns', 'grpc'),
      }),
      quirk: 'protocol',
      default: 'dns',
    }),
  },
  deprecated: '1.4.0',
  instead: 'forward',
})

/** plugin/proxy/upstream.go parseBlock, `protocol`: each protocol has options of its own. */
const readProtocol: Quirk = (setup) => {
  const name = setup.word
  const [kind, ...options] = setup.remainingArgs()
  if (kind === undefined)
    return setup.report('argument-count', { at: name, property: 'protocol', expected: 'PROTOCOL [OPTIONS...]' })
  const known = setup.since('1.2.0') ? oneOf('dns', 'grpc') : oneOf('dns', 'grpc', 'https_google')
  if (!setup.check(known, kind, 'protocol')) return
  const [first] = options
  if (kind.value === 'dns') {
    if (first !== undefined) setup.check(oneOf('force_tcp'), first, 'protocol')
    return
  }
  if (kind.value !== 'grpc' || (options.length === 1 && first?.value === 'insecure')) return
  const surplus = options[3]
  if (surplus !== undefined) {
    const expected = expectedOfGrpc
    return setup.report('argument-count', { at: surplus, property: 'protocol', expected })
  }
  for (const option of options) setup.check(file(), option, 'protocol')
}

const expectedOfGrpc = `grpc insecure, or grpc ${tlsFiles(text())
  .map(({ name }) => `[${name}]`)
  .join(' ')}`

export const quirks: Quirks = { lines: { protocol: readProtocol } }
