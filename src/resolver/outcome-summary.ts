import type { Outcome, ResourceRecord } from './outcome.ts'

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
      return `upstream ${outcome.upstreams.map(plainEndpoint).join(', ')}${outcome.changes.map(({ when, becomes }) => `, ${when} becomes ${becomes}`).join('')}`
    case 'cluster':
      return `the cluster (${outcome.zone.replace(/\.$/, '') || '.'}), else ${outcomeSummary(outcome.otherwise)}`
    case 'file':
      return `zone file ${outcome.path}, else ${outcomeSummary(outcome.otherwise)}`
    case 'etcd':
      return `etcd ${outcome.prefix}, else ${outcomeSummary(outcome.otherwise)}`
    case 'dropped':
      return 'no reply'
    case 'unknown':
      return `unknown: ${outcome.reason}`
  }
}

/** An endpoint without the port that everybody expects. */
function plainEndpoint(endpoint: string): string {
  return endpoint.replace(/^(\[.*\]|[^:/]+):53$/, '$1')
}

function recordsSummary(records: readonly ResourceRecord[]): string {
  if (records.length > MOST_RECORDS)
    return `${records.length} records, ${recordsSummary(records.slice(0, 1))} the first`
  const isAddress = ({ type }: ResourceRecord) => type === 'A' || type === 'AAAA'
  return records.map((record) => (isAddress(record) ? record.data : `${record.type} ${record.data}`)).join(', ')
}
