import { Random } from '../../generate/random.ts'
import type { Configuration, Mode } from '../configuration.ts'
import { questionsFor, reverseName } from './questions.ts'

/** An option or several that belong together, and what their answers depend on. */
interface Piece {
  readonly options: readonly string[]
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  readonly types?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
}

type WritePiece = (random: Random) => Piece

const DOMAINS = ['example.org', 'corp.test', 'sub.example.org', 'lan', 'deep.sub.example.org']
const LABELS = ['www', 'db', 'mail', 'a.b', 'WEB']

function domain(random: Random): string {
  const chosen = random.one(DOMAINS)
  return random.chance(0.1) ? chosen.toUpperCase() : chosen
}

function names(...of: readonly string[]): string[] {
  return of.flatMap((each) => [`${each}.`, `www.${each}.`, `x.www.${each}.`])
}

function server(random: Random): Piece {
  const one = domain(random)
  const to = `192.0.2.${2 + random.below(2)}`
  const options = random.one([
    [`--server=/${one}/${to}`],
    [`--server=/${one}/${domain(random)}/${to}`],
    [`--server=/${one}/${to}`, `--server=/sub.${one}/#`],
    [`--server=/${one}/`],
    [`--server=/${one}/${to}`, `--server=/${one}/192.0.2.4`],
    [`--server=//${to}`],
    ['--server=//'],
    [`--server=/${one}/`, `--server=/www.${one}/${to}`],
    [`--server=/${one}./${to}`],
  ])
  return { options, names: [...names(one.toLowerCase(), `sub.${one.toLowerCase()}`), 'single.'] }
}

function address(random: Random): Piece {
  const one = domain(random)
  const options = random.one([
    [`--address=/${one}/10.8.0.1`],
    [`--address=/${one}/10.8.0.1`, `--address=/${one}/10.8.0.2`],
    [`--address=/${one}/fd00::8`],
    [`--address=/${one}/10.8.0.1`, `--address=/${one}/fd00::8`],
    [`--address=/${one}/`],
    [`--address=/${one}/#`],
    [`--address=/${one}/10.8.0.1`, `--address=/sub.${one}/10.8.0.3`],
    [`--address=/${one}/10.8.0.1`, `--address=/sub.${one}/fd00::9`],
    [`--address=/${one}/10.8.0.1`, `--server=/sub.${one}/192.0.2.3`],
    [`--address=/${one}/lan2/10.8.0.4`],
    ['--address=/#/10.8.0.5'],
    [`--address=/.${one}/10.8.0.6`],
  ])
  return {
    options,
    names: [...names(one.toLowerCase(), `sub.${one.toLowerCase()}`), 'www.lan2.', `x${one.toLowerCase()}.`],
  }
}

function local(random: Random): Piece {
  const one = domain(random)
  const options = [
    `--local=/${one}/`,
    ...(random.chance(0.4) ? [`--host-record=www.${one},10.8.1.1`] : []),
    ...(random.chance(0.3) ? [`--server=/${one}/192.0.2.2`] : []),
  ]
  return { options, names: names(one.toLowerCase()) }
}

function hostRecord(random: Random): Piece {
  const one = `${random.one(LABELS)}.${domain(random)}`
  const options = random.one([
    [`--host-record=${one},10.8.2.1`],
    [`--host-record=${one},10.8.2.1,fd00::21`],
    [`--host-record=${one},second.${one},10.8.2.1`],
    [`--host-record=${one},10.8.2.1,60`],
    [`--host-record=${one},10.8.2.1`, `--host-record=${one},10.8.2.2`],
    [`--host-record=short,${one},10.8.2.3`],
  ])
  return {
    options,
    names: [...names(one.toLowerCase()), `second.${one.toLowerCase()}.`, 'short.'],
    addresses: ['10.8.2.1', '10.8.2.2', 'fd00::21', '10.8.2.3'],
    types: ['ANY'],
  }
}

