import type { Reporter } from '../report/reporter.ts'
import { rules } from '../rules/index.ts'

/** How to load the reporter of each format: none is here before it is asked for. */
const loaders = {
  pretty: async () => (await import('../report/pretty.ts')).pretty,
  concise: async () => (await import('../report/concise.ts')).concise,
  json: async () => (await import('../report/json.ts')).json,
  sarif: async () => {
    const { sarifReporter } = await import('../report/sarif.ts')
    const { ruleTexts } = await import('../rules/texts.ts')
    return sarifReporter(rules, ruleTexts)
  },
  github: async () => (await import('../report/github.ts')).github,
  rdjson: async () => (await import('../report/rdjson.ts')).rdjson,
  junit: async () => (await import('../report/junit.ts')).junit,
  checkstyle: async () => (await import('../report/checkstyle.ts')).checkstyle,
  gitlab: async () => (await import('../report/gitlab.ts')).gitlab,
  markdown: async () => (await import('../report/markdown.ts')).markdown,
} satisfies Readonly<Record<string, () => Promise<Reporter>>>

/** A form in which results are reported. */
export type Format = keyof typeof loaders

/** All of them, in the order in which they are listed. */
export const formats = Object.keys(loaders) as readonly Format[]

/** The reporter of a format. */
export function loadReporter(format: Format): Promise<Reporter> {
  return loaders[format]()
}
