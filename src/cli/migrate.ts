import { relative, resolve } from 'node:path'
import { OPENSHIFT_RELEASES } from '../../grammar/openshift.ts'
import { KUBERNETES_RELEASES, RELEASES } from '../../grammar/releases.ts'
import { configMapOf, manifestOf } from '../migrate/manifest.ts'
import { ACCEPTED_WORDS } from '../migrate/plan.ts'
import { diffOf, isReady } from '../migration.ts'
import { concealed } from '../node/concealed.ts'
import { NotWritten, replaceFiles, writeText } from '../node/files.ts'
import { type MigratedFiles, migrateFiles } from '../node/migration.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { jsonText } from '../report/json-text.ts'
import {
  type MigrationContext,
  type MigrationTextOptions,
  migrationMarkdown,
  migrationShape,
  migrationText,
} from '../report/migration.ts'
import { visible } from '../text/width.ts'
import { isInvalid } from '../values/invalid.ts'
import { isIp, parseCidr } from '../values/ip.ts'
import { checkClusterDomain, checkDnsmasqVersion } from './answerer-options.ts'
import { type Arguments, type Command, chosen } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { columnsOf, hasColours, type Io } from './io.ts'
import { ProgressLine } from './progress.ts'
import { shownDiff, shownText, type Version } from './shown-diff.ts'
import { tellUnreadable } from './unreadable.ts'

const doing = 'What is done'
const meaning = 'What the sources mean'
const around = 'The cluster'

const FORMATS = ['diff', 'corefile', 'configmap', 'manifest', 'openshift', 'json'] as const

/** `corefile migrate`: what people come from, as an equivalent Corefile. */
export const migrate: Command = {
  name: 'migrate',
  summary: 'move kube-dns, dnsmasq, hostAliases and hosts files into a Corefile',
  description:
    'Translates sources into an equivalent Corefile: a new one, or with --into as edits of one that is there. SOURCE is a file, a directory, or - for standard input; what it is shows by its content: ConfigMaps (in manifests, in Terraform, or as the directory for --config-dir) and Deployments of kube-dns, command lines and files of dnsmasq, workloads with hostAliases, hosts files, resolv.conf, SkyDNS, settings of distributions. Everything that a source says is in the report, and the result is held against the sources, question by question.',
  operands: { name: 'SOURCE...', description: 'files, directories, or -', most: Number.POSITIVE_INFINITY },
  options: [
    {
      name: 'into',
      value: 'FILE',
      group: doing,
      description: 'the Corefile, ConfigMap or Helm values that it goes into, or the DNS resource of OpenShift',
    },
    {
      name: 'format',
      value: 'FORMAT',
      group: doing,
      choices: () => FORMATS,
      description: 'diff (with --into), corefile (without), configmap, manifest, openshift (its DNS resource) or json',
    },
    { name: 'write', group: doing, description: 'write what the diff shows, all files or none' },
    {
      name: 'report',
      value: 'FILE',
      group: doing,
      description: 'write the whole report as Markdown, with the commands to roll out and back',
    },
    {
      name: 'remove-aliases',
      group: doing,
      description: 'take hostAliases out of their manifests where that is proved safe',
    },
    {
      name: 'accept',
      value: 'CODE',
      repeatable: true,
      group: doing,
      description: 'decide a conflict by its code, as the run names it: widening, alias-conflict; repeatable',
    },
    { name: 'fail-on-loss', group: doing, description: 'end with 1 where something cannot be expressed' },
    {
      name: 'as-running',
      group: meaning,
      description: 'of settings that are refused or that nobody reads: what is done today',
    },
    {
      name: 'as-intended',
      group: meaning,
      description: 'of settings that are refused or that nobody reads: what was meant',
    },
    {
      name: 'dnsmasq-version',
      value: 'RELEASE',
      group: meaning,
      description: 'the dnsmasq release, such as 2.78; else that of the image, else 2.90',
    },
    { name: 'cluster-domain', value: 'DOMAIN', group: around, description: 'where no source says it: cluster.local' },
    {
      name: 'cluster-dns-ip',
      value: 'IP',
      group: around,
      description: 'the address of the DNS Service, for --format manifest',
    },
    {
      name: 'reverse-cidr',
      value: 'CIDR',
      repeatable: true,
      group: around,
      description: 'reverse names of the cluster, in place of all of them; repeatable',
    },
    {
      name: 'coredns',
      value: 'RELEASE',
      group: around,
      choices: () => RELEASES,
      description: 'the release of the result: 1.12.0, or 1.12 for its newest patch',
    },
    {
      name: 'kubernetes',
      value: 'RELEASE',
      group: around,
      choices: () => KUBERNETES_RELEASES,
      description: 'the one that kubeadm installs with Kubernetes',
    },
    {
      name: 'openshift',
      value: 'RELEASE',
      group: around,
      choices: () => OPENSHIFT_RELEASES,
      description: 'the one whose operator writes the Corefile, for its DNS resource: 4.18; else the newest',
    },
    {
      name: 'config',
      value: 'FILE',
      group: around,
      description: 'the configuration; else .corefile.yaml here or above',
    },
  ],
  epilogue: `The result goes to standard output, what became of the sources to standard
error. Nothing is written without --write. On a terminal the diff has *** in
place of secrets; in a pipe or a file it has them, as the Corefile itself does,
so that it applies: keep it out of logs. The report and standard error never
have them.
Codes such as D-POLICY name differences that lie in the nature of the programs;
--report explains them.
An alias for a name of the public DNS is not moved by itself, for every pod
would find the name at that address: --accept widening moves such aliases,
--accept widening=stay leaves them where they are. Names below .internal,
.local and other domains that nobody runs for the internet are moved.

Exit codes:
  0  the result was shown or written
  1  with --fail-on-loss: something cannot be expressed
  2  wrong usage or configuration, or nothing to migrate
  3  something has to be decided, or could not be read, or the proof failed

Examples:
  corefile migrate kube-dns.yaml
  corefile migrate kube-dns.yaml manifests/ --into deploy/coredns.yaml --report move.md
  corefile migrate /etc/dnsmasq.conf /etc/dnsmasq.d /etc/hosts --dnsmasq-version 2.90
  corefile migrate kube-dns.yaml --into dns.yaml --openshift 4.18
  corefile migrate kube-dns.yaml --format manifest --cluster-dns-ip 10.96.0.10 | kubectl apply -f -
`,
  run: runMigrate,
}

