import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/text/diff.ts'

interface Change {
  readonly name: string
  readonly before: string
  readonly after: string
}

const tools = [
  { command: 'patch', args: ['-p1', '--binary', '--quiet', '--no-backup-if-mismatch'] },
  { command: 'git', args: ['apply', '--whitespace=nowarn'] },
].filter(({ command }) => spawnSync(command, ['--version']).status === 0)

/** What a tool makes of all the files when it applies their diffs, as one patch. */
function applyWith(tool: { command: string; args: string[] }, changes: readonly Change[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'corefile-diff-'))
  try {
    for (const { name, before } of changes) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), before)
    }
    const input = changes.map(({ name, before, after }) => unifiedDiff(name, before, after)).join('')
    const env = { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: dirname(folder) }
    const result = spawnSync(tool.command, tool.args, { cwd: folder, input, env })
    expect(result.stderr.toString() + result.stdout.toString()).toBe('')
    expect(result.status).toBe(0)
    return changes.map(({ name }) => readFileSync(join(folder, name), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The changes that a random choice of lines gives, some of them without a last line break, with CRLF, or empty. */
const change = fc
  .tuple(
    fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', '--- x\n', '+++ y\n', '語\n'), { maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(25), fc.nat(3), fc.array(fc.constantFrom('new\n', 'a\n', '\r\n'), { maxLength: 3 })), {
      maxLength: 4,
    }),
    fc.constantFrom('', 'end'),
    fc.constantFrom('', 'end', 'other'),
  )
  .map(([lines, edits, oldEnd, newEnd]) => {
    const after: string[] = [...lines]
    for (const [at, count, text] of edits) after.splice(at, count, ...text)
    return { before: lines.join('') + oldEnd, after: after.join('') + newEnd }
  })
  .filter(({ before, after }) => before !== after)

describe('unifiedDiff', () => {
  it('names an absolute path from the root, as -d / takes it', () => {
    expect(unifiedDiff('/etc/coredns/Corefile', 'a\n', 'b\n')).toMatch(
      /^--- a\/etc\/coredns\/Corefile\n\+\+\+ b\/etc\//,
    )
    for (const tool of tools) {
      expect(applyWith(tool, [{ name: '/sub/Corefile', before: 'a\n', after: 'b\n' }])).toEqual(['b\n'])
    }
  })

  it('reads as people know it', () => {
    expect(unifiedDiff('deploy/Corefile', '. {\n  log\n  errors\n}\n', '. {\n  errors\n}')).toBe(
      [
        '--- a/deploy/Corefile',
        '+++ b/deploy/Corefile',
        '@@ -1,4 +1,3 @@',
        ' . {',
        '-  log',
        '   errors',
        '-}',
        '+}',
        '\\ No newline at end of file',
        '',
      ].join('\n'),
    )
  })

  it('is empty for equal texts', () => {
    expect(unifiedDiff('Corefile', 'a\n', 'a\n')).toBe('')
  })

  it.each(tools)('is applied by $command', (tool) => {
    const special: Change[] = [
      { name: 'crlf', before: '. {\r\n  log\r\n}\r\n', after: '. {\r\n  errors\r\n}\r\n' },
      { name: 'last line break added', before: 'a', after: 'a\n' },
      { name: 'last line break removed', before: 'a\n', after: 'a' },
      { name: 'was empty', before: '', after: '. {\n}\n' },
      { name: 'folder with blanks/Core file', before: 'a\nb\n', after: 'a\nc\n' },
      { name: 'größe', before: 'a\n', after: 'ä\n' },
      { name: 'quote"and\\backslash', before: 'a\n', after: 'b\n' },
    ]
    const random = fc
      .sample(change, { numRuns: 150, seed: 3 })
      .map((sample, index) => ({ name: `f${index}`, ...sample }))
    const changes = [...special, ...random]
    expect(applyWith(tool, changes)).toEqual(changes.map(({ after }) => after))
  })

  it.each(tools)('of thousands of changes is applied by $command', (tool) => {
    const many = fc
      .tuple(fc.integer({ min: 1200, max: 3000 }), fc.integer({ min: 2, max: 9 }), fc.infiniteStream(fc.nat(5)))
      .map(([length, distance, kinds]) => {
        const before: string[] = []
        const after: string[] = []
        for (let index = 0; index < length; index++) {
          const line = `10.0.0.${index % 7} host${index % 50}\n`
          const kind = index % distance === 0 ? (kinds.next().value ?? 0) : -1
          if (kind !== 0) before.push(line)
          if (kind !== 1) after.push(kind === 2 ? `  ${line}` : line)
          if (kind === 3) after.push('new\n')
          if (kind === 4) after.push('x\n', 'y\n', 'z\n')
        }
        return { before: before.join(''), after: `${after.join('')}end` }
      })
    const changes = fc.sample(many, { numRuns: 12, seed: 5 }).map((sample, index) => ({ name: `f${index}`, ...sample }))
    changes.push({ name: 'all', before: 'a\nb\n'.repeat(2000), after: ' a\n b\n'.repeat(2000) })
    expect(applyWith(tool, changes)).toEqual(changes.map(({ after }) => after))
  })

  it('stays small when thousands of changes are far apart', () => {
    const line = (index: number) => `10.0.${index >> 8}.${index & 255} host${index}\n`
    const before = Array.from({ length: 100_000 }, (_, index) => line(index))
    const after = before.map((text, index) => (index % 50 === 25 ? `  ${text}` : text))
    const diff = unifiedDiff('hosts', before.join(''), after.join(''))
    expect(diff.match(/^@@/gm)).toHaveLength(2000)
    expect(diff.match(/^[-+]/gm)).toHaveLength(2 * 2000 + 2)
  })
})
