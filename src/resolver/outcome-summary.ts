import type { Outcome, ReplyChange, ResourceRecord, UpstreamOutcome } from './outcome.ts'

/** More records than this are told by their number. */
const MOST_RECORDS = 3

/** What a client gets, in few words: `10.0.0.1`, `NXDOMAIN`, `upstream 10.0.0.53:53`. */
export function outcomeSummary(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'records':
      return recordsSummary(outcome.records)
    case 'alias': {
      const then = outcome.reached === null ? '' : `, ${outcomeSummary(outcome.reached)}`
      return `CNAME ${outcome.target}${then}`
    }
    case 'referral':
      return `referral to ${recordsSummary(outcome.records.filter(({ type }) => type === 'NS'))}`
    case 'nodata':
      return 'no data'
    case 'nxdomain':
      return 'NXDOMAIN'
    case 'refused':
      return 'REFUSED'
    case 'servfail':
      return 'SERVFAIL'
    case 'rcode':
      return outcome.rcode
    case 'upstream':
      return `upstream ${endpointsSummary(outcome.upstreams)}${changesSummary(outcome.changes)}${nextSummary(outcome)}`
    case 'cluster':
      return `the cluster (${outcome.zone.replace(/\.$/, '') || '.'})${elsewhereSummary(outcome)}`
    case 'file':
      return `file ${outcome.path}${elsewhereSummary(outcome)}`
    case 'etcd':
      return `etcd ${outcome.prefix}${elsewhereSummary(outcome)}`
    case 'dropped':
      return 'no reply'
    case 'unknown':
      return `unknown: ${outcome.reason}`
  }
}

/** More upstreams than this are told by their number. */
const MOST_UPSTREAMS = 4

function endpointsSummary(upstreams: readonly string[]): string {
  const shown = upstreams.length > MOST_UPSTREAMS ? upstreams.slice(0, MOST_UPSTREAMS - 1) : upstreams
  const more = upstreams.length - shown.length
  return `${shown.map(plainEndpoint).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function elsewhereSummary({
  changes,
  otherwise,
}: Pick<Outcome & { kind: 'cluster' }, 'changes' | 'otherwise'>): string {
  return `${changesSummary(changes)}, else ${outcomeSummary(otherwise)}`
}

function changesSummary(changes: readonly ReplyChange[]): string {
  return changes.map(({ when, becomes }) => `, ${when === '*' ? '' : `${when} becomes `}${becomes}`).join('')
}

function nextSummary({ failover, next }: UpstreamOutcome): string {
  const others = failover.length === 0 ? '' : `, the others on ${failover.join(', ')}`
  return next === null ? others : `${others}, on ${next.rcodes.join(', ')} ${outcomeSummary(next.outcome)}`
}

/** An endpoint without the port that everybody expects, or the file that names them. */
function plainEndpoint(endpoint: string): string {
  return endpoint.replace(/^resolv\.conf \//, '/').replace(/^(\[.*\]|[^:/]+):53$/, '$1')
}

function recordsSummary(records: readonly ResourceRecord[]): string {
  if (records.length > MOST_RECORDS)
    return `${records.length} records, ${recordsSummary(records.slice(0, 1))} the first`
  const isAddress = ({ type }: ResourceRecord) => type === 'A' || type === 'AAAA'
  return records.map((record) => (isAddress(record) ? record.data : `${record.type} ${record.data}`)).join(', ')
}
