import type { Answerer } from '../answerers.ts'
import { readAnswerers } from '../node/answerers.ts'
import { readGiven } from '../node/given-file.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { jsonLine } from '../report/json-text.ts'
import { traceText } from '../report/trace.ts'
import { traceShape } from '../report/trace-json.ts'
import { queryFor } from '../resolver/query.ts'
import { FileLines } from '../text/file-lines.ts'
import type { FilePlace } from '../text/range.ts'
import { visible } from '../text/width.ts'
import { isIp, parseIp } from '../values/ip.ts'
import { reverseName } from '../values/reverse.ts'
import { answererOptions, readAnswererOptions } from './answerer-options.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { columnsOf, hasColours, type Io } from './io.ts'
import { tellUnreadable } from './unreadable.ts'

const question = 'What is asked'

/** `corefile trace`: who answers a name, and how it came to that. */
export const trace: Command = {
  name: 'trace',
  summary: 'say who answers a name, and why',
  description:
    'Says which server block takes a query, which of its plugins runs in which order, where the query stops and why. PATH is a Corefile, a ConfigMap, a kube-dns or dnsmasq configuration, a directory, or - for standard input; the working directory when missing. Nothing is asked over the network.',
  operands: {
    name: 'NAME [PATH...]',
    description: 'the name, then files, directories, or -',
    most: Number.POSITIVE_INFINITY,
  },
  options: [
    { name: 'type', value: 'TYPE', group: question, description: 'the record type, A when missing' },
    {
      name: 'queries',
      value: 'FILE',
      group: question,
      description: 'a file with a name and a type on each line, in place of NAME',
    },
    {
      name: 'from-pod',
      value: 'MANIFEST',
      group: question,
      description: 'as a pod of this workload looks it up: hostAliases, search list, ndots',
    },
    { name: 'client', value: 'ADDRESS', group: question, description: 'the address of the client, for acl and view' },
    ...answererOptions,
    {
      name: 'format',
      value: 'FORMAT',
      group: 'What is shown',
      choices: () => ['pretty', 'json'],
      description: 'pretty or json',
    },
  ],
  epilogue: `What lies elsewhere stays a symbol: an upstream is named and not asked, the
cluster answers "where it has the name" unless --services tells what is in it.

Exit codes:
  0  the answer was shown
  2  wrong usage or configuration, or no server was found in PATH
  3  something could not be read

Examples:
  corefile trace registry deploy/coredns.yaml
  corefile trace 10.96.0.1.in-addr.arpa --type PTR Corefile
  corefile trace api.example.org --from-pod deploy/app.yaml deploy/coredns.yaml
  corefile trace --queries names.txt --format json Corefile
`,
  isRead: true,
  run: runTrace,
}

async function runTrace(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', ['pretty', 'json']) ?? 'pretty'
  const queries = queriesOf(args, io)
  const paths = queries.paths.length > 0 ? queries.paths : ['.']
  const options = await readAnswererOptions(args, io, paths)
  const found = await readAnswerers(paths, options)
  tellUnreadable(found.unreadable, io)
  const nodeLocal = args.value('node-local')
  const seen =
    nodeLocal === undefined
      ? found
      : await (await import('../node/node-local.ts')).behindCache(nodeLocal, found, options)
  const { answerers } = seen
  if (answerers.length === 0) {
    if (found.unreadable.length > 0) return exitCode.notFinished
    throw new WrongUsage(`no Corefile, kube-dns or dnsmasq configuration found in ${paths.join(', ')}`)
  }
  const pod = args.value('from-pod')
  const lines = new FileLines(seen.textOf)
  for (const { name, type } of queries.list) {
    for (const [at, answerer] of answerers.entries()) {
      if (at > 0 && format === 'pretty') io.stdout.write('\n')
      if (pod !== undefined) await traceFromPod(pod, name, type, answerer, format, lines, args, io)
      else traceOne(name, type, answerer, answerers.length > 1, format, lines, args, io)
    }
  }
  for (const { name } of queries.list) tellReverse(name, io)
  if (format === 'pretty') {
    tellTargets(
      answerers.map(({ target }) => target),
      io,
    )
  }
  return found.unreadable.length > 0 ? exitCode.notFinished : exitCode.fine
}

