import type { Decision, SourcePlace, Step } from '../resolver/decision.ts'
import type { Outcome, ResourceRecord } from '../resolver/outcome.ts'
import { outcomeSummary } from '../resolver/outcome-summary.ts'
import { displayWidth, visible } from '../text/width.ts'
import { painter } from './paint.ts'

/** Says where a place is, for people: `deploy/coredns.yaml:14`. */
export type PlaceName = (place: SourcePlace) => string

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
  const lines = [paint('message', visible(headline(decision))), '']
  if (listener !== null) lines.push(`  ${visible(listener)}`)
  let file = ''
  if (block !== null) {
    const place = placeName(block.at)
    file = place.replace(/:\d+$/, '')
    lines.push(`  └─ ${visible(block.key)}${pad(visible(block.key), 44)}${paint('frame', place)}`)
  }
  const rows = path.map((step) => ({ step, place: placeOf(step, file, placeName) }))
  const width = Math.min(26, Math.max(0, ...rows.map(({ step }) => displayWidth(step.plugin))) + 2)
  for (const { step, place } of rows) {
    const mark = step.role === 'answered' ? paint('added', '▶') : ' '
    const name = visible(step.plugin)
    const said = visible(step.did === '' && step.role === 'not-asked' ? 'not asked' : step.did)
    const used = 5 + width + displayWidth(said)
    const gap = ' '.repeat(Math.max(2, Math.min(columns - place.length, 78) - used))
    const text = step.role === 'not-asked' ? paint('frame', said) : said
    const role = step.role === 'answered' ? 'message' : 'path'
    const plain = step.role === 'not-asked' ? paint('frame', name) : step.role === 'answered' ? paint(role, name) : name
    lines.push(
      `   ${mark} ${plain}${' '.repeat(Math.max(1, width - displayWidth(name)))}${text}${place === '' ? '' : gap + paint('frame', place)}`,
    )
  }
  for (const line of continued(outcome, query.name)) lines.push('', visible(line))
  for (const assumed of decision.assumes) lines.push('', `  as long as ${visible(assumed)}`)
  return `${lines.join('\n').trimEnd()}\n`
}

/** The answer in one sentence. */
function headline({ query, outcome, path }: Decision): string {
  const asked = `${query.name} ${query.type}`
  const step = path.find(({ role }) => role === 'answered')
  const by = step === undefined ? '' : ` by ${step.plugin}`
  switch (outcome.kind) {
    case 'records':
      return `${asked} is answered${by}: ${outcomeSummary(outcome)} (TTL ${ttlOf(outcome.records)})`
    case 'alias':
      return `${asked} is answered${by}: an alias of ${outcome.target}`
    case 'upstream':
      return `${asked} is asked of ${outcomeSummary(outcome).replace(/^upstream /, '')}${by}`
    case 'cluster':
      return `${asked} is answered from the objects of the cluster where it has the name, else: ${outcomeSummary(outcome.otherwise)}`
    case 'nodata':
      return `${asked} has no data${by === '' ? '' : `, says${by.replace(/^ by/, '')}`}`
    case 'nxdomain':
      return `${asked} does not exist${by === '' ? '' : `, says${by.replace(/^ by/, '')}`}`
    case 'servfail':
      return `${asked} fails with SERVFAIL: ${outcome.reason}`
    case 'refused':
      return `${asked} is refused: no server block is there for it`
    case 'dropped':
      return `${asked} gets no reply: ${outcome.reason}`
    case 'unknown':
      return `${asked}: nobody can say, ${outcome.reason}`
    default:
      return `${asked}: ${outcomeSummary(outcome)}`
  }
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

function pad(text: string, width: number): string {
  return ' '.repeat(Math.max(2, width - displayWidth(text)))
}
