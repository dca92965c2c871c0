import { describe, expect, it } from 'vitest'
import { byteLength, quote, toLower, toUpper } from '../../src/values/text.ts'
import { agreesWithGo } from './recorded.ts'

describe('text as Go sees it', () => {
  agreesWithGo('strconv.Quote', (text) => ({ value: quote(text) }))
  agreesWithGo('strings.ToLower', (text) => ({ value: toLower(text) }))
  agreesWithGo('strings.ToUpper', (text) => ({ value: toUpper(text) }))

  it('counts UTF-8 bytes', () => {
    for (const text of ['', 'abc', 'é', '日本語', '😀a', '\uffff']) {
      expect(byteLength(text)).toBe(new TextEncoder().encode(text).length)
    }
  })
})
