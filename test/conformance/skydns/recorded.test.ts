import { describe, expect, it } from 'vitest'
import { coreDnsOf, declarationsOf } from '../../../src/migrate/proof.ts'
import { queryFor } from '../../../src/resolver/query.ts'
import { sameOutcome } from '../../../src/resolver/same-outcome.ts'
import { fingerprint } from '../migrate/source-case.ts'
import type { Question } from '../resolver/configuration.ts'
import { parseReply } from '../resolver/reply.ts'
import { complaint } from './complaint.ts'
import { configurations } from './configurations.ts'
import { etcdDifference } from './etcd-differences.ts'
import { questionsFor, questionText } from './questions.ts'
import { fingerprintOf, MODES, readSkyDnsRecording } from './record.ts'
import { migrationOf, modelOf, RELEASE } from './translated.ts'

/** Rcode and records, without who was asked. */
function answered(said: string, { name }: Question): string {
  const replies = said.split(' | ').map((text) => text.split(' <')[0]?.replaceAll('@', name).toLowerCase())
  return [...new Set(replies)].join(' | ')
}

const migrated = configurations.filter(({ isMigrated }) => isMigrated)

describe('SkyDNS as it runs', () => {
  const recording = readSkyDnsRecording()

  it('is recorded', () => {
    expect(Object.entries(recording).map(([id, { of }]) => [id, of])).toEqual(
      configurations.map((one) => [one.id, fingerprintOf(one)]),
    )
  })

  it.each(configurations.map((one) => [one.id, one] as const))('%s answers as its model says', async (id, one) => {
    const model = await modelOf(one)
    const wrong = MODES.flatMap((mode) =>
      questionsFor(one.domain).flatMap((question) => {
        const said = recording[id]?.replies[mode][questionText(question)]
        if (said === undefined) return mode === 'ok' ? [`${questionText(question)} was not asked`] : []
        const { name, type, class: asked = 'IN' } = question
        const { outcome } = model.decide(queryFor(name, type, { class: asked }))
        const why = complaint(outcome, { question, mode, said }, one)
        return why === null ? [] : [`${mode} ${questionText(question)}: ${why} of ${outcome.kind}: ${said}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it.each(migrated.map((one) => [one.id, one] as const))(
    '%s and its migration differ as the report says',
    async (id, one) => {
      const migration = await migrationOf(one)
      const [source, result] = [await modelOf(one), coreDnsOf(migration.corefile, RELEASE).decider]
      const recorded = recording[id]
      expect(recorded?.result?.of).toBe(fingerprint(migration.corefile))
      const declare = declarationsOf(migration)
      const wrong: string[] = []
      const told = new Set<string>()
      for (const question of questionsFor(one.domain)) {
        const text = questionText(question)
        const [said, later] = [recorded?.replies.ok[text] ?? '', recorded?.result?.replies.ok[text] ?? '']
        if (answered(said, question) === answered(later, question)) continue
        const query = queryFor(question.name, question.type, { class: question.class ?? 'IN' })
        const difference = {
          probe: { query, kind: 'itself', of: query.name } as const,
          old: source.decide(query),
          new: result.decide(query),
        }
        const code = declare(difference)?.code ?? null
        if (!sameOutcome(difference.old.outcome, difference.new.outcome) && code !== null && code !== 'D-ETCD') continue
        const parse = (reply: string) => parseReply(reply.split(' | ')[0] ?? '', question)
        const kind = etcdDifference(question, one, parse(said), parse(later))
        if (kind === null)
          wrong.push(`${text}: ${said} -> ${later} (${difference.old.outcome.kind}, ${difference.new.outcome.kind})`)
        else told.add(kind)
      }
      expect(wrong).toEqual([])
      const notes = migration.items.map(({ note }) => note).join('\n')
      expect([...told].filter((kind) => !notes.includes(kind))).toEqual([])
      expect(told.size).toBeGreaterThan(3)
    },
  )
})
