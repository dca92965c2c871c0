import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteLength, quote, toLower, toUpper, utf8Bytes } from '../../src/values/text.ts'
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

describe('utf8Bytes', () => {
  it('gives what TextEncoder gives, of lone surrogates too', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        expect(utf8Bytes(text)).toEqual([...new TextEncoder().encode(text)])
      }),
    )
  })
})
