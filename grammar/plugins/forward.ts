import { rcodeOf } from '../../src/values/codes.ts'
import { parseDuration } from '../../src/values/duration.ts'
import { parseForwardTarget, splitServerName } from '../../src/values/endpoint.ts'
import { splitHostPort } from '../../src/values/hostport.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { parseIp } from '../../src/values/ip.ts'
import { isDomainName } from '../../src/values/name.ts'
import { splitTransport } from '../../src/values/transport.ts'
import { zonesOf } from '../../src/values/zone.ts'
import {
  duration,
  file,
  integer,
  ip,
  line,
  lineLeavingRest,
  many,
  one,
  oneOf,
  optional,
  origin,
  plugin,
  property,
  rootedFile,
  since,
  strictLine,
  tested,
  tlsFiles,
  upstream,
  zone,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirk, Quirks, ReadOccurrence, Setup, Word } from '../setup.ts'
import { tlsFilesLine } from '../tls-files.ts'
import { refuseNoServers } from '../upstream-files.ts'

const line32 = lineLeavingRest(one('INTEGER', integer({ min: 0, max: 4294967295, bits: 32, unsigned: true })))
const notNegative = lineLeavingRest(one('MAX', integer({ min: 0 })))
const period = lineLeavingRest(one('DURATION', duration({ min: '0s' })))
const to = (...schemes: readonly string[]) => many('TO', upstream(...schemes), { max: 15 })
const domainName = tested('domain', 'a domain name')

