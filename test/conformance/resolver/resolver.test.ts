import { describe, expect, it } from 'vitest'
import { programOf } from '../../../grammar/program.ts'
import { isPluginOf } from '../../../grammar/releases.ts'
import { expand } from '../../../src/expand/expand.ts'
import { answering } from '../../../src/resolver/compare.ts'
import { outcomeSummary } from '../../../src/resolver/outcome-summary.ts'
import { isUnknown, outcomeKey } from '../../../src/resolver/same-outcome.ts'
import { readServers } from '../../../src/verdict/servers.ts'
import { ServersView } from '../../../src/verdict/servers-view.ts'
import { hasShared, needsShared } from '../../shared.ts'
import { adapt, Unsupported } from './adapt.ts'
import { type Compared, tallyByTopic, totalOf } from './agreement.ts'
import { isAccepted } from './ask-coredns.ts'
import { concealed, concealedLine, concealedQuestion } from './conceal.ts'
import { difference, expectedReplies } from './expected.ts'
import { configurations } from './generate/configurations.ts'
import { coreDnsModel, queryOf } from './model.ts'
import { isCurrent, readRecording } from './record.ts'
import { formatReply, parseReply } from './reply.ts'
import { compareRecorded, disagreementText, suites } from './run-resolver.ts'

const NEWEST = '1.15.0'

/** How many pairs each release must have been asked about at least. */
const LEAST: Readonly<Record<string, number>> = { 'coredns 1.15.0': 2000, coredns: 500, corpus: 3000, dnsmasq: 1000 }

const recorded = suites
  .filter(({ modelOf }) => modelOf !== undefined)
  .flatMap((suite) => suite.releases.map((release) => ({ name: `${suite.name} ${release}`, suite, release })))

const isAtHand = ({ suite }: (typeof recorded)[number]) => suite.name !== 'corpus' || hasShared

it.skipIf(hasShared)(`the corpus is not asked about${needsShared}`, () => {})

describe.each(recorded.filter(isAtHand))('the model of $name', ({ name, suite, release }) => {
  const compared: Compared[] = [...compareRecorded(suite, release)]
  const { pairs, replies, unknown } = totalOf(tallyByTopic(compared).values())

  it('says what the server said', () => {
    expect(compared.filter(({ standing }) => standing === 'differ').map(disagreementText)).toEqual([])
  })

  it('knows nearly always', () => {
    expect(unknown).toBeLessThanOrEqual(replies * 0.03)
  })

  it('was asked about enough, and nothing changed since', () => {
    expect(pairs).toBeGreaterThanOrEqual(LEAST[name] ?? LEAST[suite.name] ?? 0)
    const recording = readRecording(`${suite.name}-${release}`)
    const asked = suite.configurationsAt(release).filter(({ id }) => recording[id] !== undefined)
    expect(asked.filter((each) => !isCurrent(recording[each.id], each)).map(({ id }) => id)).toEqual([])
    expect(asked.length).toBe(Object.keys(recording).length)
  })
})

describe('the model of CoreDNS without the objects of the cluster', () => {
  const questions = configurations()
    .filter((each) => each.text.includes('@api@') && isAccepted(each, NEWEST))
    .flatMap((configuration) => {
      const [known, symbolic] = [coreDnsModel(configuration, NEWEST), coreDnsModel(configuration, NEWEST, true)]
      return configuration.questions.map((question) => {
        const query = queryOf(question)
        return { configuration, question, known: known.decide(query), symbolic: symbolic.decide(query).outcome }
      })
    })

  it('says the same, or leaves it to the cluster, or to what is behind', () => {
    const wrong = questions.filter(({ known, symbolic }) => {
      if (isUnknown(symbolic) || outcomeKey(known.outcome) === outcomeKey(symbolic)) return false
      if (symbolic.kind !== 'cluster') return true
      const isOfCluster = ['kubernetes', 'k8s_external'].includes(answering(known)?.plugin ?? '')
      return !isOfCluster && outcomeKey(known.outcome) !== outcomeKey(symbolic.otherwise)
    })
    const text = ({ configuration, question, known, symbolic }: (typeof questions)[number]) =>
      `${configuration.id} ${question.name} ${question.type}: ${outcomeSummary(known.outcome)}, symbolic ${outcomeSummary(symbolic)}`
    expect(wrong.map(text)).toEqual([])
    expect(questions.length).toBeGreaterThan(300)
  })
})

describe('a reply in one line', () => {
  it('is read as it was written', () => {
    const question = { name: 'www.example.org.', type: 'A' }
    const reply = {
      rcode: 'NOERROR',
      answers: [
        { name: 'www.example.org.', type: 'CNAME', data: 'a.example.net.' },
        { name: 'a.example.net.', type: 'TXT', data: '"two words"' },
      ],
      referral: [],
      asked: [{ upstream: 2, name: 'www.example.org.', type: 'AAAA' }],
    }
    const line = formatReply(reply, question)
    expect(line).toBe('NOERROR; @ CNAME a.example.net.; a.example.net. TXT "two words" <2 @ AAAA')
    expect(parseReply(line, question)).toEqual(reply)
    expect(parseReply('-', question).rcode).toBeNull()
    expect(parseReply('NOERROR ~ @ NS ns.', question).referral).toEqual([
      { name: 'www.example.org.', type: 'NS', data: 'ns.' },
    ])
  })
})

