import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Answerer } from '../answerers.ts'
import { type Compared, compared } from '../comparison.ts'
import { type Answerers, readAnswerers } from '../node/answerers.ts'
import { readExpectations, type WrittenExpectation } from '../node/expectations.ts'
import { isDirectory } from '../node/files.ts'
import { readGiven } from '../node/given-file.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { compareShape, compareText } from '../report/compare.ts'
import { jsonText } from '../report/json-text.ts'
import type { Side } from '../resolver/causes.ts'
import type { Difference } from '../resolver/compare.ts'
import { isAbout, mismatch } from '../resolver/expectation.ts'
import type { Probe } from '../resolver/probes.ts'
import { queryFor } from '../resolver/query.ts'
import { FileLines } from '../text/file-lines.ts'
import type { FilePlace } from '../text/range.ts'
import { visible } from '../text/width.ts'
import { answererOptions, readAnswererOptions } from './answerer-options.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { columnsOf, hasColours, type Io } from './io.ts'
import { ProgressLine } from './progress.ts'
import { isName, tellTargets } from './trace.ts'
import { tellUnreadable } from './unreadable.ts'

const question = 'What is asked'

/** `corefile compare`: which answers change, and why. */
export const compare: Command = {
  name: 'compare',
  summary: 'say which answers change between two configurations',
  description:
    'Asks two configurations the same questions, made from the names that both mention, and groups by cause what is answered differently. OLD and NEW are Corefiles, ConfigMaps, directories, kube-dns or dnsmasq configurations, or - for standard input. One PATH with --coredns OLD..NEW compares two releases with the same text. Nothing is asked over the network.',
  operands: { name: 'OLD NEW', description: 'files, directories, or -', most: 2 },
  options: [
    { name: 'probe', value: 'NAME/TYPE', repeatable: true, group: question, description: 'ask this too; repeatable' },
    {
      name: 'probes',
      value: 'FILE',
      group: question,
      description: 'ask what is in this file too: a name and a type on each line, or a query log of CoreDNS',
    },
    { name: 'expect', value: 'FILE', group: question, description: 'changes that are meant' },
    ...answererOptions,
    {
      name: 'format',
      value: 'FORMAT',
      group: 'What is shown',
      choices: () => ['pretty', 'json'],
      description: 'pretty or json',
    },
  ],
  epilogue: `Differences that lie in the nature of dnsmasq or kube-dns on one side and
CoreDNS on the other are declared, with a code each.

A FILE of changes that are meant:
  changes:
    - query: registry A          # or "*.corp.example", or "*"
      expect: { records: [10.255.0.170] }
      reason: moved out of hostAliases

Exit codes:
  0  the same, or only what is declared or expected
  1  something else is answered differently
  2  wrong usage or configuration, or no server was found
  3  something could not be read, or could not be compared and nothing differs

Examples:
  corefile compare old/Corefile new/Corefile
  kubectl get configmap coredns -n kube-system -o yaml | corefile compare - deploy/coredns.yaml
  corefile compare --coredns 1.11.3..1.15.0 Corefile
  KUBECTL_EXTERNAL_DIFF="corefile compare" kubectl diff -k .
`,
  isRead: true,
  run: runCompare,
}

interface ReadSide {
  /** As the command line has it. */
  readonly path: string
  readonly found: Answerers
  readonly answerers: readonly Answerer[]
}

async function runCompare(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', ['pretty', 'json']) ?? 'pretty'
  const progress = new ProgressLine(io)
  const [old, later] = await readSides(args, io, progress)
  progress.clear()
  const unreadable = [...old.found.unreadable, ...later.found.unreadable]
  tellUnreadable(unreadable, io)
  const pairs = pairUp(old, later)
  const alone = aloneOf(old, later, pairs)
  if (old.answerers.length + later.answerers.length === 0) {
    if (unreadable.length > 0) return exitCode.notFinished
    if (isExternalDiff(args, io)) return exitCode.fine
    throw new WrongUsage(`no Corefile, kube-dns or dnsmasq configuration found in ${args.operands.join(' or ')}`)
  }
  const [empty] = [old, later].filter(({ answerers }) => answerers.length === 0)
  if (empty !== undefined && !isExternalDiff(args, io)) {
    if (unreadable.length > 0) return exitCode.notFinished
    throw new WrongUsage(`no Corefile, kube-dns or dnsmasq configuration found in ${empty.path}`)
  }
  const expected = expectationsOf(args, io)
  const more = probesOfOptions(args, io)
  const asking = { more, expected, progress }
  const results = pairs.map((pair) => ({ pair, ...comparePair(pair, old, later, asking) }))
  progress.clear()
  if (format === 'json') {
    for (const { pair, comparison, ...shown } of results) {
      const name = results.length > 1 ? { name: pair.later.name } : {}
      io.stdout.write(jsonText({ ...name, ...compareShape(comparison, shown) }))
    }
  } else {
    const sides = { old: new FileLines(old.found.textOf), new: new FileLines(later.found.textOf) }
    for (const [at, { pair, comparison, ...shown }] of results.entries()) {
      if (at > 0) io.stdout.write('\n')
      if (results.length + alone.length > 1) io.stdout.write(`${visible(pair.later.name)}:\n`)
      const context = {
        ...shown,
        colours: hasColours(io.stdout, io),
        columns: columnsOf(io.stdout, io),
        placeName: (place: FilePlace, side: Side) => visible(sides[side].nameOf(place)),
      }
      io.stdout.write(compareText(comparison, context))
    }
    if (results.length > 0 && alone.length > 0) io.stdout.write('\n')
  }
  for (const line of alone) (format === 'json' ? io.stderr : io.stdout).write(`${line}\n`)
  if (format === 'pretty') {
    tellTargets(
      pairs.flatMap((pair) => [pair.old.target, pair.later.target]),
      io,
    )
  }
  return codeOf(results, { isIncomplete: unreadable.length > 0, areSomeAlone: alone.length > 0 })
}

