import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../src/resolver/compare.ts'
import type { Decider } from '../../src/resolver/decision.ts'
import { overlaid } from '../../src/resolver/overlay.ts'
import { probesOf } from '../../src/resolver/probes.ts'
import { queryFor } from '../../src/resolver/query.ts'
import { corpusFiles, hasShared, needsShared } from '../shared.ts'
import { modelOf } from './coredns/decide.ts'

/** The probes for which the outcome alone is not the one that the decision has. */
function unlike(decider: Decider): string[] {
  return [...probesOf([decider.vocabulary])].flatMap(({ query }) => {
    const alone = JSON.stringify(outcomeOf(decider, query))
    return alone === JSON.stringify(decider.decide(query).outcome) ? [] : [`${query.name} ${query.type}: ${alone}`]
  })
}

const text = `.:53 {
    rewrite name regex (.*)\\.old\\.example {1}.new.example answer auto
    rewrite stop type ANY HINFO
    template IN A tpl.example {
        match ^ip-(\\d+)\\.
        answer "{{ .Name }} 60 IN CNAME www.new.example."
        fallthrough
    }
    hosts /dev/null {
        10.0.0.1 www.new.example
        fallthrough
    }
    kubernetes cluster.local in-addr.arpa {
        fallthrough in-addr.arpa
    }
    file db zone.example
    acl inner.example {
        block net 10.0.0.0/8
    }
    dns64
    cache 30
    forward . 10.0.0.53 10.0.0.54 {
        except internal.example
    }
}
tcp.example:5353 {
    bind 127.0.0.1
    whoami
}
view.example {
    view one {
        expr client_ip() == '10.0.0.9'
    }
    forward . 10.0.0.55
}
`
const zone = '@ SOA ns me 1 2 3 4 5\nalias CNAME www.new.example.\n* TXT wild\nsub NS ns.sub\n'

describe('the outcome alone', () => {
  it('is the one of the decision', () => {
    expect(unlike(modelOf(text, { files: { db: zone } }))).toEqual([])
    expect(unlike(overlaid(modelOf(text), [{ name: 'www.new.example', address: '10.9.9.9' }]))).toEqual([])
  })

  it('is the one of the decision for other servers and classes too', () => {
    const decider = modelOf(text)
    for (const more of [
      { server: { address: '127.0.0.1', port: 5353 } },
      { server: { address: null, port: 99 } },
      { transport: 'tls' as const },
      { class: 'CH' },
      { client: '10.0.0.9' },
    ]) {
      const query = queryFor('a.view.example.', 'A', more)
      expect(outcomeOf(decider, query)).toEqual(decider.decide(query).outcome)
    }
  })

  it.skipIf(!hasShared)(`is the one of the decision in real Corefiles${needsShared}`, () => {
    const texts = corpusFiles('corefiles').filter((_, at) => at % 5 === 0)
    expect(
      texts.flatMap(({ name, text: corefile }) => unlike(modelOf(corefile)).map((one) => `${name} ${one}`)),
    ).toEqual([])
  })
})
