/**
 * Asks Go, the DNS library and CoreDNS the questions of inputs.ts and writes their answers to test/values/recorded:
 *
 *     node test/conformance/values/record.ts            all of it (needs Go and a module proxy)
 *     node test/conformance/values/record.ts --go       what depends on Go alone
 *
 * An answer that depends on the release is recorded as the list of releases at which it changed.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSince } from '../../../src/values/release.ts'
import { RELEASES } from '../../values/releases.ts'
import { GO_QUESTIONS, RELEASE_QUESTIONS } from './inputs.ts'

type Answer = { value?: unknown; error?: string; panic?: string }
type Questions = Readonly<Record<string, readonly (readonly string[])[]>>

const here = import.meta.dirname
const target = join(here, '../../values/recorded')
const builds = join(tmpdir(), 'corefile-values')

/** Builds the program with this CoreDNS release; what was fetched for it before is used again. */
function build(release: string): string {
  const directory = join(builds, release)
  const fetched = existsSync(join(directory, 'go.sum'))
  mkdirSync(directory, { recursive: true })
  for (const file of readdirSync(here)) if (file.endsWith('.go')) copyFileSync(join(here, file), join(directory, file))
  const go = (...args: string[]) =>
    execFileSync('go', args, {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
    })
  if (!fetched) {
    copyFileSync(join(here, 'go.mod'), join(directory, 'go.mod'))
    for (const moved of movedModules(release)) go('mod', 'edit', '-replace', moved)
    go('get', `github.com/coredns/coredns@v${release}`)
  }
  const tags = ['1.8.4', '1.10.1'].filter((since) => !isSince(release, since)).map((since) => `before_${since}`)
  if (isSince(release, '1.14.4')) tags.push('since_1.14.4')
  // Some dependencies of the older releases name symbols of the runtime that Go now hides.
  go('build', '-ldflags=-checklinkname=0', '-tags', tags.join(',').replaceAll('.', '_'), '-o', 'values', '.')
  return join(directory, 'values')
}

/** Dependencies of a release that are no longer where it looks for them. */
function movedModules(release: string): string[] {
  const datadog = 'gopkg.in/DataDog/dd-trace-go.v1'
  const opencensus = 'github.com/census-instrumentation/opencensus-proto'
  if (release.startsWith('1.9.') && release !== '1.9.0') return [`${datadog}=${datadog}@v1.54.0`]
  return release.startsWith('1.6.') ? [`${opencensus}=${opencensus}@v0.2.1`] : []
}

/** The answers of one build to all questions, in a directory without files. */
function ask(binary: string, questions: Questions): Map<string, Answer[]> {
  const rows = Object.entries(questions).flatMap(([name, all]) => all.map((words) => [name, ...words]))
  const empty = mkdtempSync(join(tmpdir(), 'corefile-values-'))
  const lines = execFileSync(binary, {
    cwd: empty,
    input: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
    .toString()
    .trimEnd()
    .split('\n')
  rmSync(empty, { recursive: true })
  if (lines.length !== rows.length) throw new Error(`${binary} answered ${lines.length} of ${rows.length} questions`)
  const answers = new Map<string, Answer[]>()
  for (const [at, [name = '']] of rows.entries()) {
    const answer = JSON.parse(lines[at] as string) as Answer
    if (!answers.has(name)) answers.set(name, [])
    answers.get(name)?.push(answer)
  }
  return answers
}

function write(name: string, rows: readonly unknown[]): void {
  writeFileSync(join(target, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  process.stdout.write(`${name}: ${rows.length}\n`)
}

mkdirSync(target, { recursive: true })
const newest = build(RELEASES.at(-1) as string)
for (const [name, answers] of ask(newest, GO_QUESTIONS)) {
  const questions = GO_QUESTIONS[name] as readonly (readonly string[])[]
  write(
    name,
    questions.map((words, at) => [words, answers[at]]),
  )
}

if (!process.argv.includes('--go')) {
  const byRelease = RELEASES.map((release) => ({ release, answers: ask(build(release), RELEASE_QUESTIONS) }))
  for (const [name, questions] of Object.entries(RELEASE_QUESTIONS)) {
    const rows = questions.map((words, at) => {
      const changes: [string, Answer][] = []
      for (const { release, answers } of byRelease) {
        const answer = answers.get(name)?.[at] as Answer
        if (answer.panic?.startsWith('no function')) continue
        if (JSON.stringify(changes.at(-1)?.[1]) !== JSON.stringify(answer)) changes.push([release, answer])
      }
      return [words, changes]
    })
    write(name, rows)
  }
}
