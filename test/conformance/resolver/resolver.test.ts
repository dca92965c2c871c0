import { describe, expect, it } from 'vitest'
import { answering } from '../../../src/resolver/compare.ts'
import { outcomeSummary } from '../../../src/resolver/outcome-summary.ts'
import { isUnknown, outcomeKey } from '../../../src/resolver/same-outcome.ts'
import { type Compared, tallyByTopic, totalOf } from './agreement.ts'
import { isAccepted } from './ask-coredns.ts'
import { expectedReplies } from './expected.ts'
import { configurations } from './generate/configurations.ts'
import { coreDnsModel, queryOf } from './model.ts'
import { isCurrent, readRecording } from './record.ts'
import { formatReply, parseReply } from './reply.ts'
import { compareRecorded, disagreementText, suites } from './run-resolver.ts'

const NEWEST = '1.15.0'

/** How many pairs each release must have been asked about at least. */
const LEAST: Readonly<Record<string, number>> = { 'coredns 1.15.0': 2000, coredns: 500, dnsmasq: 1000 }

const recorded = suites
  .filter(({ modelOf }) => modelOf !== undefined)
  .flatMap((suite) => suite.releases.map((release) => ({ name: `${suite.name} ${release}`, suite, release })))

describe.each(recorded)('the model of $name', ({ name, suite, release }) => {
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

describe('what an outcome allows', () => {
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