/** `kubectl diff` hands over directories of all kinds of objects: none of them a Corefile is no mistake. */
function isExternalDiff(args: Arguments, io: Io): boolean {
  return args.operands.length === 2 && args.operands.every((path) => path !== '-' && isDirectory(resolve(io.cwd, path)))
}

async function readSides(args: Arguments, io: Io, progress: ProgressLine): Promise<[ReadSide, ReadSide]> {
  const [first, second] = args.operands
  const range = args.value('coredns')?.split('..')
  if (first === undefined) throw new WrongUsage('compare what? corefile compare OLD NEW')
  if (second === undefined && range?.length !== 2) {
    throw new WrongUsage('compare with what? corefile compare OLD NEW, or corefile compare --coredns OLD..NEW PATH')
  }
  if (first === '-' && second === '-') throw new WrongUsage('- can be OLD or NEW, not both')
  const options = await readAnswererOptions(args, io, args.operands)
  const of = async (path: string, coredns: string | undefined): Promise<ReadSide> => {
    const onProgress = (files: number, all: number | null) => progress.tell(files, all)
    const own = { ...options, ...(coredns === undefined ? {} : { coredns }), onProgress }
    const found = await readAnswerers(path === '-' ? ['-'] : pathsIn(path, io), own)
    return {
      path,
      found,
      answerers: found.answerers.filter(({ isNodeLocal }) => !isNodeLocal || found.answerers.length === 1),
    }
  }
  const [oldRelease, newRelease] = range?.length === 2 ? range : [undefined, undefined]
  const sides: [ReadSide, ReadSide] = [await of(first, oldRelease), await of(second ?? first, newRelease)]
  const cache = args.value('node-local')
  if (cache === undefined) return sides
  const { behindCache } = await import('../node/node-local.ts')
  const behind = async ({ path, found, answerers }: ReadSide): Promise<ReadSide> => {
    const seen = await behindCache(cache, { ...found, answerers }, options)
    return { path, found: seen, answerers: seen.answerers }
  }
  return [await behind(sides[0]), await behind(sides[1])]
}

/** Objects as `kubectl diff` writes them have names without an ending: `v1.ConfigMap.kube-system.coredns`. */
function pathsIn(path: string, io: Io): string[] {
  const full = resolve(io.cwd, path)
  if (!isDirectory(full)) return [path]
  const objects = readdirSync(full).filter((name) =>
    /^(?:[a-z0-9.-]+\.)?v\d\w*\.(?:ConfigMap|Deployment|DaemonSet|Service)\./.test(name),
  )
  return objects.length > 0 ? objects.sort().map((name) => join(path, name)) : [path]
}

interface Pair {
  readonly old: Answerer
  readonly later: Answerer
}

/** Servers of both sides by what they are called; the only one of each side whatever it is called. */
function pairUp(old: ReadSide, later: ReadSide): Pair[] {
  const [first] = old.answerers
  const [second] = later.answerers
  if (old.answerers.length === 1 && later.answerers.length === 1 && first && second)
    return [{ old: first, later: second }]
  const before = new Map(old.answerers.map((answerer) => [keyOf(answerer, old), answerer]))
  return later.answerers.flatMap((answerer) => {
    const same = before.get(keyOf(answerer, later))
    return same === undefined ? [] : [{ old: same, later: answerer }]
  })
}

