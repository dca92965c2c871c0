import { describe, expect, it } from 'vitest'
import { queryFor } from '../../../src/resolver/query.ts'
import { complaint } from './complaint.ts'
import { configurations } from './configurations.ts'
import { questionsFor, questionText } from './questions.ts'
import { fingerprintOf, MODES, readSkyDnsRecording } from './record.ts'
import { modelOf } from './translated.ts'

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
})