async function runMigrate(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.operands.length === 0) throw new WrongUsage('migrate what? corefile migrate SOURCE...')
  const into = args.value('into')
  const format = args.choice('format', FORMATS) ?? (into === undefined ? 'corefile' : 'diff')
  check(args, format, into)
  const progress = new ProgressLine(io)
  const result = await migrateFiles(args.operands, {
    cwd: io.cwd,
    into,
    coredns: args.value('coredns'),
    kubernetes: args.value('kubernetes'),
    openshift: args.value('openshift'),
    asOperatorResource: format === 'openshift',
    config: args.value('config'),
    clusterDomain: args.value('cluster-domain'),
    reverseCidrs: args.values('reverse-cidr'),
    dnsmasqVersion: args.value('dnsmasq-version'),
    reading: args.has('as-running') ? 'running' : args.has('as-intended') ? 'intended' : null,
    accept: new Set(args.values('accept')),
    removesAliases: args.has('remove-aliases'),
    ...(args.operands.includes('-') ? { stdin: await io.stdin.read() } : {}),
    onProgress: (done, total) => progress.tell(done, total, 'questions'),
  })
  progress.clear()
  if (result.migration.resource !== null && (format === 'configmap' || format === 'manifest'))
    throw new WrongUsage(`--format ${format}: on OpenShift the operator writes the ConfigMap; take openshift or diff`)
  tellUnreadable(result.unreadable, io)
  tellProblems(result, io)
  if (!hasSomething(result)) {
    if (result.unreadable.length > 0) return exitCode.notFinished
    const why = result.ignored.map((one) => `${one.path}: ${one.why}`).join('; ')
    throw new WrongUsage(`nothing to migrate in ${args.operands.join(', ')}${why === '' ? '' : ` (${why})`}`)
  }
  const mayWrite = isReady(result)
  const context: MigrationContext = { ...result, into: into ?? null, isWritten: args.has('write') && mayWrite }
  if (!writeReport(args.value('report'), context, io)) return exitCode.notFinished
  io.stdout.write(await output(format, result, context, args, io))
  if (args.has('write') && mayWrite && !write(result, io)) return exitCode.notFinished
  if (format !== 'json') io.stderr.write(`\n${migrationText(context, shownAs(io))}`)
  if (result.cannotEdit !== null) io.stderr.write(`${io.program}: ${visible(result.cannotEdit)}\n`)
  if (!mayWrite) return exitCode.notFinished
  const isLost = result.migration.items.some(({ fidelity }) => fidelity === 'untranslatable')
  return args.has('fail-on-loss') && isLost ? exitCode.findings : exitCode.fine
}

