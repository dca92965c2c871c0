import { directive, domainOf, fallthroughFor, mainZone, type Piece, type Scene, under } from './piece.ts'

/** Records that a zone may have, `@` its apex. */
const choices: readonly (readonly string[])[] = [
  ['www 300 IN A 10.20.0.1', 'www IN A 10.20.0.2', 'www IN AAAA fd00::20'],
  ['* IN A 10.20.0.3', '* IN TXT "any"'],
  ['*.wild IN A 10.20.0.4', 'deep.er.wild IN A 10.20.0.5'],
  ['a.b.c IN A 10.20.0.6'],
  ['alias IN CNAME www', 'chain IN CNAME alias', 'out IN CNAME www.example.net.', 'dangling IN CNAME nothing'],
  ['tree IN DNAME other', 'x.other IN A 10.20.0.7'],
  ['child IN NS ns.child', 'ns.child IN A 10.20.0.8', 'away IN NS ns.example.net.'],
  ['mail IN MX 10 www', '@ IN MX 20 mail', '_sip._tcp IN SRV 1 2 5060 www'],
  ['*.cn IN CNAME www', 'loop IN CNAME loop2', 'loop2 IN CNAME loop'],
  ['@ IN A 10.20.0.9', '@ IN TXT "apex" "two"', 'UPPER IN A 10.20.0.10'],
]

const labels = [
  'www',
  'nothing',
  'x.wild',
  'er.wild',
  'deep.er.wild',
  'y.er.wild',
  'b.c',
  'a.b.c',
  'x.a.b.c',
  'alias',
  'chain',
  'out',
  'dangling',
  'tree',
  'x.tree',
  'child',
  'x.child',
  'ns.child',
  'away',
  'mail',
  '_sip._tcp',
  '_tcp',
  'x.cn',
  'loop',
  'upper',
  '*.wild',
  '*',
]

function zoneText(scene: Scene, zone: string): string {
  const { random } = scene
  const head = random.chance(0.5)
    ? [
        `$ORIGIN ${zone}.`,
        '$TTL 1h',
        '@ IN SOA ns hostmaster (',
        '    2024 ; serial',
        '    7200 3600 1209600 300 )',
        '  IN NS ns',
        'ns IN A 10.20.0.20',
      ]
    : ['@ 3600 IN SOA ns.example.net. hostmaster.example.net. 1 7200 3600 1209600 300', '@ 3600 IN NS ns.example.net.']
  const records = random
    .some(choices, 3 + random.below(4))
    .flat()
    .map((line) => (line.includes(' IN ') && !/ \d+ IN/.test(line) ? line.replace(' IN ', ' 600 IN ') : line))
  return `${[...head, ...records].join('\n')}\n`
}

function namesOf({ random }: Scene, zone: string): string[] {
  return [...random.some(labels, 9).map((label) => under(label, zone)), `${zone}.`]
}

const types = ['CNAME', 'MX', 'SRV', 'TXT', 'NS', 'SOA', 'DNAME', 'DS']

/** The plugin file with one zone or two. */
export function filePiece(scene: Scene): Piece {
  const { random } = scene
  const zone = domainOf(scene)
  const last = random.chance(0.5) ? fallthroughFor(scene) : []
  const second = random.chance(0.2) ? [`deep.${zone}`] : []
  return {
    lines: [
      ...directive(`file @files@/db.${zone} ${zone}`, [...(random.chance(0.2) ? ['reload 0'] : []), ...last]),
      ...second.flatMap((each) => directive(`file @files@/db.${each} ${each}`, [])),
    ],
    names: [...namesOf(scene, zone), ...second.flatMap((each) => [`www.${each}.`, `${each}.`])],
    types,
    files: {
      [`db.${zone}`]: zoneText(scene, zone),
      ...(second.length === 0 ? {} : { [`db.${second[0]}`]: zoneText(scene, second[0] as string) }),
    },
    modes: ['nxdomain'],
  }
}

/** The plugin auto with one file or two that fit its pattern, and one that does not. */
export function autoPiece(scene: Scene): Piece {
  const { random } = scene
  const zone = domainOf(scene)
  const own = mainZone(scene) === '.' ? '' : ` ${mainZone(scene)}`
  const lines = [
    random.chance(0.7) ? 'directory @files@/zones' : 'directory @files@/zones (.*)\\.zone {1}',
    'reload 60s',
  ]
  const isNamed = lines[0]?.includes('{1}') === true
  return {
    lines: directive(`auto${random.chance(0.5) ? own : ''}`, lines),
    names: namesOf(scene, zone),
    types,
    files: {
      [isNamed ? `zones/${zone}.zone` : `zones/db.${zone}`]: zoneText(scene, zone),
      'zones/readme': 'no zone\n',
    },
    modes: ['nxdomain'],
  }
}