function cname(random: Random): Piece {
  const one = domain(random).toLowerCase()
  const options = random.one([
    [`--cname=alias.${one},www.${one}`, `--host-record=www.${one},10.8.3.1`],
    [`--cname=alias.${one},www.example.net`],
    [`--cname=alias.${one},chain.${one},www.${one}`, `--host-record=www.${one},10.8.3.1,fd00::31`],
    [`--cname=first.${one},alias.${one}`, `--cname=alias.${one},www.${one}`, `--host-record=www.${one},10.8.3.1`],
    [`--cname=alias.${one},www.${one}`, `--address=/www.${one}/10.8.3.2`],
    [`--cname=alias.${one},www.${one}`, `--txt-record=www.${one},words`],
  ])
  return {
    options,
    names: ['alias', 'chain', 'first', 'www'].map((label) => `${label}.${one}.`),
    types: ['CNAME', 'CNAME'],
    addresses: ['10.8.3.1'],
  }
}

function records(random: Random): Piece {
  const one = domain(random).toLowerCase()
  const options = random.some(
    [
      `--txt-record=txt.${one},"some words",more`,
      `--txt-record=txt.${one},other`,
      `--srv-host=_sip._tcp.${one},sip.${one},5060,10,20`,
      `--srv-host=_none._tcp.${one}`,
      `--mx-host=${one},mail.${one},50`,
      `--mx-host=${one},mail2.${one}`,
      `--ptr-record=9.0.8.10.in-addr.arpa,ptr.${one}`,
      `--ptr-record=_http._tcp.${one},service._http._tcp.${one}`,
      `--caa-record=${one},0,issue,ca.example`,
      `--dns-rr=rr.${one},65,000100`,
      `--naptr-record=np.${one},10,20,s,SIP,,_sip._tcp.${one}`,
    ],
    4,
  )
  return {
    options,
    names: ['txt', '_sip._tcp', '_none._tcp', '_http._tcp', '_tcp', 'rr', 'np']
      .map((label) => `${label}.${one}.`)
      .concat(`${one}.`, '9.0.8.10.in-addr.arpa.'),
    types: ['TXT', 'SRV', 'MX', 'PTR', 'HTTPS', 'CAA', 'ANY'],
  }
}

function hostsFile(random: Random): Piece {
  const one = domain(random)
  const line = () => {
    const ip = random.one(['10.8.4.1', '10.8.4.2', 'fd00::41', '::ffff:10.8.4.9', '010.8.4.1', 'bad'])
    const own = random.some(
      [`www.${one}`, `Db.${one}`, 'short', `*.${one}`, `trailing.${one}.`, '_under'],
      1 + random.below(3),
    )
    return `${ip}\t${own.join(' ')}${random.chance(0.2) ? ' # comment' : ''}`
  }
  const lines = Array.from({ length: 2 + random.below(4) }, line)
  const expand = random.chance(0.4) ? ['--expand-hosts', ...(random.chance(0.8) ? ['--domain=home.test'] : [])] : []
  const below = `${one.toLowerCase()}.`
  return {
    options: ['--addn-hosts=@files@/hosts', ...expand],
    names: [
      ...['www', 'db', '*', 'trailing', 'x'].map((label) => `${label}.${below}`),
      below,
      'short.',
      'short.home.test.',
      '_under.',
      `www.${below}home.test.`,
    ],
    addresses: ['10.8.4.1', '10.8.4.2', 'fd00::41', '::ffff:10.8.4.9'],
    files: { hosts: `# hosts\n${lines.join('\n')}\n\n` },
  }
}

function reverse(random: Random): Piece {
  const options = random.some(
    [
      '--bogus-priv',
      '--rev-server=10.8.0.0/16,192.0.2.3',
      '--rev-server=10.0.0.0/12,192.0.2.2',
      '--server=/8.10.in-addr.arpa/192.0.2.4',
      '--ptr-record=1.5.8.10.in-addr.arpa,ptr.example.org',
      '--rev-server=fd00::/16,192.0.2.2',
    ],
    1 + random.below(2),
  )
  const inside = [
    '10.8.5.1',
    '10.9.0.1',
    '10.200.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '172.32.0.1',
    '8.8.8.8',
    'fd00::51',
    'fe80::1',
    '127.0.0.1',
    '169.254.1.1',
  ].map(reverseName)
  return {
    options,
    names: [
      ...inside,
      '5.8.10.in-addr.arpa.',
      '10.in-addr.arpa.',
      'x.5.8.10.in-addr.arpa.',
      '7.1.5.8.10.in-addr.arpa.',
    ],
    types: ['PTR', 'PTR', 'PTR'],
  }
}

