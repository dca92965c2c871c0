import type { Finding, Rule, RuleContext } from '../../src/lint/rule.ts'
import { defineRule, type RuleDescription } from '../../src/lint/rule.ts'
import { type LintOptions, lint } from '../../src/lint/run.ts'
import type { InputFile } from '../../src/lint/workspace.ts'
import { optionsFor } from '../rules/lint-text.ts'

/** A rule that reports every directive of one name, to see what the engine makes of a report. */
export function probe(
  plugin: string,
  description: Partial<RuleDescription> = {},
  more: Omit<Partial<Finding>, 'at'> = {},
): Rule {
  return defineRule({
    id: `no-${plugin}`,
    severity: 'warning',
    effects: ['misbehaves'],
    check({ servers, report }) {
      for (const { name } of servers.plugins(plugin)) report({ at: name.place, message: `${plugin} is here`, ...more })
    },
    ...description,
  })
}

/** A rule made of its check alone. */
export function rule(check: (context: RuleContext) => void, description: Partial<RuleDescription> = {}): Rule {
  return defineRule({ id: 'probe', severity: 'warning', effects: ['misbehaves'], check, ...description })
}

/** Runs rules over files, imports answered from `files` of the options alone. */
export function run(
  files: readonly InputFile[] | string,
  rules: readonly Rule[],
  more: Partial<LintOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
) {
  const { files: imported = {}, ...options } = more
  const given = typeof files === 'string' ? [{ path: 'Corefile', text: files }] : files
  const [first] = given
  return lint(given, { ...optionsFor(first?.text ?? '', { rules, files: imported }), ...options })
}

/** What every finding stands on, file by file: `PATH RULE "words"`. */
export async function seen(...args: Parameters<typeof run>): Promise<string[]> {
  const { files } = await run(...args)
  return files.flatMap(({ path, text, findings }) =>
    findings.map(({ ruleId, range }) => `${path} ${ruleId} "${text.slice(range.start, range.end)}"`),
  )
}

/** A ConfigMap whose Corefile is a literal block, `before` being lines right above the key. */
export function configMap(corefile: string, before: readonly string[] = [], newline = '\n'): string {
  const lines = corefile.replace(/\n$/, '').split('\n')
  return [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: coredns',
    '  namespace: kube-system',
    'data:',
    ...before.map((line) => `  ${line}`),
    '  Corefile: |',
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
    '',
  ].join(newline)
}