function traceOne(
  name: string,
  type: string,
  answerer: Answerer,
  isOneOfSeveral: boolean,
  format: 'pretty' | 'json',
  lines: FileLines,
  args: Arguments,
  io: Io,
): void {
  const client = args.value('client')
  if (client !== undefined && !isIp(client)) throw new WrongUsage(`--client ${client}: write an address`)
  const decision = answerer.decider.decide(queryFor(name, type, client === undefined ? {} : { client }))
  if (format === 'json') {
    const shape = traceShape(decision, lines)
    const server = isOneOfSeveral ? { server: answerer.name } : {}
    io.stdout.write(`${jsonLine({ ...shape, ...server })}\n`)
    return
  }
  if (isOneOfSeveral) io.stdout.write(`${visible(answerer.name)}:\n`)
  const context = {
    colours: hasColours(io.stdout, io),
    columns: columnsOf(io.stdout, io),
    placeName: (place: FilePlace) => visible(lines.nameOf(place)),
  }
  io.stdout.write(traceText(decision, context))
  const refused = answerer.verdicts.find(({ kind }) => kind === 'refused')
  if (refused !== undefined)
    io.stdout.write(
      `\nCoreDNS ${refused.release} does not start with this Corefile: corefile lint ${visible(answerer.path)} says why\n`,
    )
}

async function traceFromPod(
  manifest: string,
  name: string,
  type: string,
  answerer: Answerer,
  format: 'pretty' | 'json',
  lines: FileLines,
  args: Arguments,
  io: Io,
): Promise<void> {
  const { podTrace } = await import('./trace-pod.ts')
  io.stdout.write(
    await podTrace({ manifest, name, type, answerer, format, lines, domain: args.value('cluster-domain'), io }),
  )
}

/** The questions of the command line: NAME, or the lines of a file. */
function queriesOf(args: Arguments, io: Io): { list: { name: string; type: string }[]; paths: readonly string[] } {
  const file = args.value('queries')
  const type = (args.value('type') ?? 'A').toUpperCase()
  if (!/^[A-Z][A-Z0-9]*$/.test(type))
    throw new WrongUsage(`--type ${type}: write a record type, such as A, AAAA or PTR`)
  if (file === undefined) {
    const [name, ...paths] = args.operands
    if (name === undefined) throw new WrongUsage('which name? corefile trace NAME [PATH...]')
    return { list: [{ name: checked(name), type }], paths }
  }
  const list = readGiven(file, io.cwd)
    .text.split('\n')
    .flatMap((line, at) => {
      const [name, lineType = type, ...more] = line.replace(/#.*/, '').trim().split(/\s+/)
      if (name === undefined || name === '') return []
      if (more.length > 0 || !/^[A-Za-z][A-Za-z0-9]*$/.test(lineType))
        throw new WrongUsage(`${file}:${at + 1}: write a name and a type on each line`)
      return [{ name: checked(name), type: lineType.toUpperCase() }]
    })
  return { list, paths: args.operands }
}

/** Points from an address, which is a name like any other to DNS, to the name that tells whose it is. */
function tellReverse(name: string, io: Io): void {
  const ip = parseIp(name)
  if (ip === undefined) return
  io.stderr.write(
    `\n${name} is an address: whose it is tells ${io.program} trace ${reverseName(ip).slice(0, -1)} --type PTR\n`,
  )
}

/** Whether somebody can ask for it: labels of 1 to 63 characters, 253 in all. */
export function isName(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.')
  return name === '.' || (name.length <= 254 && labels.every((label) => label !== '' && label.length <= 63))
}

function checked(name: string): string {
  if (!isName(name)) throw new WrongUsage(`"${name}" is no name: labels have 1 to 63 characters, a name 253 at most`)
  return name
}

/** By which releases was answered and who said so, once each. */
export function tellTargets(targets: readonly Answerer['target'][], io: Io): void {
  const byRelease = new Map<string, Set<string>>()
  for (const target of targets) {
    if (target === null) continue
    const froms = byRelease.get(target.release)
    if (froms === undefined) byRelease.set(target.release, new Set([target.from]))
    else froms.add(target.from)
  }
  if (byRelease.size > 0) io.stderr.write(`\n${[...byRelease].map(targetText).join('\n')}\n`)
}

function targetText([release, froms]: [string, ReadonlySet<string>]): string {
  const [from = ''] = froms
  const more = froms.size > 1 ? ` and ${froms.size - 1} more` : ''
  if (from === 'assumed') return `CoreDNS ${release} assumed, the newest: --coredns names another one`
  return from === 'flag' || from === 'config'
    ? `CoreDNS ${release}`
    : `CoreDNS ${release}, from the ${visible(from)}${more}`
}
