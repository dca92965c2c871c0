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
import { GO_QUESTIONS, RELEASE_QUESTIONS } from './inputs.ts'

type Answer = { value?: unknown; error?: string; panic?: string }
type Questions = Readonly<Record<string, readonly (readonly string[])[]>>

/** The releases that are asked, oldest first; before 1.6.2 CoreDNS does not build from its module. */
const RELEASES = [
  ...['1.6.2', '1.6.9', '1.8.3', '1.8.4', '1.8.6', '1.9.0', '1.9.4', '1.11.1', '1.11.4'],
  ...['1.13.1', '1.13.2', '1.14.2', '1.14.4', '1.14.5', '1.15.0'],
]

const here = import.meta.dirname
const target = join(here, '../../values/recorded')
const builds = join(tmpdir(), 'corefile-values')

function part(release: string): number {
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number)
  return (major * 1000 + minor) * 1000 + patch
}

/** Builds the program with this CoreDNS release, once. */
function build(release: string): string {
  const directory = join(builds, release)
  const binary = join(directory, 'values')
  if (existsSync(binary)) return binary
  mkdirSync(directory, { recursive: true })
  for (const file of readdirSync(here)) if (file.endsWith('.go')) copyFileSync(join(here, file), join(directory, file))
  copyFileSync(join(here, 'go.mod'), join(directory, 'go.mod'))
  const tags = ['1.8.4', '1.10.1'].filter((since) => part(release) < part(since)).map((since) => `before_${since}`)
  if (part(release) >= part('1.14.4')) tags.push('since_1.14.4')
  const go = (...args: string[]) =>
    execFileSync('go', args, {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
    })
  // A dependency of these releases has moved on; the other names symbols of the runtime that Go now hides.
  if (release.startsWith('1.9.') && release !== '1.9.0') {
    const moved = 'gopkg.in/DataDog/dd-trace-go.v1'
    go('mod', 'edit', '-replace', `${moved}=${moved}@v1.54.0`)
  }
  if (release.startsWith('1.6.')) {
    const moved = 'github.com/census-instrumentation/opencensus-proto'
    go('mod', 'edit', '-replace', `${moved}=${moved}@v0.2.1`)
  }
  go('get', `github.com/coredns/coredns@v${release}`)
  go('build', '-ldflags=-checklinkname=0', '-tags', tags.join(',').replaceAll('.', '_'), '-o', 'values', '.')
  return binary
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
