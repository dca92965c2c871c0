import type { Decision, Step } from '../resolver/decision.ts'
import type { Outcome, ResourceRecord } from '../resolver/outcome.ts'
import { outcomeSummary } from '../resolver/outcome-summary.ts'
import type { FilePlace } from '../text/range.ts'
import { displayWidth, visible } from '../text/width.ts'
import { painter } from './paint.ts'
import { wrapped } from './words.ts'

/** Says where a place is, for people: `deploy/coredns.yaml:14`. */
export type PlaceName = (place: FilePlace) => string

/** What trace shows of one query. */
export interface TraceContext {
  readonly colours: boolean
  readonly columns: number
  readonly placeName: PlaceName
}

/** Who answers, for people: a sentence, then the block and its plugins in run order, with an arrow at the one that answers. */
export function traceText(decision: Decision, { colours, columns, placeName }: TraceContext): string {
  const paint = painter(colours)
  const { query, outcome, path, block, listener } = decision
  const lines = [...wrapped(visible(headline(decision)), columns).map((line) => paint('message', line)), '']
  if (listener !== null) lines.push(`  ${visible(listener)}`)
  let file = ''
  if (block !== null) {
    const place = placeName(block.at)
    file = place.replace(/:\d+$/, '')
    const key = `  └─ ${visible(block.key)}`
    lines.push(`${key}${paint('frame', beside(place, displayWidth(key), columns))}`)
  }
  const rows = path.map((step) => ({ step, place: placeOf(step, file, placeName) }))
  const width = Math.min(26, Math.max(0, ...rows.map(({ step }) => displayWidth(visible(step.plugin)))) + 2)
  for (const { step, place } of rows) {
    const isAnswer = step.role === 'answered'
    const mark = isAnswer ? paint('added', '▶') : ' '
    const name = visible(step.plugin)
    const isAsked = step.role !== 'not-asked'
    const said = visible(step.did === '' && !isAsked ? 'not asked' : step.did)
    const [first = '', ...more] = wrapped(said, Math.max(20, columns - INDENT - width))
    const used = INDENT + Math.max(width, displayWidth(name) + 1) + displayWidth(first)
    const shown = place === '' ? '' : beside(place, used, columns)
    const head = isAnswer ? paint('message', name) : isAsked ? name : paint('frame', name)
    const texts = [first, ...more].map((line) => (isAsked ? line : paint('frame', line)))
    lines.push(
      `   ${mark} ${head}${' '.repeat(Math.max(1, width - displayWidth(name)))}${texts[0]}${paint('frame', shown)}`.trimEnd(),
      ...texts.slice(1).map((line) => `${' '.repeat(INDENT + width)}${line}`),
    )
  }
  for (const line of continued(outcome, query.name)) lines.push('', ...wrapped(visible(line), columns))
  if (decision.assumes.length > 0) lines.push('', ...assumedLines(decision.assumes, columns))
  return `${lines.join('\n').trimEnd()}\n`
}

/** What stands before the name of a plugin. */
const INDENT = 5
/** Where places stand, if the text before them leaves the room. */
const PLACE_COLUMN = 78
/** Assumptions beyond this number are counted. */
const MOST_ASSUMED = 4

function beside(place: string, used: number, columns: number): string {
  const column = Math.min(columns, PLACE_COLUMN) - displayWidth(place)
  return ' '.repeat(Math.max(2, column - used)) + place
}

function assumedLines(assumes: readonly string[], columns: number): string[] {
  const shown = assumes.length > MOST_ASSUMED + 1 ? assumes.slice(0, MOST_ASSUMED) : assumes
  const more = assumes.length - shown.length
  return [...shown.map((one) => visible(one)), ...(more > 0 ? [`${more} more of the kind`] : [])].flatMap((one, at) =>
    wrapped(`${at === 0 ? 'as long as' : '       and'} ${one}`, columns - 2).map(
      (line, part) => `${part === 0 ? '  ' : '             '}${line}`,
    ),
  )
}

/** The answer in one sentence. */
function headline({ query, outcome, path, block, listener }: Decision): string {
  const asked = `${query.name} ${query.type}`
  const step = path.find(({ role }) => role === 'answered')
  const by = step === undefined ? '' : ` by ${step.plugin}`
  const from = step === undefined ? '' : `, says ${step.plugin}`
  switch (outcome.kind) {
    case 'records':
      return `${asked} is answered${by}: ${outcomeSummary(outcome)} (${timeOf(outcome.records, path)})`
    case 'alias':
      return `${asked} is answered${by}: an alias of ${outcome.target} (${timeOf(outcome.records, path)})`
    case 'referral':
      return `${asked} is referred${by} to the servers of a zone below: ${outcomeSummary(outcome).replace(/^referral to /, '')}`
    case 'upstream':
      return `${asked} is asked of ${outcomeSummary(outcome).replace(/^upstream /, '')}${by}`
    case 'cluster':
      return `${asked} is answered from the objects of the cluster where it has the name, else: ${outcomeSummary(outcome.otherwise)}`
    case 'file':
      return `${asked} is answered from ${outcome.path} where that has the name, else: ${outcomeSummary(outcome.otherwise)}`
    case 'etcd':
      return `${asked} is answered from etcd below ${outcome.prefix} where that has the name, else: ${outcomeSummary(outcome.otherwise)}`
    case 'nodata':
      return `${asked} has no data${from}`
    case 'nxdomain':
      return `${asked} does not exist (NXDOMAIN)${from}`
    case 'servfail':
      return `${asked} fails with SERVFAIL: ${outcome.reason}`
    case 'refused':
      return block === null && listener !== null
        ? `${asked} is refused: no server block is there for it`
        : `${asked} is refused${by}`
    case 'rcode':
      return `${asked} fails with ${outcome.rcode}${from}`
    case 'dropped':
      return `${asked} gets no reply: ${outcome.reason}`
    case 'unknown':
      return `${asked}: nobody can say, ${outcome.reason}`
  }
}

/** How long the answer holds: what a cache keeps it hands out again for that time. */
function timeOf(records: readonly ResourceRecord[], path: readonly Step[]): string {
  const ttl = ttlOf(records)
  const isKept = path.some(({ plugin, did }) => plugin === 'cache' && did.includes('would repeat the answer'))
  return isKept ? `TTL ${ttl}, from cache for ${Math.min(...records.map((record) => record.ttl))} s` : `TTL ${ttl}`
}

function ttlOf(records: readonly ResourceRecord[]): string {
  return [...new Set(records.map(({ ttl }) => ttl))].join(', ')
}

/** What follows behind the answer: where an alias leads, what comes when the cluster has no such name. */
function continued(outcome: Outcome, name: string): string[] {
  if (outcome.kind === 'alias') {
    return [`  then ${outcome.target}: ${outcome.reached === null ? 'nothing more' : outcomeSummary(outcome.reached)}`]
  }
  if (outcome.kind === 'records' && outcome.records.length > 1) {
    return outcome.records.map(recordText).map((line) => `  ${line}`)
  }
  if (outcome.kind === 'upstream' && outcome.asks.name.toLowerCase() !== name.toLowerCase())
    return [`  asked as ${outcome.asks.name} ${outcome.asks.type}`]
  return []
}

/** A record as dig shows it. */
export function recordText({ name, ttl, type, data }: ResourceRecord): string {
  return `${name} ${ttl} IN ${type} ${data}`
}

function placeOf({ at }: Step, file: string, placeName: PlaceName): string {
  if (at === null) return ''
  const place = placeName(at)
  return file !== '' && place.startsWith(`${file}:`) ? place.slice(file.length) : place
}
