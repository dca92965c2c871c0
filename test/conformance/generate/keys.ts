import type { Random } from './random.ts'

const zones = [
  '.',
  'example.org',
  'example.org.',
  'EXAMPLE.org',
  'a.example.org',
  'example.net',
  '*',
  '*.example.org',
  '_sip.example.org',
  'a..b',
  '.example.org',
  '..',
  '',
  'local',
  '10.0.0.0/8',
  '10.0.0.0/9',
  '10.1.0.0/16',
  '10.1.2.3/32',
  '10.1.2.3',
  '10.0.0.0/23',
  '10.0.0.0/0',
  '10.0.0.0/33',
  '10.0.0.300/24',
  '2001:db8::/32',
  '2001:db8::/33',
  '2001:db8::/30',
  '2001:db8::1',
  '::/0',
  '[2001:db8::]/32',
  '0.0.10.in-addr.arpa',
  'a'.repeat(63),
  'a'.repeat(64),
  `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`,
  `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`,
  'münchen.example',
  'xn--mnchen-3ya.example',
  'a_b',
  '-a-',
  'a b',
  'a\\.b',
  'a\\046b',
  'a\\',
  'a"b',
  'a;b',
  'a@b',
  'a%b',
  'a/b',
  'a/24',
  'a#b',
  'a$b',
  '$ZONE',
  '{zone}',
  '{$ZONE}',
  '{$UNSET}',
  '(snip)',
  '()',
  '(a b)',
  'import',
  'whoami',
]
const ports = [
  '',
  '',
  '',
  ':53',
  ':53',
  ':1053',
  ':0',
  ':65535',
  ':65536',
  ':-1',
  ':',
  ':x',
  ':053',
  ':5 3',
  ':53:53',
  ':+53',
  ':1_0',
]
const schemes = [
  '',
  '',
  '',
  '',
  'dns://',
  'DNS://',
  'tls://',
  'https://',
  'https3://',
  'grpc://',
  'quic://',
  'http://',
  'unix://',
  '://',
  'dns:',
  'tls:/',
  'doh://',
]
const separators = [' ', ' ', ' ', ', ', ',', ',\n', '\n', ' , ', ',,', '\t', ' \\\n']
const openings = [' {', ' {', ' {', ' {', ' {', '{', '\n{', '', ' { ', ' {{', ' "{"', ' {}', ' }', ' {\n{']
const bodies = [
  'whoami',
  'whoami',
  'whoami',
  '',
  'errors\n  log',
  'bind 127.0.0.1\n  whoami',
  'bind 127.0.0.2\n  whoami',
  'bind 127.0.0.1 127.0.0.2\n  whoami',
  'bind 127.0.0.1 ::1',
  'bind lo\n  whoami',
  'bind lo {\n    except ::1\n  }',
  'bind nosuch0',
  'bind',
  'bind 127.0.0.1\n  bind 127.0.0.1',
  'view a {\n    expr true\n  }\n  whoami',
  'view b {\n    expr name() == "x"\n  }',
  'view a {\n    expr true\n  }\n  bind 127.0.0.1',
  'tls cert.pem key.pem',
  'tls cert.pem key.pem\n  whoami',
  'root zones\n  file db.example.org',
  'file db.example.org',
  'nonsense',
]

/** Corefiles of which the addresses of the server blocks matter. */
export function keyTexts(random: Random, count: number): string[] {
  const key = () => {
    const text = `${random.one(schemes)}${random.one(zones)}${random.one(ports)}`
    return random.chance(0.1) ? `"${text}"` : text
  }
  // Few different zones, so that the same one comes twice.
  const plain = () =>
    `${random.one(['', '', '', 'tls://', 'dns://', 'https://'])}${random.one(zones.slice(0, 6))}${random.one(['', '', ':53', ':853', ':443'])}`
  const block = (address: () => string) => {
    const keys = Array.from({ length: random.one([1, 1, 1, 2, 2, 3]) }, address)
    const separator = random.one(separators)
    const opening = random.chance(0.7) ? ' {' : random.one(openings)
    const body = random.one(bodies)
    const closing = random.chance(0.9) ? '}' : random.one(['', '}}', '} }', ' }', '}\n}'])
    return `${keys.join(separator)}${opening}\n  ${body}\n${closing}\n`
  }
  return Array.from({ length: count }, (_, number) => {
    if (number % 3 === 0) return block(key)
    if (number % 3 === 1) return Array.from({ length: 2 + random.below(3) }, () => block(plain)).join('')
    return block(random.chance(0.5) ? key : plain) + block(key)
  })
}
