import { RULE_PAGES } from '../lint/collector.ts'
import type { Rule } from '../lint/rule.ts'
import { painter } from '../report/paint.ts'
import { rules as allRules } from '../rules/index.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { hasColours, type Io } from './io.ts'

/** `corefile rules`: the list of rules, for people or as `{ version, rules }`. */
export const rules: Command = {
  name: 'rules',
  summary: 'list the rules of lint',
  description:
    'Lists what lint looks for: the severity of what a rule finds, how it can be mended, and what it is about.',
  operands: { name: '', description: '', most: 0 },
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      group: 'Options',
      choices: () => ['pretty', 'json'],
      description: 'pretty or json',
    },
  ],
  epilogue: `Exit codes:
  0  the rules were listed
  2  wrong usage

Examples:
  corefile rules
  corefile rules --format json
  corefile explain hosts-missing-fallthrough   more about one
`,
  run: listRules,
}

/** A rule as `rules --format json` and `explain --format json` show it. */
export function ruleShape({ id, severity, effects, group, fix, releases }: Rule, summary: string) {
  return { id, severity, effects, group, summary, fix, releases, url: `${RULE_PAGES}${id}.md` }
}

async function listRules(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', ['pretty', 'json']) ?? 'pretty'
  const { ruleTexts } = await import('../rules/texts.ts')
  const summaryOf = ({ id }: Rule) => ruleTexts[id]?.summary ?? ''
  if (format === 'json') {
    const shapes = allRules.map((rule) => ruleShape(rule, summaryOf(rule)))
    io.stdout.write(`${JSON.stringify({ version: 1, rules: shapes }, null, 2)}\n`)
    return exitCode.fine
  }
  const paint = painter(hasColours(io.stdout, io))
  const width = Math.max(...allRules.map(({ id }) => id.length))
  const lines = allRules.map((rule) => {
    const { id, severity, fix, group } = rule
    const flag = fix === null ? '' : fix === 'safe' ? '--fix' : '--fix-unsafe'
    const pedantic = group === 'pedantic' ? ' (pedantic)' : ''
    const cells = [paint(severity, severity.padEnd(7)), paint('path', id.padEnd(width)), paint('rule', flag.padEnd(12))]
    return `${cells.join('  ')}  ${summaryOf(rule)}${pedantic}`
  })
  io.stdout.write(`${lines.join('\n')}\n`)
  return exitCode.fine
}
