import { domainOf, type Piece, type Scene, under } from './piece.ts'

/** One or several rewrite rules of every kind. */
export function rewritePiece(scene: Scene): Piece {
  const { random } = scene
  const names: string[] = []
  const modes = new Set<'nxdomain' | 'servfail'>(['nxdomain'])
  const rule = (): string[] => {
    const domain = domainOf(scene)
    const target = random.one([domain, 'corp.test', 'sub.example.org'])
    const go = random.one(['', '', ' stop', ' continue'])
    const auto = random.one(['', '', ' answer auto'])
    const from = random.one(['www', 'old', 'api'])
    switch (random.below(14)) {
      case 0:
        names.push(under(from, domain))
        return [`rewrite${go} name exact ${from}.${domain} new.${target}`]
      case 1:
        names.push(under(from, domain))
        return [`rewrite${go} name ${from}.${domain} db.${target}`]
      case 2:
        names.push(under('www', domain), under('a.b', domain))
        return [
          `rewrite${go} name suffix ${random.chance(0.7) ? '.' : ''}${domain}${random.chance(0.7) ? '.' : ''} ${random.chance(0.7) ? '.' : ''}${target}.${auto}`,
        ]
      case 3:
        names.push(under('api-one', domain))
        return [`rewrite${go} name prefix api- svc-${auto}`]
      case 4:
        names.push(under('my-db-one', domain), under('dbdb', domain))
        return [`rewrite${go} name substring db sql`]
      case 5:
        names.push(under('a.b', domain), under('web-1', domain))
        return [`rewrite${go} name regex (.*)\\.${domain.replaceAll('.', '\\.')}\\.? {1}.${target}${auto}`]
      case 6: {
        names.push(under('web-1', domain), under('x', domain))
        const [d, t] = [domain.replaceAll('.', '\\.'), target.replaceAll('.', '\\.')]
        const answers = [
          `    answer name (.*)\\.${t} {1}.${domain}`,
          ...(random.chance(0.4) ? [`    answer value (.*)\\.${t} {1}.${domain}`] : []),
        ]
        return [`rewrite${go} {`, `    name regex (.*)\\.${d} {1}.${target}`, ...answers, '}']
      }
      case 7:
        names.push(under('www', domain))
        return [`rewrite${go} type ${random.one(['AAAA A', 'ANY HINFO', 'A AAAA', 'TXT A'])}`]
      case 8:
        names.push('version.bind.')
        return [`rewrite${go} class CH IN`]
      case 9:
        names.push(under('www', domain))
        return [
          `rewrite${go} ttl ${random.one([`exact www.${domain} 10`, `suffix ${domain} 5-60`, `regex (.*) 30`, 'substring w 20-'])}`,
        ]
      case 10:
      case 11: {
        modes.add('servfail')
        names.push(under('www', domain))
        const kind = random.one([`exact www.${domain}.`, `suffix ${domain}`, 'regex .*', `prefix www`, 'substring ww'])
        return [
          `rewrite${go} rcode ${kind} ${random.one(['NXDOMAIN NOERROR', 'SERVFAIL NXDOMAIN', 'NOERROR NXDOMAIN', 'NXDOMAIN SERVFAIL'])}`,
        ]
      }
      case 12: {
        names.push(under(from, domain), under('alias', domain), under('out', domain))
        const rule = random.one([
          'www.example.org. www.example.net.',
          `exact www.example.net. db.${target}.`,
          'suffix example.org. example.net.',
          'prefix www. web.',
          'regex (.*)\\.example\\.(org|net)\\. {1}.corp.test.',
          'substring target api',
        ])
        return [`rewrite${go} cname ${rule}`]
      }
      default:
        return [`rewrite${go} edns0 local set 0xffee abc`]
    }
  }
  const lines = Array.from({ length: 1 + random.below(3) }, rule).flat()
  return { lines, names, modes: [...modes], types: ['TXT', 'PTR'] }
}
