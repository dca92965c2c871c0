import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkstyle } from '../../src/report/checkstyle.ts'
import { concise } from '../../src/report/concise.ts'
import { github } from '../../src/report/github.ts'
import { gitlab } from '../../src/report/gitlab.ts'
import { json } from '../../src/report/json.ts'
import { junit } from '../../src/report/junit.ts'
import { markdown } from '../../src/report/markdown.ts'
import { pretty } from '../../src/report/pretty.ts'
import { rdjson } from '../../src/report/rdjson.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { sarifReporter } from '../../src/report/sarif.ts'
import { readSituation } from './situation.ts'

// Each file holds a situation and, behind lines of dashes, what the formats named there make of it. `npm test -- -u` writes
// what they make of it now.

const folder = join(import.meta.dirname, 'golden')
const reporters: Readonly<Record<string, Reporter>> = {
  pretty,
  concise,
  json,
  github,
  rdjson,
  markdown,
  junit,
  checkstyle,
  gitlab,
  sarif: sarifReporter([], {}),
}
const divider = /^-----+ (\w+)$/m

describe.each(readdirSync(folder))('%s', (name) => {
  const path = join(folder, name)
  const [situation = '', ...parts] = readFileSync(path, 'utf8').split(divider)
  const formats = parts.filter((_, index) => index % 2 === 0)

  it('names a format', () => {
    expect(formats.length).toBeGreaterThan(0)
  })

  it('is reported as written', async () => {
    const { result, context } = readSituation(situation)
    const sections = formats.map((format) => {
      const reporter = reporters[format]
      if (reporter === undefined) throw new Error(`no format ${format}`)
      return `----- ${format}\n${reporter(result, context).replaceAll('\u001b', '␛')}`
    })
    await expect(`${situation}${sections.join('')}`).toMatchFileSnapshot(path)
  })
})
