import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Answerer } from '../answerers.ts'
import { readAnswerers } from '../node/answerers.ts'
import { readExpectations, writeExpectations } from '../node/expectations.ts'
import { readText } from '../node/files.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { jsonText } from '../report/json-text.ts'
import { painter } from '../report/paint.ts'
import { counted } from '../report/words.ts'
import { expectationOf, mismatch, type QueryPattern } from '../resolver/expectation.ts'
import { queryFor } from '../resolver/query.ts'
import { visible } from '../text/width.ts'
import { answererOptions, readAnswererOptions } from './answerer-options.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { hasColours, type Io } from './io.ts'
import { tellUnreadable } from './unreadable.ts'

/** What a file of expectations is called where none is named. */
const USUAL_NAME = 'corefile_test.yaml'
/** Names that a first file of expectations has at most. */
const MOST_INITIAL = 40

/** `corefile test`: expectations about answers, kept beside the Corefile. */
export const test: Command = {
  name: 'test',
  summary: 'check expectations about answers',
  description: `Asks what files of expectations say and compares. FILE is such a file, ${USUAL_NAME} when missing; the Corefile stands in it, as a path from there. Nothing is asked over the network.`,
  operands: {
    name: '[FILE...]',
    description: 'files of expectations; with --init Corefiles',
    most: Number.POSITIVE_INFINITY,
  },
  options: [
    {
      name: 'init',
      group: 'What is done',
      description: 'write expectations from what a Corefile answers today to standard output',
    },
    ...answererOptions,
    {
      name: 'format',
      value: 'FORMAT',
      group: 'What is shown',
      choices: () => ['pretty', 'json'],
      description: 'pretty or json',
    },
  ],
  epilogue: `A file of expectations:
  corefile: deploy/coredns.yaml
  coredns: 1.12.0                # optional
  tests:
    - query: registry A
      expect: { records: [10.255.0.170] }
    - query: example.org
      expect: { outcome: upstream, upstream: 10.0.0.53 }
    - query: db.corp.example AAAA
      expect: { not: { outcome: servfail } }

Outcomes: records, nodata, nxdomain, refused, servfail, rcode, upstream,
cluster, file, etcd, referral, dropped.

Exit codes:
  0  all expectations hold
  1  some do not
  2  wrong usage, or a file of expectations that is wrong
  3  something could not be read

Examples:
  corefile test --init deploy/coredns.yaml > ${USUAL_NAME}
  corefile test
`,
  isRead: true,
  run: runTest,
}

async function runTest(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.has('init')) return writeFirst(args, io)
  const format = args.choice('format', ['pretty', 'json']) ?? 'pretty'
  const files = args.operands.length > 0 ? args.operands : [USUAL_NAME]
  if (args.operands.length === 0 && !existsSync(resolve(io.cwd, USUAL_NAME))) {
    throw new WrongUsage(`there is no ${USUAL_NAME} here: ${io.program} test --init COREFILE writes one`)
  }
  const results: { file: string; line: number; query: string; why: string | null }[] = []
  let isIncomplete = false
  for (const file of files) {
    const read = readText(resolve(io.cwd, file))
    if ('error' in read) {
      tellUnreadable([{ path: file, message: read.error }], io)
      isIncomplete = true
      continue
    }
    const { paths, coredns, expectations } = readExpectations(file, read.text)
    if (paths.length === 0)
      throw new WrongUsage(`${file} says no corefile: write "corefile: PATH", from the directory of the file`)
    const options = await readAnswererOptions(args, io, [])
    const own = coredns === null || args.value('coredns') !== undefined ? options : { ...options, coredns }
    const { answerers, unreadable } = await readAnswerers(
      paths.map((path) => (isAbsolute(path) ? path : join(dirname(file), path))),
      own,
    )
    tellUnreadable(unreadable, io)
    isIncomplete ||= unreadable.length > 0
    const [answerer] = answerers.filter(({ isNodeLocal }) => !isNodeLocal)
    if (answerer === undefined) {
      if (unreadable.length > 0) continue
      throw new WrongUsage(`${file}: no Corefile found in ${paths.join(', ')}`)
    }
    for (const { query, expect, line } of expectations) {
      results.push({
        file,
        line,
        query: queryText(query),
        why: failing(query, answerer, (outcome) => mismatch(outcome, expect)),
      })
    }
  }
  const failed = results.filter(({ why }) => why !== null)
  if (format === 'json') io.stdout.write(jsonText({ version: 1, tests: results.length, failed }))
  else {
    const paint = painter(hasColours(io.stdout, io))
    for (const { file, line, query, why } of failed) {
      io.stdout.write(
        `${paint('path', visible(`${file}:${line}`))} ${paint('error', 'failed')} ${visible(query)}: ${visible(why ?? '')}\n`,
      )
    }
    io.stdout.write(
      `${counted(results.length, 'expectation')}, ${failed.length === 0 ? 'all hold' : `${failed.length} failed`}\n`,
    )
  }
  if (failed.length > 0) return exitCode.findings
  return isIncomplete ? exitCode.notFinished : exitCode.fine
}

/** Patterns are tried on a name that stands for all of them; without a type on the two of addresses. */
function failing(
  { name, type }: QueryPattern,
  { decider }: Answerer,
  check: (outcome: ReturnType<typeof decider.decide>['outcome']) => string | null,
): string | null {
  const asked = name === '*' ? 'zzprobe.zza.zzb' : name.replace(/^\*\./, 'zzprobe.')
  for (const one of type === null ? ['A', 'AAAA'] : [type]) {
    const why = check(decider.decide(queryFor(asked, one)).outcome)
    // A name with one family alone has no data for the other, which nobody means who names no type.
    if (
      why !== null &&
      !(type === null && one === 'AAAA' && decider.decide(queryFor(asked, one)).outcome.kind === 'nodata')
    )
      return type === null ? `${one}: ${why}` : why
  }
  return null
}

function queryText({ name, type }: QueryPattern): string {
  return type === null ? name : `${name} ${type}`
}

async function writeFirst(args: Arguments, io: Io): Promise<ExitCode> {
  const paths = args.operands.length > 0 ? args.operands : ['.']
  const { answerers, unreadable } = await readAnswerers(paths, await readAnswererOptions(args, io, paths))
  tellUnreadable(unreadable, io)
  const [answerer] = answerers.filter(({ isNodeLocal }) => !isNodeLocal)
  if (answerer === undefined) {
    if (unreadable.length > 0) return exitCode.notFinished
    throw new WrongUsage(`no Corefile found in ${paths.join(', ')}`)
  }
  const { vocabulary } = answerer.decider
  const names = [...vocabulary.names].slice(0, MOST_INITIAL)
  const domains = [...vocabulary.domains]
    .filter((domain) => domain !== '.' && !domain.endsWith('.arpa.'))
    .slice(0, MOST_INITIAL)
  const queries = [
    ...names,
    ...[...vocabulary.clusterDomains].map((domain) => `kubernetes.default.svc.${domain}`),
    ...domains.map((domain) => `www.${domain}`),
    'example.org.',
  ]
  const tests = [...new Set(queries)].flatMap((name) => {
    const { outcome } = answerer.decider.decide(queryFor(name, 'A'))
    if (outcome.kind === 'unknown') return []
    return [{ query: `${name.replace(/(.)\.$/, '$1')} A`, expect: expectationOf(outcome) }]
  })
  io.stdout.write(writeExpectations(answerer.path, tests))
  return unreadable.length > 0 ? exitCode.notFinished : exitCode.fine
}
