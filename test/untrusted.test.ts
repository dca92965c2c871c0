import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formats } from '../src/node/reporters.ts'
import { run } from './cli/program.ts'
import { directoryWith } from './node/directory.ts'

// What a pull request says reaches terminals, logs of workflows, summaries and comments. Each test looks at every format.

/** What a name in a Corefile may hold without a blank, one of each thing that some reader would obey. */
const nasty = [
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u009b2J',
  '\u202e',
  '::error::pwn',
  '::add-mask::x',
  '##[add-mask]y',
  '##[set-output',
  '<script>alert(1)</script>',
  '</details><img/src=x>',
  '%0A::error::z',
  'a|b',
  '`code`',
  '```',
  '[link](https://evil.example)',
  'https://evil.example',
  '@everyone',
  '&lt;b&gt;',
]

/** A Corefile whose zones, plugins, options and arguments are that, each with findings and a fix beside them. */
const hostile = nasty
  .map(
    (word, index) => `${word}z${index}.org {
    foward . 10.0.0.1 ${word}
    ${word} a
    forward . ${word} {
        ${word}
    }
    cache {
        success ${word}
    }
}
`,
  )
  .join('')

const isText = (format: string) => !['json', 'sarif', 'rdjson'].includes(format)

/** All control characters, and those that hide or reorder text. */
const obeyed = /[^\n\P{Cc}]|[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u

describe.each(formats)('%s', (format) => {
  const report = async (files: Readonly<Record<string, string>>, ...words: string[]) => {
    const cwd = directoryWith({ '.git/': '', ...files })
    const env = { GITHUB_ACTIONS: 'true' }
    const { stdout, stderr } = await run(cwd, ['lint', '--format', format, ...words], { env })
    return { stdout, stderr }
  }

  it('shows what files say and obeys nothing of it', async () => {
    const name = `::error::${'\u001b'}[2J%0A<b>|\`,x=y##[add-mask]z.corefile`
    const { stdout, stderr } = await report({ [name]: hostile, Corefile: hostile })
    expect(stdout + stderr).not.toMatch(obeyed)
    expect(stdout.length).toBeGreaterThan(1000)
    const lines = stdout.split('\n')
    const commands = lines.filter((line) => /^\s*::/.test(line))
    if (format === 'github') {
      expect(commands.length).toBeGreaterThan(10)
      for (const command of commands.slice(0, -1)) {
        expect(command).toMatch(
          /^::(error|warning|notice) file=[^:,]+,line=\d+,endLine=\d+,(col=\d+,endColumn=\d+,)?title=[a-z-]+::/,
        )
      }
      expect(commands.at(-1)).toMatch(/^::notice title=corefile::\d+ more/)
    } else {
      expect(commands).toEqual([])
    }
    // The runner looks for the older form of commands in any line that is none of the newer form.
    expect(lines.filter((line) => line.includes('##[') && !commands.includes(line))).toEqual([])
    if (!isText(format)) expect(JSON.parse(stdout)).toBeTypeOf('object')
  })

  it('hides secrets wherever they are quoted', async () => {
    const key = 'c2VjcmV0LWtleQ=='
    const corefile = `. {
    tsig {
        secret a.example. ${key}
        require ${key} AXFR
        sceret b.example. ${key}
    }
    route53 example.org.:Z1 {
        aws_access_key AKIASECRETID wJalrSECRET extra
    }
    azure group:example.org {
        tenant t
        client i
        secret swordfish more
    }
    foward . ${key} AKIASECRETID
    errors ${key}
    bufsize ${key}
}
`
    const indented = corefile.replace(/^/gm, '    ').trimEnd()
    const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: coredns }\ndata:\n  Corefile: |\n${indented}\n`
    for (const words of [[], ['--fix-unsafe', '--diff'], ['--pedantic', '--coredns', '>=1.9 <1.13']]) {
      const { stdout, stderr } = await report({ Corefile: corefile, 'cm.yaml': manifest }, ...words)
      expect(stdout).not.toBe('')
      for (const secret of [key, 'AKIASECRETID', 'wJalrSECRET', 'swordfish']) {
        expect(stdout + stderr).not.toContain(secret)
        expect(stdout + stderr).not.toContain(encodeURIComponent(secret))
      }
    }
  })

  it('reads nothing outside of the work tree', async () => {
    const outside = directoryWith({ 'secret.conf': 'hidden-word a\n', 'zones/b.conf': 'hidden-word b\n' })
    const cwd = directoryWith({
      'repo/.git/': '',
      'repo/deep/inside.conf': 'inside-word a\n',
      'hidden.conf': 'hidden-word c\n',
    })
    symlinkSync(join(outside, 'secret.conf'), join(cwd, 'repo/deep/link.conf'))
    symlinkSync(join(outside, 'zones'), join(cwd, 'repo/deep/zones'))
    const imports = [
      'inside.conf',
      '../../hidden.conf',
      join(outside, 'secret.conf'),
      'link.conf',
      'zones/*.conf',
      '../../*.conf',
    ]
    const text = `. {\n${imports.map((path) => `    import ${path}\n`).join('')}    foward . 10.0.0.1\n}\n`
    const words = ['lint', '--format', format, '-', '--stdin-filename', 'deep/Corefile']
    const { stdout, stderr } = await run(join(cwd, 'repo'), words, { stdin: text })
    expect(stdout).toContain('inside-word')
    expect(stdout + stderr).not.toContain('hidden-word')
  })

  it('is not blown up by aliases', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const part = level === 0 ? 'foward' : `*l${level - 1}`
      return `l${level}: &l${level} [${Array.from({ length: 10 }, () => part).join(', ')}]`
    })
    const bomb = `apiVersion: v1\nkind: ConfigMap\n${levels.join('\n')}\ndata: { Corefile: *l29, other.server: ". {\\n foward . 1.1.1.1\\n}\\n" }\n`
    const started = performance.now()
    const { stdout, stderr } = await report({ 'cm.yaml': bomb, Corefile: '. {\n    foward . 10.0.0.1\n}\n' })
    expect(performance.now() - started).toBeLessThan(5000)
    expect((stdout + stderr).length).toBeLessThan(100_000)
    expect(stdout).toContain('unknown-plugin')
  })
})

describe('markdown', () => {
  it('has the cells it means and no HTML of a file outside of its fences', async () => {
    const cwd = directoryWith({ Corefile: hostile })
    const { stdout } = await run(cwd, ['lint', '--format', 'markdown'])
    const outside = stdout.replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, '')
    expect(outside.match(/<[^>]*>/g)).toEqual(['<details>', '<summary>', '</summary>', '</details>'])
    const rows = outside.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) expect(row.replace(/\\\\/g, '').match(/(?<!\\)\|/g)?.length).toBe(5)
    const plain = outside.replace(/\\./g, '').replace(/\]\(https:\/\/github\.com\/corefile\/[^)]*\)/g, ']()')
    expect(plain).not.toMatch(/`|\]\((?!\))|https?:\/\/|@(?!&#8203;)/)
  })
})