/** Sentences are broken for a terminal alone: elsewhere a line is one thing to find. */
function shownAs(io: Io): MigrationTextOptions {
  const columns = io.stderr.isTerminal() ? columnsOf(io.stderr, io) : Number.POSITIVE_INFINITY
  return { colours: hasColours(io.stderr, io), columns }
}

function check(args: Arguments, format: (typeof FORMATS)[number], into: string | undefined): void {
  const accepted = args.values('accept')
  for (const word of accepted) chosen(word, ACCEPTED_WORDS, '--accept')
  if (accepted.includes('widening') && accepted.includes('widening=stay'))
    throw new WrongUsage('--accept widening and --accept widening=stay are two answers: give one')
  if (args.has('as-running') && args.has('as-intended'))
    throw new WrongUsage('--as-running and --as-intended are two readings: give one')
  if (args.has('write') && into === undefined && !args.has('remove-aliases'))
    throw new WrongUsage('--write needs --into FILE: a new Corefile goes to standard output')
  if (format === 'diff' && into === undefined && !args.has('remove-aliases'))
    throw new WrongUsage('--format diff needs --into FILE')
  const address = args.value('cluster-dns-ip')
  if (address !== undefined && !isIp(address)) throw new WrongUsage(`--cluster-dns-ip ${address}: write an address`)
  for (const cidr of args.values('reverse-cidr'))
    if (isInvalid(parseCidr(cidr))) throw new WrongUsage(`--reverse-cidr ${cidr}: write a network, such as 10.0.0.0/8`)
  checkDnsmasqVersion(args)
  checkClusterDomain(args)
}

function hasSomething({ sources, migration }: MigratedFiles): boolean {
  const context: ReadonlySet<string> = new Set(['service', 'namespace', 'config-map', 'corefile'])
  const { items, plan } = migration
  // A hosts file in which every line is a comment says nothing.
  return sources.some(({ kind }) => !context.has(kind)) && (items.length > 0 || plan.isCluster)
}

/** What readers say against sources. */
function tellProblems({ problems, lines }: MigratedFiles, io: Io): void {
  for (const { severity, message, path, range } of problems) {
    const { line, column } = lines.positionOf({ path, range })
    const word = severity === 'warning' ? 'warning' : 'error'
    io.stderr.write(`${io.program}: ${visible(path)}:${line}:${column}: ${word}: ${visible(message)}\n`)
  }
}

async function output(
  format: (typeof FORMATS)[number],
  result: MigratedFiles,
  context: MigrationContext,
  args: Arguments,
  io: Io,
): Promise<string> {
  const { migration, changed, release } = result
  const { corefile } = migration
  switch (format) {
    case 'corefile':
      return shownText(corefile, io)
    case 'openshift':
      return shownText(migration.resource?.text ?? '', io)
    case 'configmap':
      return shownText(configMapOf(corefile), io)
    case 'manifest':
      return shownText(
        manifestOf({
          corefile,
          release,
          clusterDnsIp: args.value('cluster-dns-ip') ?? null,
          port: migration.plan.port ?? 53,
        }),
        io,
      )
    case 'json':
      return jsonText(migrationShape(context, diffOf(result)))
    default:
      return io.stdout.isTerminal() ? shownDiffs(changed, io) : diffOf(result)
  }
}

/** The diff for a person's eyes; what a pipe or a file gets has to apply, with its secrets. */
async function shownDiffs(changed: MigratedFiles['changed'], io: Io): Promise<string> {
  const versionOf = async (path: string, text: string): Promise<Version> => ({
    text: await concealed(path, text),
    secrets: [],
  })
  const diffs: string[] = []
  for (const { path, before, after } of changed)
    diffs.push(shownDiff(path, await versionOf(path, before), await versionOf(path, after), io))
  return diffs.join('')
}

function write({ changed }: MigratedFiles, io: Io): boolean {
  try {
    replaceFiles(changed.map(({ path, before, after }) => ({ path: resolve(io.cwd, path), before, after })))
    return true
  } catch (error) {
    return tellNotWritten(error, '; no file was changed', io)
  }
}

/** Writes the report, where one is asked for; false where that cannot be done. */
function writeReport(path: string | undefined, context: MigrationContext, io: Io): boolean {
  if (path === undefined) return true
  try {
    writeText(resolve(io.cwd, path), migrationMarkdown(context))
    return true
  } catch (error) {
    return tellNotWritten(error, '', io)
  }
}

function tellNotWritten(error: unknown, so: string, io: Io): false {
  if (!(error instanceof NotWritten)) throw error
  const path = relative(io.cwd, error.path) || '.'
  io.stderr.write(`${io.program}: cannot write ${visible(path)}: ${visible(error.message)}${so}\n`)
  return false
}