describe('a concealed reply', () => {
  const question = { name: 'www.Example.org.', type: 'SRV' }
  const line =
    'NOERROR; @ SRV 0 100 53 a.secret.test.; a.secret.test. A 10.1.2.3; b.test. A 100.64.0.2 <2 a.secret.test. A <1 @'

  it('says nothing of the texts that it is about', () => {
    const hidden = concealedLine(line, question)
    expect(hidden).not.toMatch(/secret|10\.1|example/i)
    expect(hidden).toMatch(/^NOERROR; @ SRV .* A 100\.64\.0\.2 <2 \S+ A <1 @$/)
  })

  it('is compared as what it stands for', () => {
    const observed = parseReply(concealedLine(line, question), concealedQuestion(question))
    const { rcode, answers } = parseReply(line, question)
    const asked = { upstream: 1, name: 'WWW.example.org.', type: 'SRV' }
    const expected = (data: string) => ({
      rcode,
      answers: answers.map((one) => (one.type === 'SRV' ? { ...one, data } : one)),
      referral: [],
      asked,
    })
    expect(difference(observed, [concealed(expected('0 100 53 A.secret.test.'))], false)).toBeNull()
    expect(difference(observed, [concealed(expected('0 100 53 b.secret.test.'))], false)).toContain('answers')
    expect(difference(observed, [concealed({ ...expected('0 100 53 a.secret.test.'), asked: null })], false)).toContain(
      'no upstream',
    )
  })
})

describe('an adapted text', () => {
  const adapted = (text: string) => {
    const configuration = expand(text, {
      release: NEWEST,
      isDirective: (name) => isPluginOf(NEWEST, name),
      findImport: () => ({ kind: 'unknown' }),
    })
    return adapt(new ServersView(configuration, readServers(configuration, NEWEST).served, programOf(NEWEST)))
  }

  it('has a listener each, the same number of upstreams, and nothing that listens elsewhere', () => {
    const listeners = adapted(`example.org:53 tls://example.org {
    bind 10.0.0.1
    tls a.pem b.pem
    log
    health :8080
    forward . tls://1.1.1.1 9.9.9.9 /etc/resolv.conf {
        tls_servername one.example
        policy sequential
    }
}
corp.test {
    hosts /etc/names {
        10.0.0.9 "a b"
        fallthrough
    }
    kubernetes cluster.local {
        kubeconfig /root/config admin
        pods verified
    }
}
`)
    const forward = 'forward . 192.0.2.1 192.0.2.2 192.0.2.3 {\n        policy sequential\n    }'
    const block = `example.org:@port@ {\n    ${forward}\n}\n`
    const last = `corp.test:@port@ {
    hosts @files@/hosts-0 {
        10.0.0.9 "a b"
        fallthrough
    }
    kubernetes cluster.local {
        endpoint @api@
        pods verified
    }
}
`
    expect(listeners.map(({ text }) => text)).toEqual([block, block, last])
    expect(listeners[2]?.files).toEqual({ 'hosts-0': '10.9.1.1 host.corp.test\n' })
  })

  it.each([
    ['. {\n    forward . {$UPSTREAM}\n}\n', 'variable not given'],
    ['. {\n    import /etc/more\n}\n', 'import not given'],
    ['. {\n    etcd\n}\n', 'plugin etcd'],
    ['. {\n    kubernetes {\n        labels a=b\n    }\n}\n', 'kubernetes labels'],
    ['. {\n    forward . 192.0.2.3\n}\n', 'words that the harness uses'],
  ])('is not made of %j', (text, why) => {
    expect(() => adapted(text)).toThrow(new Unsupported(why))
  })
})

describe('what an outcome allows', () => {
  it('is to ask upstreams on the way, whatever becomes of it', () => {
    const question = { name: 'a.test.', type: 'HTTPS' }
    const reply = parseReply('NOERROR <1 b.test. A', question)
    const allowed = [{ rcode: 'NOERROR', answers: [], referral: [], asked: null }]
    expect(difference(reply, allowed, false, [{ name: 'b.test.', type: 'A' }])).toBeNull()
    expect(difference(reply, allowed, false, [{ name: 'b.test.', type: 'AAAA' }])).toBe('no upstream expected')
  })

  it('is what the upstreams say, or what happens instead', () => {
    const upstream = {
      kind: 'upstream',
      upstreams: ['192.0.2.1:53', '192.0.2.2:53'],
      policy: 'sequential',
      asks: { name: 'a.test.', type: 'A' },
      changes: [{ when: 'NXDOMAIN', becomes: 'rcode NOERROR' }],
      failover: [],
      next: { rcodes: ['SERVFAIL'], outcome: { kind: 'refused' } },
    } as const
    const asked = { upstream: 1, name: 'a.test.', type: 'A' }
    const answers = [{ name: 'a.test.', type: 'A', data: '100.64.0.1' }]
    expect(expectedReplies(upstream, 'ok')).toEqual([{ rcode: 'NOERROR', answers, referral: [], asked }])
    expect(expectedReplies(upstream, 'nxdomain')).toEqual([{ rcode: 'NOERROR', answers: [], referral: [], asked }])
    expect(expectedReplies(upstream, 'servfail')).toEqual([
      { rcode: 'REFUSED', answers: [], referral: [], asked: 'any' },
    ])
  })
})