/** What a server is known by in both: its object where that is the only one of its name, else its file below what was named. */
function keyOf({ name, path, unit }: Answerer, { path: given, answerers }: ReadSide): string {
  const isOnly = answerers.filter((other) => other.name === name).length === 1
  const below = path.startsWith(`${given}/`) ? path.slice(given.length + 1) : path === given ? '' : path
  return unit?.embedded != null && isOnly ? name : `${below} ${unit?.embedded == null ? '' : name}`
}

/** Servers that only one side has: all that they answer is new or gone. */
function aloneOf(old: ReadSide, later: ReadSide, pairs: readonly Pair[]): string[] {
  const gone = old.answerers.filter((answerer) => !pairs.some((pair) => pair.old === answerer))
  const added = later.answerers.filter((answerer) => !pairs.some((pair) => pair.later === answerer))
  return [
    ...gone.map(({ name }) => `${visible(name)} is gone: nothing answers as it did`),
    ...added.map(({ name }) => `${visible(name)} is new: nothing answered in its place`),
  ]
}

interface Asking {
  readonly more: readonly Probe[]
  readonly expected: readonly WrittenExpectation[]
  readonly progress: ProgressLine
}

function comparePair(
  { old, later }: Pair,
  oldSide: ReadSide,
  newSide: ReadSide,
  { more, expected, progress }: Asking,
): Compared {
  return compared(
    { answerer: old, textOf: oldSide.found.textOf },
    { answerer: later, textOf: newSide.found.textOf },
    {
      more,
      ...(expected.length === 0 ? {} : { expect: (difference) => meant(difference, expected) }),
      onProgress: (asked, all) => progress.tell(asked, all, 'questions'),
    },
  )
}

function meant({ probe, new: later }: Difference, expected: readonly WrittenExpectation[]): { reason: string } | null {
  const found = expected.find(
    ({ query, expect }) => isAbout(query, probe.query) && mismatch(later.outcome, expect) === null,
  )
  return found === undefined ? null : { reason: found.reason }
}

function expectationsOf(args: Arguments, io: Io): readonly WrittenExpectation[] {
  const path = args.value('expect')
  if (path === undefined) return []
  return readExpectations(path, readGiven(path, io.cwd).text).expectations
}

/** Questions of `--probe` and `--probes`. */
function probesOfOptions(args: Arguments, io: Io): Probe[] {
  const own = args.values('probe').map((text) => {
    const [name = '', type = 'A', ...more] = text.split('/')
    if (!isName(name) || more.length > 0 || !/^[A-Za-z][A-Za-z0-9]*$/.test(type))
      throw new WrongUsage(`--probe ${text}: write NAME/TYPE`)
    return probeFor(name, type)
  })
  const path = args.value('probes')
  if (path === undefined) return own
  return [...own, ...probesOfText(path, readGiven(path, io.cwd).text)]
}

/**
 * A name and a type on each line, or what the plugin log writes: `"A IN example.org. udp 41 false 4096"`; other lines of such a log are
 * passed over. Throws a WrongUsage with line and column.
 */
export function probesOfText(path: string, text: string): Probe[] {
  const known = new Map<string, Probe>()
  const isLog = LOGGED.test(text)
  for (const [at, line] of text.split('\n').entries()) {
    const logged = LOGGED.exec(line)
    const words = logged === null ? line.replace(/#.*/, '').trim().split(/\s+/) : [logged[2] ?? '', logged[1] ?? '']
    const [name = '', type = 'A'] = words
    if (name === '' || (isLog && words.length > 2)) continue
    const wrong = words.find((word, number) =>
      number === 0 ? !isName(word) : number > 1 || !/^[A-Za-z][A-Za-z0-9]*$/.test(word),
    )
    if (wrong !== undefined)
      throw new WrongUsage(`${path}:${at + 1}:${line.indexOf(wrong) + 1}: write a name and a type on each line`)
    known.set(`${name} ${type}`, probeFor(name, type))
  }
  return [...known.values()]
}

/** What the plugin log writes of a query, in its usual format. */
const LOGGED = /"([A-Z0-9]+) IN (\S+) (?:udp|tcp|tls|https|grpc|quic) /

function probeFor(name: string, type: string): Probe {
  const query = queryFor(name, type)
  return { query, kind: 'itself', of: query.name }
}

function codeOf(
  results: readonly Compared[],
  { isIncomplete, areSomeAlone }: { readonly isIncomplete: boolean; readonly areSomeAlone: boolean },
): ExitCode {
  if (areSomeAlone || results.some(({ comparison }) => comparison.undeclared.length > 0)) return exitCode.findings
  const isOpen = ({ comparison, untried }: Compared) => comparison.unproved.length + untried.length > 0
  return isIncomplete || results.some(isOpen) ? exitCode.notFinished : exitCode.fine
}