// Source: plugin/forward/setup.go parseForward, parseStanza, parseBlock.
export default plugin('forward', {
  source: 'plugin/forward/setup.go parseForward',
  about:
    'Sends queries for names in FROM (`.` is all names) to the upstreams TO and gives back what they answer. TO may be a file such as /etc/resolv.conf, whose nameservers are read once, at start.',
  aboutProperties: {
    except: 'Names in these zones are not forwarded; the next plugin is asked.',
    force_tcp: 'Asks upstreams over TCP, whatever the client used.',
    prefer_udp:
      'Asks upstreams over UDP even where the client came over TCP; a truncated answer is asked for again over TCP. `force_tcp` outweighs it.',
    expire: 'How long an idle connection to an upstream is kept for the next query.',
    max_age: 'How old a connection may be to be used again, idle or busy; 0s is no limit.',
    max_idle_conns: 'Most idle connections that are kept to one upstream; 0 is no limit.',
    max_fails:
      'How many health checks in a row must fail until an upstream counts as down and is left out. With 0 an upstream is never checked and never left out.',
    max_connect_attempts: 'Most failed attempts for one query over all upstreams; 0 is no limit.',
    read_timeout:
      'How long one upstream may take for an answer. A query as a whole has about 5 seconds, so a long time leaves less for the other upstreams.',
    doh_method: 'The HTTP method for upstreams written `https://`.',
    tls: "Files for upstreams written `tls://`; it encrypts nothing by itself. One word is the CA to check them with, two are the client's certificate and key, three are all of them; none means the CAs of the system.",
    tls_servername:
      'The name that must stand in the certificates of upstreams written `tls://`; it encrypts nothing by itself.',
    policy:
      'Which upstream is asked first: a random one, each in turn, or always the first that is not down (`sequential`). The others are asked when it fails.',
    health_check:
      'How often an upstream is checked after a query to it failed, until it answers again. `no_rec` asks without recursion, `domain` asks for this name in place of the root.',
    max_concurrent:
      'Most queries that may wait for upstreams at once; 0 is no limit. One more is answered REFUSED at once (SERVFAIL before 1.8.1) and never sent. kubeadm writes 1000.',
    next: 'Response codes for which the `forward` right behind this one is asked in place of giving the answer. Without such a `forward` it does nothing.',
    next_on_nodata: 'Asks the `forward` right behind this one also where the answer is NOERROR without records.',
    failfast_all_unhealthy_upstreams:
      'Answers SERVFAIL at once while all upstreams are down. Without it a random one of them is asked all the same.',
    failover:
      'Response codes for which the next upstream is asked, as if this one had given no answer. When all have been asked, the last answer counts.',
    resolver:
      'The servers that are asked for the addresses of upstreams written as names, once, at start; without it those of the system.',
    source_address: 'The address that queries and health checks to upstreams are sent from.',
  },
  occurrences: since({ '1.0.0': 'each', '1.1.0': 'once', '1.9.4': 'each' }),
  line: since({
    '1.0.0': line(one('FROM', origin()), to('dns', 'tls')),
    // Any scheme is taken, and from 1.6.8 to 1.6.9 one without a health check crashes (see below).
    '1.2.3': line(one('FROM', origin()), to('dns', 'tls', 'grpc', 'https')),
    '1.7.0': line(one('FROM', origin()), to('dns', 'tls')),
    '1.9.1': line(one('FROM', zone()), to('dns', 'tls')),
    '1.14.5': line(one('FROM', zone()), to('dns', 'tls', 'https')),
    '1.15.0': line(one('FROM', zone()), to('dns', 'tls', 'https', 'quic')),
  }),
  properties: {
    except: property({ line: line(many('IGNORED_NAMES', origin())), repeat: 'adds' }),
    force_tcp: property({ line: strictLine() }),
    prefer_udp: property({ since: '1.2.0', line: strictLine() }),
    expire: property({ line: period, default: '10s' }),
    max_age: property({ since: '1.14.3', line: period, default: '0s' }),
    max_idle_conns: property({ since: '1.14.1', line: notNegative, default: '0' }),
    max_fails: property({
      line: since({ '1.0.0': lineLeavingRest(one('INTEGER', integer({ min: 0 }))), '1.9.0': line32 }),
      default: '2',
    }),
    max_connect_attempts: property({ since: '1.13.2', line: line32 }),
    read_timeout: property({
      since: '1.14.5',
      line: lineLeavingRest(one('DURATION', duration({ positive: true }))),
      default: '2s',
    }),
    doh_method: property({
      since: '1.14.5',
      line: lineLeavingRest(one('METHOD', oneOf('POST', 'GET'))),
      default: 'POST',
    }),
    tls: property({
      line: since({
        '1.0.0': line(one('CERT', file()), one('KEY', file()), one('CA', file())),
        '1.1.2': line(...tlsFiles()),
        '1.11.3': line(...tlsFiles(rootedFile())),
      }),
      quirk: 'tls-files',
    }),
    tls_servername: property({ line: lineLeavingRest(one('NAME')) }),
    policy: property({
      line: since({
        '1.0.0': lineLeavingRest(one('POLICY', oneOf('random', 'round_robin'))),
        '1.1.2': lineLeavingRest(one('POLICY', oneOf('random', 'round_robin', 'sequential'))),
      }),
      default: 'random',
    }),
    health_check: property({
      line: since({
        '1.0.0': lineLeavingRest(one('DURATION', duration({ min: '0s' }))),
        '1.6.8': line(one('DURATION', duration({ min: '0s' })), optional('no_rec', oneOf('no_rec'))),
        '1.9.2': line(
          one('DURATION', duration({ min: '0s' })),
          optional('no_rec', oneOf('no_rec')),
          optional('domain', oneOf('domain')),
          optional('FQDN', domainName),
        ),
      }),
      quirk: 'health-check',
      default: '0.5s',
    }),
    max_concurrent: property({ since: '1.6.8', line: notNegative, default: '0' }),
    next: property({
      since: '1.11.4',
      line: line(many('RCODE', tested('rcode', 'a response code, such as `NXDOMAIN`'))),
      repeat: 'adds',
    }),
    next_on_nodata: property({ since: '1.14.4', line: strictLine() }),
    failfast_all_unhealthy_upstreams: property({ since: '1.12.1' }),
    failover: property({
      since: '1.13.0',
      line: since({
        '1.0.0': line(many('RCODE', tested('rcode', 'a response code, such as `SERVFAIL`'))),
        '1.13.2': line(
          many('RCODE', tested('failover-rcode', 'a response code other than `NOERROR`, such as `SERVFAIL`')),
        ),
      }),
      repeat: 'adds',
    }),
    resolver: property({
      since: '1.14.4',
      line: line(many('ADDRESS', tested('resolver', 'an IP address or `IP:PORT`'))),
    }),
    source_address: property({ since: '1.14.6', line: lineLeavingRest(one('ADDRESS', ip())) }),
  },
  afterOccurrence: 'stanza',
})

/** plugin/forward/setup.go parseBlock, `health_check`: from 1.6.8 on the options are read up to the end of the line. */
const healthCheck: Quirk = (setup) => {
  const name = setup.word
  if (!setup.nextArg())
    return setup.report('argument-count', { at: name, property: 'health_check', expected: 'DURATION' })
  setup.check(duration({ min: '0s' }), setup.word, 'health_check')
  if (!setup.since('1.6.8')) return
  const takesDomain = setup.since('1.9.2')
  const options = takesDomain ? ['no_rec', 'domain'] : ['no_rec']
  while (setup.nextArg()) {
    const option = setup.word
    if (!setup.check(oneOf(...options), option, 'health_check')) return setup.skipArgs()
    if (option.value !== 'domain' || !takesDomain) continue
    if (!setup.nextArg())
      return setup.report('argument-count', { at: option, property: 'health_check', expected: 'domain FQDN' })
    if (setup.since('1.9.4')) setup.check(domainName, setup.word, 'health_check')
  }
}

