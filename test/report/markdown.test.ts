import { describe, expect, it } from 'vitest'
import { markdown } from '../../src/report/markdown.ts'
import { codeBlock, markdownText } from '../../src/report/markdown-text.ts'
import { readSituation } from './situation.ts'

/** A whole finding for each of so many lines, with everything as long as an attacker can make it. */
function hostile(count: number, filler: string) {
  const line = `${filler} x\n`
  const findings = Array.from({ length: count }, (_, index) => ({
    rule: 'a-rule',
    severity: 'error',
    at: `Corefile:${index + 1}:1`,
    message: filler.repeat(4),
    fix: { title: 't', safety: 'safe', edits: [{ at: `Corefile:${index + 1}:1`, text: filler }] },
  }))
  return readSituation(JSON.stringify({ files: { Corefile: line.repeat(count) }, findings }))
}

describe('markdown', () => {
  it.each(['<|`*_&', '\u202e\u0000', '東👍', '`'.repeat(500)])(
    'stays far below 1 MiB whatever a file says: %j',
    (part) => {
      const { result, context } = hostile(600, part.repeat(Math.ceil(300 / part.length)))
      const text = markdown(result, context)
      expect(Buffer.byteLength(text)).toBeLessThan(1_000_000)
      expect(text).toMatch(/… and \d+ more; the log has them all/)
      expect(text).toMatch(/… more of it with corefile lint --diff/)
      expect(text.trimEnd().split('\n').at(-1)).toBe('CoreDNS 1.12.0')
    },
  )

  it('links a place where the edge knows its address', () => {
    const { result, context } = readSituation(
      `{ files: { 'a b.yaml': x }, findings: [{ rule: a, severity: info, at: 'a b.yaml:1:1', message: m }] }`,
    )
    const placeUrl = (path: string, line: number) => `https://example.org/${encodeURIComponent(path)}#L${line}`
    expect(markdown(result, { ...context, placeUrl })).toContain('| [a b.yaml:1](https://example.org/a%20b.yaml#L1) |')
  })

  it('hides secrets of any length in the diff, on both sides', () => {
    const { result, context } = readSituation(
      JSON.stringify({
        files: { Corefile: 'tsig ab\nkey c2VjcmV0\nfoward\n' },
        secrets: ['Corefile:1:6 ab', 'Corefile:2:5 c2VjcmV0'],
        findings: [
          {
            rule: 'a',
            severity: 'error',
            at: 'Corefile:3:1 foward',
            message: 'm',
            fix: { title: 't', safety: 'safe', edits: [{ at: 'Corefile:3:1 foward', text: 'forward' }] },
          },
          {
            rule: 'a',
            severity: 'error',
            at: 'Corefile:2:5 c2VjcmV0',
            message: 'm',
            fix: { title: 't', safety: 'safe', edits: [{ at: 'Corefile:2:7 Vj', text: '' }] },
          },
        ],
      }),
    )
    const text = markdown(result, context)
    expect(text).toContain(' tsig ***\n key ***\n-foward\n+forward')
    expect(text).not.toMatch(/ab\b|c2/)
  })
})

describe('markdownText', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['<script>&lt;', '&lt;script&gt;&amp;lt;'],
    ['`a` *b* _c_ ~d~ $e$', '\\`a\\` \\*b\\* \\_c\\_ \\~d\\~ \\$e\\$'],
    ['![x](https://example.org)', '\\!\\[x\\](https&#58;//example.org)'],
    ['www.example.org @user #1', 'www&#46;example.org @&#8203;user \\#1'],
    ['- a', '\\- a'],
    ['1. a', '1\\. a'],
    ['\\|', '\\\\\\|'],
    ['a\n\u001b[31m\u202e', 'a␊␛\\[31m&lt;U+202E&gt;'],
  ])('%j', (text, expected) => {
    expect(markdownText(text)).toBe(expected)
  })
})

describe('codeBlock', () => {
  it('is ended by none of its lines', () => {
    expect(codeBlock(['a', '````', '```'], 'diff')).toBe('`````diff\na\n````\n```\n`````')
    expect(codeBlock(['a'], '')).toBe('```\na\n```')
  })
})
