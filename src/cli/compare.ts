import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Answerer, type Answerers, readAnswerers } from '../node/answerers.ts'
import { readExpectations, type WrittenExpectation } from '../node/expectations.ts'
import { readText } from '../node/files.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { compareShape, compareText } from '../report/compare.ts'
import { type Comparison, compare as compareServers, type Difference } from '../resolver/compare.ts'
import type { Decider } from '../resolver/decision.ts'
import { declare } from '../resolver/declared.ts'
import { isAbout, mismatch } from '../resolver/expectation.ts'
import { type Probe, probesOf } from '../resolver/probes.ts'
import { queryFor } from '../resolver/query.ts'
import { type Restart, restartFor } from '../resolver/restart.ts'
import { visible } from '../text/width.ts'
import { answererOptions, readAnswererOptions } from './answerer-options.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { hasColours, type Io } from './io.ts'
import { Places, targetText } from './trace.ts'

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
  epilogue: `Differences that lie in the nature of dnsmasq or kube-dns on one side and CoreDNS on the other are declared, with
a code each. A FILE of changes that are meant:
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
  run: runCompare,
}

interface Side {
  readonly found: Answerers
  readonly answerers: readonly Answerer[]
}

async function runCompare(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', ['pretty', 'json']) ?? 'pretty'
  const [old, later] = await readSides(args, io)
  const unreadable = [...old.found.unreadable, ...later.found.unreadable]
  for (const { path, message } of unreadable)
    io.stderr.write(`${io.program}: cannot read ${visible(path)}: ${message}\n`)
  const pairs = pairUp(old, later)
  if (pairs.length === 0) {
    if (unreadable.length > 0) return exitCode.notFinished
    if (old.answerers.length + later.answerers.length === 0 && isExternalDiff(args, io)) return exitCode.fine
    throw new WrongUsage(`no Corefile, kube-dns or dnsmasq configuration found in ${args.operands.join(' or ')}`)
  }
  const expected = expectationsOf(args, io)
  const results = pairs.map((pair) => comparePair(pair, probesOfOptions(args, io), expected))
  const shapes: unknown[] = []
  for (const [at, { comparison, probes, restart, pair }] of results.entries()) {
    if (format === 'json') {
      shapes.push(
        results.length > 1
          ? { name: pair.later.name, ...compareShape(comparison, restart) }
          : compareShape(comparison, restart),
      )
      continue
    }
    if (at > 0) io.stdout.write('\n')
    if (results.length > 1) io.stdout.write(`${visible(pair.later.name)}:\n`)
    const places = new Places({ ...later.found, textOf: (path) => later.found.textOf(path) ?? old.found.textOf(path) })
    const context = { colours: hasColours(io.stdout, io), placeName: places.name.bind(places), probes, restart }
    io.stdout.write(compareText(comparison, context))
    tellRefused(pair, io)
  }
  if (format === 'json') for (const shape of shapes) io.stdout.write(`${JSON.stringify(shape, null, 2)}\n`)
  else tellTargets(pairs, io)
  return codeOf(
    results.map(({ comparison }) => comparison),
    unreadable.length > 0,
  )
}

/** `kubectl diff` hands over directories of all kinds of objects: none of them a Corefile is no mistake. */
function isExternalDiff(args: Arguments, io: Io): boolean {
  return args.operands.length === 2 && args.operands.every((path) => path !== '-' && isDirectory(resolve(io.cwd, path)))
}

async function readSides(args: Arguments, io: Io): Promise<[Side, Side]> {
  const [first, second] = args.operands
  const range = args.value('coredns')?.split('..')
  if (first === undefined) throw new WrongUsage('compare what? corefile compare OLD NEW')
  if (second === undefined && range?.length !== 2) {
    throw new WrongUsage('compare with what? corefile compare OLD NEW, or corefile compare --coredns OLD..NEW PATH')
  }
  if (first === '-' && second === '-') throw new WrongUsage('- can be OLD or NEW, not both')
  const options = await readAnswererOptions(args, io, args.operands)
  const of = async (path: string, coredns: string | undefined): Promise<Side> => {
    const own = coredns === undefined ? options : { ...options, coredns }
    const found = await readAnswerers(path === '-' ? ['-'] : pathsIn(path, io), own)
    return {
      found,
      answerers: found.answerers.filter(({ isNodeLocal }) => !isNodeLocal || found.answerers.length === 1),
    }
  }
  const [oldRelease, newRelease] = range?.length === 2 ? range : [undefined, undefined]
  const sides: [Side, Side] = [await of(first, oldRelease), await of(second ?? first, newRelease)]
  const cache = args.value('node-local')
  if (cache === undefined) return sides
  const { nodeLocalOf } = await import('../node/node-local.ts')
  const behind = async ({ found, answerers }: Side): Promise<Side> => ({
    found,
    answerers: await Promise.all(
      answerers.map(async (answerer) => ({
        ...answerer,
        decider: await nodeLocalOf(cache, answerer.decider, options),
      })),
    ),
  })
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

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

interface Pair {
  readonly old: Answerer
  readonly later: Answerer
}

/** Servers of both sides by what they are called; the only one of each side whatever it is called. */
function pairUp(old: Side, later: Side): Pair[] {
  const [first] = old.answerers
  const [second] = later.answerers
  if (old.answerers.length === 1 && later.answerers.length === 1 && first && second)
    return [{ old: first, later: second }]
  return later.answerers.flatMap((answerer) => {
    const same = old.answerers.find(({ name }) => name === answerer.name)
    return same === undefined ? [] : [{ old: same, later: answerer }]
  })
}

function comparePair(pair: Pair, more: readonly Probe[], expected: readonly WrittenExpectation[]) {
  const { old, later } = pair
  const { probes } = probesOf([old.decider.vocabulary, later.decider.vocabulary])
  const all = [...probes, ...more]
  const comparison = compareServers(old.decider, later.decider, all, {
    ...(isCoreDns(old.decider) === isCoreDns(later.decider) ? {} : { declare }),
    expect: (difference) => meant(difference, expected),
  })
  const restart: Restart | null =
    old.servers === null || later.servers === null ? null : restartFor(old.servers, later.servers)
  return { comparison, probes: all, restart, pair }
}

function isCoreDns({ program }: Decider): boolean {
  return program.startsWith('CoreDNS')
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
  const read = readText(resolve(io.cwd, path))
  if ('error' in read) throw new WrongUsage(`cannot read ${path}: ${read.error}`)
  return readExpectations(path, read.text).expectations
}

/** Questions of `--probe` and `--probes`. */
function probesOfOptions(args: Arguments, io: Io): Probe[] {
  const own = args.values('probe').map((text) => {
    const [name = '', type = 'A', ...more] = text.split('/')
    if (name === '' || more.length > 0) throw new WrongUsage(`--probe ${text}: write NAME/TYPE`)
    return probeFor(name, type)
  })
  const path = args.value('probes')
  if (path === undefined) return own
  const read = readText(resolve(io.cwd, path))
  if ('error' in read) throw new WrongUsage(`cannot read ${path}: ${read.error}`)
  return [...own, ...probesOfText(read.text)]
}

/** A name and a type on each line, or what the plugin log writes: `"A IN example.org. udp 41 false 4096"`. */
export function probesOfText(text: string): Probe[] {
  const known = new Map<string, Probe>()
  for (const line of text.split('\n')) {
    const logged = /"([A-Z0-9]+) IN (\S+) (?:udp|tcp|tls|https|grpc|quic) /.exec(line)
    const [name, type = 'A'] = logged === null ? line.replace(/#.*/, '').trim().split(/\s+/) : [logged[2], logged[1]]
    if (name === undefined || name === '' || !/^[A-Za-z][A-Za-z0-9]*$/.test(type)) continue
    known.set(`${name} ${type}`, probeFor(name, type))
  }
  return [...known.values()]
}

function probeFor(name: string, type: string): Probe {
  const query = queryFor(name, type)
  return { query, kind: 'itself', of: query.name }
}

function tellRefused({ old, later }: Pair, io: Io): void {
  for (const { verdicts, path } of [old, later]) {
    const refused = verdicts.find(({ kind }) => kind === 'refused')
    if (refused === undefined) continue
    io.stdout.write(
      `\nCoreDNS ${refused.release} does not start with ${visible(path)}: corefile lint ${visible(path)} says why\n`,
    )
  }
}

function tellTargets(pairs: readonly Pair[], io: Io): void {
  const targets = pairs.flatMap(({ old, later }) =>
    [old.target, later.target].flatMap((target) => (target === null ? [] : [targetText(target)])),
  )
  if (targets.length > 0) io.stderr.write(`\n${[...new Set(targets)].join('\n')}\n`)
}

function codeOf(comparisons: readonly Comparison[], isIncomplete: boolean): ExitCode {
  if (comparisons.some(({ undeclared }) => undeclared.length > 0)) return exitCode.findings
  if (isIncomplete || comparisons.some(({ unproved }) => unproved.length > 0)) return exitCode.notFinished
  return exitCode.fine
}