function needed(random: Random): Piece {
  const options = random.some(
    ['--domain-needed', '--filterwin2k', '--filter-AAAA', '--filter-A', '--no-negcache', '--no-round-robin'],
    1 + random.below(2),
  )
  return {
    options,
    names: ['single.', 'www.example.org.', '_ldap._tcp.example.org.', 'example.org.', '.'],
    types: ['SOA', 'SRV', 'ANY', 'AAAA'],
  }
}

function synth(random: Random): Piece {
  const options = random.one([
    ['--synth-domain=lan,10.8.6.0/24,host-'],
    ['--synth-domain=lan,10.8.6.1,10.8.6.9,host-*'],
    ['--synth-domain=lan,fd00::6:0,fd00::6:ff,host-'],
  ])
  return {
    options,
    names: [
      'host-10-8-6-7.lan.',
      'host-10-8-7-7.lan.',
      'host-2.lan.',
      'host-77.lan.',
      'host-fd00--6-7.lan.',
      'lan.',
      'x.lan.',
    ],
    addresses: ['10.8.6.7', '10.8.6.2', 'fd00::6:7'],
  }
}

function mailHosts(random: Random): Piece {
  const options = random.some(['--localmx', '--selfmx', '--mx-target=mail.corp.test'], 2)
  return {
    options: [...options, '--host-record=box.corp.test,10.8.7.1', '--mx-host=corp.test'],
    names: ['box.corp.test.', 'corp.test.', 'other.test.'],
    types: ['MX', 'MX', 'MX'],
  }
}

const pieces: Readonly<Record<string, WritePiece>> = {
  server,
  address,
  local,
  'host-record': hostRecord,
  cname,
  records,
  'hosts file': hostsFile,
  reverse,
  'needed and filters': needed,
  'synth-domain': synth,
  mx: mailHosts,
}

/** Options that change nothing of who answers, or only how. */
const AROUND = [
  '--local-ttl=60',
  '--max-ttl=30',
  '--neg-ttl=10',
  '--strict-order',
  '--no-poll',
  '--stop-dns-rebind',
  '--log-queries',
  '--domain=example.org',
  '--dns-forward-max=50',
]

function configurationOf(random: Random, id: string, topic: string, made: readonly Piece[]): Configuration {
  const upstreams = random.one([
    ['--server=192.0.2.1'],
    ['--server=192.0.2.1'],
    ['--server=192.0.2.1', '--server=192.0.2.4'],
    [],
  ])
  const around = random.chance(0.35) ? [random.one(AROUND)] : []
  const shuffled = [...made.flatMap(({ options }) => options), ...upstreams, ...around]
  const options = random.chance(0.5) ? shuffled : shuffled.reverse()
  const modes: readonly Mode[] = ['nxdomain']
  const all = (key: 'names' | 'addresses' | 'types') => made.flatMap((piece) => piece[key] ?? [])
  const subject = {
    names: all('names'),
    zones: ['example.org', 'corp.test', 'lan'],
    addresses: all('addresses'),
    types: all('types'),
    clients: ['127.0.0.1'],
    servers: ['127.0.0.1'],
    remembers: false,
  }
  return {
    id,
    topic,
    text: `${[...options, '--cache-size=0', '--no-hosts', '--no-resolv'].join('\n')}\n`,
    files: Object.assign({}, ...made.map(({ files = {} }) => files)) as Record<string, string>,
    modes,
    // What becomes of the root depends on more than can be told.
    questions: questionsFor(random, subject, 15).filter(({ name }) => name !== '.'),
    remembers: false,
  }
}

/** Sets of options for dnsmasq, the same every time for a seed. */
export function dnsmasqConfigurations(seed = ''): readonly Configuration[] {
  const all: Configuration[] = []
  const add = (id: string, topic: string, kinds: readonly string[]) => {
    const random = new Random(`dnsmasq ${seed}${id}`)
    all.push(
      configurationOf(
        random,
        id,
        topic,
        kinds.map((kind) => (pieces[kind] as WritePiece)(random)),
      ),
    )
  }
  const kinds = Object.keys(pieces)
  for (const kind of kinds) for (let number = 1; number <= 5; number++) add(`${kind}-${number}`, kind, [kind])
  for (const [at, one] of kinds.entries())
    for (const other of kinds.slice(at + 1)) add(`${one}+${other}`, `${one} + ${other}`, [one, other])
  return all
}
