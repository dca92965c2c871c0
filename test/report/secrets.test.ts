import { describe, expect, it } from 'vitest'
import { secretsOf } from '../../src/report/secrets.ts'

describe('secretsOf', () => {
  const text = 'tsig key c2VjcmV0 ab\nnext c2VjcmV0x'
  const secrets = secretsOf(text, [
    { start: 18, end: 20 },
    { start: 9, end: 17 },
    { start: 12, end: 17 },
  ])

  it('hides a stretch whatever its length, and knows where the rest went', () => {
    const { text: shown, at } = secrets.inRange({ start: 0, end: 20 })
    expect(shown).toBe('tsig key *** ***')
    expect([0, 9, 12, 17, 18, 20].map(at)).toEqual([0, 9, 9, 12, 13, 16])
  })

  it('hides a stretch that begins or ends inside of a secret', () => {
    expect(secrets.inRange({ start: 11, end: 19 }).text).toBe('*** ***')
    expect(secrets.inRange({ start: 0, end: 8 }).text).toBe('tsig key')
  })

  it('hides a word where it is not known for a secret', () => {
    const start = text.length + 1
    const again = secretsOf(`${text} "c2VjcmV0" ab`, [
      { start: 9, end: 17 },
      { start: 18, end: 20 },
    ])
    expect(again.inRange({ start, end: start + 13 }).text).toBe('"***" ab')
  })

  it('hides in sentences what nobody writes by chance', () => {
    expect(secrets.inText('"c2VjcmV0" is no about')).toBe('"***" is no about')
  })
})