/** plugin/forward/setup.go parseStanza: what upstreams and block must not say together. */
const stanza: OccurrenceQuirk = (setup, occurrence) => {
  const [from, ...targets] = occurrence.args
  if (
    from?.known === true &&
    setup.since('1.8.4') &&
    !setup.since('1.9.1') &&
    zonesOf(from.value, setup.release).length === 0
  )
    setup.report('panic', { at: from, expected: 'a zone', message: 'index out of range [0] with length 0' })
  if (setup.since('1.6.8') && !setup.since('1.7.0')) refuseWithoutHealthCheck(setup, targets)
  if (setup.since('1.13.2')) refuseTwoServerNames(setup, occurrence, targets)
  if (setup.since('1.14.3')) refuseShortAge(setup, occurrence)
  askResolver(setup, occurrence, targets)
  if (setup.since('1.6.8')) {
    const each = setup.since('1.14.4') && !setup.since('1.14.5')
    refuseNoServers(setup, targets, parseForwardTarget, each)
  }
}

/** plugin/forward/resolve.go: since 1.14.4 the names among the upstreams are asked of the resolver that is given, once and at start. */
function askResolver(setup: Setup, occurrence: ReadOccurrence, targets: readonly Word[]): void {
  const resolver = last(occurrence, 'resolver')
  if (resolver === undefined) return
  for (const { value, known } of targets) {
    const target = parseForwardTarget(value, setup.release)
    if (!known || isInvalid(target) || target.kind !== 'file needed' || isInvalid(target.otherwise)) continue
    if (setup.fileExists(target.path) !== true)
      setup.leaveOpen(`${resolver.value} must know ${target.otherwise.name} while CoreDNS starts`)
  }
}

/** NewHealthChecker has none for other transports, and its result is used all the same. */
function refuseWithoutHealthCheck(setup: Setup, targets: readonly Word[]): void {
  for (const word of targets) {
    const { transport } = splitTransport(word.value, setup.release)
    if (transport !== 'dns' && transport !== 'tls')
      setup.report('panic', { at: word, expected: 'an upstream for plain DNS or `tls://`' })
  }
}

/** The TLS server name stands behind `%` of an upstream or in `tls_servername`, not in both. */
function refuseTwoServerNames(setup: Setup, occurrence: ReadOccurrence, targets: readonly Word[]): void {
  const named = last(occurrence, 'tls_servername')
  if (named === undefined || !named.known || named.value === '') return
  for (const word of targets) {
    if (!word.known) continue
    const { word: address, serverName } = splitServerName(word.value, setup.release)
    const { transport } = splitTransport(address, setup.release)
    const isTls = transport === 'tls' || (transport === 'quic' && setup.since('1.15.0'))
    if (!isTls || serverName === '' || setup.fileExists(splitTransport(word.value, setup.release).address) === true)
      continue
    const message = `both forward ('${named.value}') and proxy level ('${serverName}') TLS servernames are set`
    setup.report('conflict', { at: word, property: 'tls_servername', message })
  }
}

function refuseShortAge(setup: Setup, occurrence: ReadOccurrence): void {
  const age = last(occurrence, 'max_age')
  const expire = last(occurrence, 'expire')
  if (age === undefined || !age.known || expire?.known === false) return
  const [longest, shortest] = [parseDuration(age.value), parseDuration(expire?.value ?? '10s')]
  if (isInvalid(longest) || isInvalid(shortest) || longest <= 0n || longest >= shortest) return
  const idle = expire?.value ?? '10s'
  setup.report('conflict', {
    at: age,
    property: 'max_age',
    expected: `a duration of at least expire, ${idle}`,
    message: `max_age (${age.value}) must not be less than expire (${idle})`,
  })
}

/** The first word of the last line of a property. */
function last(occurrence: ReadOccurrence, property: string): Word | undefined {
  return occurrence.properties.findLast(({ name }) => name.value === property)?.args[0]
}

/** dns.StringToRcode of the word in capitals. */
function rcodeError(word: string, release: string): string | null {
  return rcodeOf(word.toUpperCase(), release) === undefined ? `${word} is not a valid rcode` : null
}

function resolverError(word: string): string | null {
  const parts = splitHostPort(word)
  const host = isInvalid(parts) ? word : parts.host
  return parseIp(host) === undefined ? `resolver must be an IP address or IP:port: "${word}"` : null
}

export const quirks: Quirks = {
  lines: {
    'health-check': healthCheck,
    'tls-files': tlsFilesLine((since) => (since('1.1.2') ? 0 : 3)),
  },
  afterOccurrence: { stanza },
  words: {
    domain: (word, release) => (isDomainName(word, release) ? null : `health_check: invalid domain name ${word}`),
    rcode: rcodeError,
    'failover-rcode': (word, release) =>
      word.toUpperCase() === 'NOERROR' ? 'NoError cannot be used in failover' : rcodeError(word, release),
    resolver: resolverError,
  },
}
