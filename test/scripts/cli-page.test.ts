import { describe, expect, it } from 'vitest'
import { cliPage } from '../../scripts/pages/cli-page.ts'
import { loadCommands } from '../../src/cli/commands.ts'

describe('the reference of the command line', () => {
  it('has every command, every option, and what its exit codes mean', async () => {
    const { path, text } = cliPage(await loadCommands())
    expect(path).toBe('docs/cli.md')
    for (const { name, options, epilogue } of await loadCommands()) {
      const section = text.split(`\n## corefile ${name}\n`)[1]?.split('\n## ')[0] ?? ''
      for (const option of options) expect(section).toContain(`| \`--${option.name}`)
      expect(epilogue).toMatch(/^Exit codes:$/m)
      expect(section).toContain('\n### Exit codes\n\n| code | |\n|---|---|\n| 0 | ')
    }
  })

  it('leaves nothing of a text to Markdown but options', async () => {
    const command = {
      name: 'x',
      summary: 'y',
      description: 'a <b> *c* --d e_f',
      operands: { name: '', description: '', most: 0 },
      options: [{ name: 'o', value: 'K', group: 'g', description: 'a|b', choices: () => ['one', 'two'] }],
      epilogue: 'Examples:\n  corefile x <y>\n',
      run: async () => 0 as const,
    }
    const { text } = cliPage([command])
    expect(text).toContain('a \\<b\\> \\*c\\* `--d` e\\_f')
    expect(text).toContain('| `--o K` | a\\|b: one, two |')
    expect(text).toContain('### Examples\n\n```\ncorefile x <y>\n```\n')
  })
})
