import { isPluginOf, pluginOrder } from '../../grammar/releases.ts'
import { expand } from '../../src/expand/expand.ts'
import { judge } from '../../src/verdict/judge.ts'
import type { Reason, VerdictKind } from '../../src/verdict/reason.ts'
import type { Case } from './case.ts'
import { importFiles } from './import-files.ts'
import { parseVerdict } from './record.ts'
import { pathsOf, textsOf, variablesOf } from './surroundings.ts'

/** How our verdict stands to the server's. `false alarm`: we refuse what it accepts. `miss`: we accept what it refuses. */
export type Standing = 'agree' | 'false alarm' | 'miss' | 'unknown'

/** What we say of a case at a release. */
export interface OurVerdict {
  readonly kind: VerdictKind
  readonly reasons: readonly Reason[]
  /** Why nobody can say, where `kind` is `unknown`. */
  readonly unknown: readonly string[]
}

/** Our verdict and the server's about one case at one release. */
export interface Comparison {
  readonly id: string
  readonly release: string
  readonly theirs: string
  readonly ours: OurVerdict
  readonly standing: Standing
  /** Whether a reason of ours, and so a finding, stands on the line that CoreDNS names; null where it names none or we do not refuse. */
  readonly sameLine: boolean | null
  /** Where the lines differ: whether that is because CoreDNS names where it stopped, and we the word that is to blame. */
  readonly namesCause: boolean
}

/** Judges a case as a release does that has the files and the variables of the case and nothing else. */
export function judgeCase(one: Case, release: string): OurVerdict {
  const configuration = expand(one.text, {
    release,
    isDirective: (name) => isPluginOf(release, name),
    environment: variablesOf(one),
    findImport: importFiles(one),
    placeholders: 'literal',
  })
  const { verdict } = judge(configuration, {
    release,
    fileExists: pathsOf(one),
    fileText: textsOf(one),
    environment: variablesOf(one),
    interfaceExists: (name) => name === 'lo',
  })
  // The judge stops before a server starts, so what is found then is not compared.
  const reasons = verdict.reasons.filter(({ stage }) => stage !== 'start')
  const kind = verdict.kind === 'refused' && reasons.length === 0 ? 'accepted' : verdict.kind
  return { kind, reasons, unknown: verdict.unknown }
}

/** Compares what we say of a case with the recorded verdict of a release. */
export function compare(one: Case, release: string, theirs: string): Comparison {
  const ours = judgeCase(one, release)
  return {
    id: one.id,
    release,
    theirs,
    ours,
    standing: standingOf(theirs, isBehind(one, theirs, ours, release) ? 'accepted' : ours.kind),
    sameLine: sameLine(one, theirs, ours),
    namesCause: ours.reasons.some(({ kind, plugin, property }) => NAMED_LATE.has(`${plugin} ${property} ${kind}`)),
  }
}

/** Where only a service, its credentials or the cluster is missing, the text is fine as far as it can be told. */
export function isAccepted(verdict: string): boolean {
  const { class: name, plugin } = parseVerdict(verdict)
  // The client of azure asks its cloud again and again, for longer than the judge waits.
  return name === 'ok' || name === 'environment' || (name === 'timeout' && plugin === 'azure')
}

/** Whether a plugin stopped for want of its service before CoreDNS came to what we refuse first. */
function isBehind({ text }: Case, theirs: string, { reasons: [reason] }: OurVerdict, release: string): boolean {
  const { class: name, plugin, line } = parseVerdict(theirs)
  if (name !== 'environment' || reason === undefined || plugin === undefined) return false
  if (reason.plugin === plugin) return reason.at.list.line(reason.at.index) > (line ?? secretLine(text))
  const order = pluginOrder(release)
  const isLater = reason.plugin !== null && order.indexOf(reason.plugin) > order.indexOf(plugin)
  return reason.stage === 'servers' || (reason.stage === 'setup' && isLater)
}

/** The line on which dnssec asks for a key; CoreDNS does not name it. */
function secretLine(text: string): number {
  const before = text.indexOf('aws_secretsmanager')
  return before < 0 ? Number.POSITIVE_INFINITY : text.slice(0, before).split('\n').length
}

function standingOf(theirs: string, ours: VerdictKind): Standing {
  if (ours === 'unknown') return 'unknown'
  if (isAccepted(theirs) === (ours === 'accepted')) return 'agree'
  return ours === 'accepted' ? 'miss' : 'false alarm'
}

function sameLine({ path = 'Corefile' }: Case, theirs: string, { kind, reasons }: OurVerdict): boolean | null {
  const { file = path, line } = parseVerdict(theirs)
  if (isAccepted(theirs) || kind !== 'refused' || line === undefined) return null
  return reasons.some(
    ({ at: { list, index } }) => list.line(index) === line && (list.file === '' ? path : list.file) === file,
  )
}

/**
 * What CoreDNS finds out only behind a whole block, so that it names the closing brace: these setups check their words when all are read
 * (plugin/geoip/setup.go, plugin/kubernetes/setup.go ParseStanza, plugin/route53/setup.go), and a snippet is known to import itself when
 * it is closed (caddyfile/parse.go begin). The line of the word is where a person has to look.
 */
const NAMED_LATE: ReadonlySet<string> = new Set([
  'geoip null file-missing',
  'kubernetes multicluster conflict',
  'route53 credentials file-missing',
  'route53 credentials invalid-value',
  'route53 credentials needs',
  'null null snippet-imports-itself',
])

/** How often which standing was seen, and how often the line was the same where CoreDNS names one. */
export interface Tally {
  cases: number
  agree: number
  'false alarm': number
  miss: number
  unknown: number
  lines: number
  sameLines: number
  /** Of the lines that differ, those that CoreDNS names late. */
  namedLate: number
}

export function newTally(): Tally {
  return { cases: 0, agree: 0, 'false alarm': 0, miss: 0, unknown: 0, lines: 0, sameLines: 0, namedLate: 0 }
}

/** Counts a comparison in. */
export function count(tally: Tally, { standing, sameLine, namesCause }: Comparison): void {
  tally.cases++
  tally[standing]++
  if (sameLine === null) return
  tally.lines++
  if (sameLine) tally.sameLines++
  else if (namesCause) tally.namedLate++
}
