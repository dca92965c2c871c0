import type { Random } from '../../generate/random.ts'
import type { Configuration } from '../configuration.ts'
import { type Block, configurationOf, writeBlock } from './configurations.ts'
import { reverseName } from './questions.ts'

const PLUGINS = ['hosts', 'forward', 'template', 'file', 'rewrite', 'kubernetes', 'acl', 'whoami', 'cache']

/** Several server blocks: nested zones, CIDR keys, capitals, addresses to listen on, views. */
export function severalBlocks(random: Random, id: string): Configuration {
  switch (random.below(5)) {
    case 0:
    case 1:
      return nested(random, id)
    case 2:
      return cidr(random, id)
    case 3:
      return bound(random, id)
    default:
      return views(random, id)
  }
}

function plugins(random: Random): string[] {
  return random.some(PLUGINS, 1 + random.below(2))
}

function nested(random: Random, id: string): Configuration {
  const keys = random.some(
    ['.', 'org', 'example.org', 'sub.example.org', 'SUB.corp.test', 'test', 'cluster.local', 'in-addr.arpa'],
    2 + random.below(3),
  )
  const blocks = keys.map((key) => writeBlock(random, [key], plugins(random)))
  return configurationOf(random, id, 'blocks', blocks, {
    names: keys.flatMap((key) => [`www.${key}.`.replace('...', '.').replace('..', '.')]),
  })
}

function cidr(random: Random, id: string): Configuration {
  const network = random.one([
    '10.0.0.0/8',
    '172.16.0.0/12',
    '10.1.0.0/23',
    'fd00::/8',
    '2001:db8::/33',
    '192.168.4.0/24',
  ])
  const blocks = [
    writeBlock(
      random,
      [network, ...(random.chance(0.4) ? ['corp.test'] : [])],
      [random.one(['whoami', 'forward', 'template', 'hosts'])],
    ),
    writeBlock(random, [random.one(['.', 'arpa', 'in-addr.arpa'])], plugins(random)),
  ]
  const names = [
    '10.1.0.9',
    '10.1.1.9',
    '10.1.2.9',
    '172.15.0.1',
    '172.16.0.1',
    '172.31.3.4',
    '172.32.0.1',
    'fd00::1',
    '2001:db8::1',
    '2001:db8:8000::1',
    '192.168.4.1',
    '192.168.5.1',
  ].map(reverseName)
  return configurationOf(random, id, 'blocks: CIDR', blocks, {
    names: [...names, 'www.corp.test.', '10.in-addr.arpa.', '16.172.in-addr.arpa.'],
    questions: 14,
  })
}

function bound(random: Random, id: string): Configuration {
  const blocks: Block[] = [
    writeBlock(random, ['.'], plugins(random), ['bind 127.0.0.2']),
    writeBlock(random, ['example.org'], plugins(random), [
      `bind ${random.one(['127.0.0.2', '127.0.0.3', '127.0.0.2 127.0.0.3'])}`,
    ]),
    writeBlock(
      random,
      [random.one(['sub.example.org', 'org', 'corp.test'])],
      plugins(random),
      random.chance(0.3) ? ['bind 127.0.0.3'] : [],
    ),
  ]
  const servers = ['127.0.0.2', '127.0.0.3', '127.0.0.1'].filter((address) =>
    address !== '127.0.0.1'
      ? blocks.some(({ text }) => text.includes(`bind`) && text.includes(address))
      : blocks.some(({ text }) => !text.includes('bind ')),
  )
  return configurationOf(random, id, 'blocks: bind', blocks, {
    servers,
    names: ['www.example.org.', 'www.sub.example.org.', 'www.corp.test.'],
  })
}

function views(random: Random, id: string): Configuration {
  const expression = random.one([
    "incidr(client_ip(), '127.0.0.5/32')",
    "client_ip() == '127.0.0.5' || type() == 'AAAA'",
    "name() matches '^[^.]+\\\\.[^.]+\\\\.$'",
    "type() in ['TXT', 'AAAA']",
    "name() endsWith 'example.org.' && not (name() startsWith 'www')",
    "proto() == 'udp' and class() == 'IN' && server_ip() == '127.0.0.1'",
    'len(name()) > 17',
  ])
  const key = random.one(['.', 'example.org'])
  const first = ['view one {', `        expr ${expression}`, '    }']
  const blocks = [
    writeBlock(random, [key], plugins(random), first),
    ...(random.chance(0.4)
      ? [writeBlock(random, [key], plugins(random), ['view two {', "        expr type() == 'A'", '    }'])]
      : []),
    ...(random.chance(0.8) ? [writeBlock(random, [key], plugins(random))] : []),
    ...(random.chance(0.5) && key !== '.' ? [writeBlock(random, ['.'], plugins(random))] : []),
  ]
  return configurationOf(random, id, 'blocks: view', blocks, {
    clients: ['127.0.0.1', '127.0.0.5'],
    names: ['www.example.org.', 'example.org.', 'api.example.org.', 'corp.test.'],
  })
}
