import { clusterAddresses, clusterNames } from '../cluster.ts'
import { directive, domainOf, fallthroughFor, mainZone, type Piece, type Scene, under, zonesFor } from './piece.ts'
import { rewritePiece } from './rewrite.ts'
import { templatePiece } from './template.ts'
import { autoPiece, filePiece } from './zone-files.ts'

/** A plugin as it is written by chance. */
export type WritePiece = (scene: Scene) => Piece

const labels = ['www', 'db', 'mail', 'api', 'a.b', 'WEB']

function hosts(scene: Scene): Piece {
  const { random } = scene
  const domain = domainOf(scene)
  const names: string[] = []
  const addresses: string[] = []
  const line = () => {
    const address = random.one([
      '10.0.0.1',
      '10.0.0.2',
      '10.1.2.3',
      'fd00::1',
      '::ffff:10.9.9.9',
      '10.0.0.01',
      '172.16.0.9',
    ])
    const wildcard = random.chance(0.15) ? ['*'] : []
    const written = [...random.some(labels, 1 + random.below(2)), ...wildcard].map((label) =>
      under(label, random.chance(0.85) ? domain : 'other.test'),
    )
    names.push(...written)
    addresses.push(address)
    return `${address} ${written.map((name) => (random.chance(0.8) ? name.slice(0, -1) : name)).join(' ')}`
  }
  const entries = Array.from({ length: 1 + random.below(5) }, line)
  const inFile = random.chance(0.25) ? Array.from({ length: 1 + random.below(3) }, line) : null
  const options = [
    ...(random.chance(0.3) ? [`ttl ${random.one([1, 30, 3600])}`] : []),
    ...(random.chance(0.15) ? ['no_reverse'] : []),
  ]
  const last = fallthroughFor(scene)
  if (last.length > 0 && random.chance(0.15)) last.push('fallthrough_unsupported')
  const path = inFile === null ? random.one(['/dev/null', '/dev/null', '']) : `@files@/hosts-${domain}`
  const head = ['hosts', path, path === '' ? '' : zonesFor(scene).trim()].filter((word) => word !== '').join(' ')
  return {
    lines: directive(head, [...options, ...entries, ...last]),
    names,
    addresses,
    ...(inFile === null
      ? {}
      : {
          files: {
            [`hosts-${domain}`]: `# names\n${inFile.join('\n')}\n\n  10.0.0.7\tfile.${domain} # more\nbad line\n`,
          },
        }),
  }
}

function kubernetes(scene: Scene): Piece {
  const { random } = scene
  const zone = mainZone(scene) === '.' ? 'cluster.local' : mainZone(scene)
  const reverse = random.one(['', ' in-addr.arpa ip6.arpa', ' in-addr.arpa', ' 10.0.0.0/8'])
  const lines = [
    'endpoint @api@',
    ...(random.chance(0.7) ? [`pods ${random.one(['insecure', 'verified', 'disabled'])}`] : []),
    ...(random.chance(0.2) ? ['endpoint_pod_names'] : []),
    ...(random.chance(0.15) ? [`namespaces ${random.one(['default', 'shop default', 'kube-system'])}`] : []),
    ...(random.chance(0.1) ? ['noendpoints'] : []),
    ...(random.chance(0.1) ? ['ignore empty_service'] : []),
    ...(random.chance(0.3) ? ['ttl 30'] : []),
    ...(random.chance(0.3)
      ? []
      : [random.one(['fallthrough', 'fallthrough in-addr.arpa ip6.arpa', `fallthrough svc.${zone}`])]),
  ]
  const names = random.some([...clusterNames.keys()], 7).map((at) => under(clusterNames[at] as string, zone))
  return {
    lines: directive(`kubernetes ${zone}${reverse}`, lines),
    names: [...names, under('', zone).replace(/^\./, '')],
    addresses: random.some(clusterAddresses, 2),
    types: ['SRV', 'SRV', 'NS', 'SOA'],
  }
}

function forward(scene: Scene): Piece {
  const { random } = scene
  const one = (from: string): string[] => {
    const to = random.one([
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.1 192.0.2.2',
      'dns://192.0.2.3',
      '192.0.2.3 192.0.2.4 192.0.2.1',
    ])
    const several = to.includes(' ')
    const options = [
      ...(several && random.chance(0.5) ? [`policy ${random.one(['sequential', 'random', 'round_robin'])}`] : []),
      ...(random.chance(0.25)
        ? [`except ${random.one([domainOf(scene), `sub.${domainOf(scene)} other.test`, 'test'])}`]
        : []),
      ...(random.chance(0.12)
        ? [random.one(['next NXDOMAIN', 'next SERVFAIL', 'next NXDOMAIN SERVFAIL', 'next_on_nodata'])]
        : []),
      ...(random.chance(0.12) ? [random.one(['prefer_udp', 'force_tcp', 'max_fails 0', 'failover SERVFAIL'])] : []),
    ]
    return directive(`forward ${from} ${to}`, options)
  }
  const first = random.chance(0.6) ? '.' : domainOf(scene)
  const lines = one(first)
  if (random.chance(0.2)) lines.push(...one(random.chance(0.5) ? '.' : domainOf(scene)))
  const failing = lines.some((line) => /next|failover/.test(line))
  return {
    lines,
    names: [under('www', domainOf(scene)), 'other.test.'],
    modes: failing ? ['nxdomain', 'servfail'] : ['nxdomain'],
  }
}

