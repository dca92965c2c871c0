import { any, cidr, duration, integer, line, one, oneOfAnyCase, optional, plugin, property } from '../schema.ts'

// Source: plugin/proxyproto/setup.go setup.
export default plugin('proxyproto', {
  source: 'plugin/proxyproto/setup.go setup',
  about: 'Reads the address of the client from the PROXY protocol that a load balancer puts in front of a query.',
  properties: {
    allow: property({ line: line(any('CIDR', cidr())), repeat: 'adds' }),
    default: property({
      line: line(one('POLICY', oneOfAnyCase('use', 'ignore', 'reject', 'skip'))),
      default: 'ignore',
    }),
    udp_session_tracking: property({
      since: '1.14.3',
      line: line(one('DURATION', duration()), optional('MAX_SESSIONS', integer({ min: 1 }))),
    }),
    tlv_metadata: property({ since: '1.15.0' }),
  },
})