function cache(scene: Scene): Piece {
  const { random } = scene
  const lines = [
    ...(random.chance(0.2) ? ['disable denial'] : []),
    ...(random.chance(0.2) ? ['disable success'] : []),
    ...(random.chance(0.2) ? ['success 5000 60'] : []),
    ...(random.chance(0.2) ? ['serve_stale'] : []),
    ...(random.chance(0.2) ? ['servfail 5s'] : []),
  ]
  return { lines: directive(`cache${random.one(['', ' 30', ` 30 ${domainOf(scene)}`])}`, lines), remembers: true }
}

function acl(scene: Scene): Piece {
  const { random } = scene
  const rule = () => {
    const type = random.one(['', '', ' type AAAA', ' type A AAAA', ' type ANY', ' type *'])
    const net = random.one(['', ' net 127.0.0.5', ' net 127.0.0.0/30', ' net *', ' net 10.0.0.0/8 127.0.0.5/32'])
    return `${random.one(['allow', 'block', 'block', 'filter', 'filter', 'drop'])}${type}${net}`
  }
  const lines = directive(`acl${zonesFor(scene)}`, Array.from({ length: 1 + random.below(3) }, rule))
  return { lines, names: [under('www', domainOf(scene))], clients: ['127.0.0.1', '127.0.0.5'] }
}

function dns64(scene: Scene): Piece {
  const { random } = scene
  const lines = [
    ...(random.chance(0.3) ? ['prefix 2001:db8::/96'] : []),
    ...(random.chance(0.3) ? ['translate_all'] : []),
    ...(random.chance(0.5) ? ['allow_ipv4'] : []),
  ]
  return { lines: directive('dns64', lines), names: [under('www', domainOf(scene))], types: ['AAAA', 'AAAA'] }
}

function autopath(scene: Scene): Piece {
  const { random } = scene
  const zone = mainZone(scene) === '.' ? 'cluster.local' : mainZone(scene)
  const path = under('default.svc', zone)
  return {
    lines: [`autopath${random.one(['', ` ${zone}`])} @kubernetes`],
    names: [
      `www.example.org.${path}`,
      `web.${path}`,
      `none.${path}`,
      `web.shop.svc.${path}`,
      `nothing.test.${under('shop.svc', zone)}`,
    ],
    clients: ['127.0.0.7', '127.0.0.8', '127.0.0.1'],
    beside: ['kubernetes'],
    modes: ['nxdomain'],
  }
}

function k8sExternal(scene: Scene): Piece {
  const { random } = scene
  const zone = mainZone(scene) === '.' ? 'ext.test' : `ext.${mainZone(scene)}`
  const lines = [
    ...(random.chance(0.3) ? ['apex me'] : []),
    ...(random.chance(0.3) ? ['headless'] : []),
    ...(random.chance(0.4) ? ['fallthrough'] : []),
  ]
  const names = [
    'web.default',
    'db.default',
    'web.shop',
    '_http._tcp.web.shop',
    'edge.shop',
    'db-0.db.default',
    'none.default',
    'web.none',
    'dns',
    'ns1.dns',
    'default',
  ].map((label) => under(label, zone))
  return {
    lines: directive(`k8s_external ${zone}`, lines),
    names: [...names, `${zone}.`],
    beside: ['kubernetes'],
    types: ['SRV', 'SOA', 'NS'],
  }
}

const simple =
  (line: string, more: Partial<Piece> = {}): WritePiece =>
  (scene) => ({ lines: [line], names: [under('www', domainOf(scene))], ...more })

/** The plugins that are written by chance, those that answer or change answers first. */
export const pieces: Readonly<Record<string, WritePiece>> = {
  hosts,
  kubernetes,
  forward,
  rewrite: rewritePiece,
  template: templatePiece,
  file: filePiece,
  cache,
  acl,
  auto: autoPiece,
  dns64,
  autopath,
  k8s_external: k8sExternal,
  any: simple('any', { types: ['ANY', 'ANY', 'ANY'] }),
  erratic: (scene) =>
    simple(
      scene.random.one([
        'erratic {\n        drop 0\n        delay 0\n        truncate 0\n    }',
        'erratic {\n        drop 1\n    }',
      ]),
    )(scene),
  whoami: simple('whoami'),
  minimal: simple('minimal'),
  loadbalance: simple('loadbalance'),
  chaos: simple('chaos Proof-1 me@example.org', {
    names: ['version.bind.', 'authors.bind.', 'hostname.bind.', 'id.server.'],
  }),
  header: simple('header {\n        response set ra aa\n    }'),
}
