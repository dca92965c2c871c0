import type { Question } from '../resolver/configuration.ts'
import type { Reply } from '../resolver/reply.ts'
import type { SkyDnsConfiguration } from './configurations.ts'

/** A way in which SkyDNS and the plugin etcd answer differently from the same keys: what D-ETCD and D-CNAME-RES stand for here. */
interface EtcdDifference {
  /** A part of what the report of the migration says about it. */
  readonly told: string
  /** The version of the store of which it is said so. */
  readonly store?: 2 | 3
  is(question: Question, before: Reply, after: Reply, isApex: boolean): boolean
}

const isEmpty = ({ rcode, answers }: Reply) => rcode === 'NOERROR' && answers.length === 0
const dataOf = ({ answers }: Reply) => answers.map(({ type, data }) => `${type} ${data}`)
const names = (reply: Reply) => reply.answers.map(({ data }) => data)
const hasAlias = ({ answers }: Reply) => answers.some(({ type }) => type === 'CNAME')

/** Measured on SkyDNS 2.5.3a and CoreDNS 1.15.0. */
const DIFFERENCES: readonly EtcdDifference[] = [
  {
    told: 'names without a key do not exist',
    store: 3,
    is: (_, before, after) => isEmpty(before) && after.rcode === 'NXDOMAIN' && after.answers.length === 0,
  },
  {
    told: 'names below a key do not exist',
    store: 2,
    is: ({ type }, before, after) => type !== 'NS' && isEmpty(before) && after.rcode === 'NXDOMAIN',
  },
  {
    told: 'asked for NS without a key',
    store: 2,
    is: ({ type }, before, after) => type === 'NS' && isEmpty(before) && after.rcode === 'NXDOMAIN',
  },
  {
    told: 'the SOA has times of its own and is given for every name',
    is: ({ type }, before, after) =>
      type === 'SOA' && before.rcode === 'NOERROR' && after.answers.some((record) => record.type === 'SOA'),
  },
  {
    told: 'a value that is no JSON fails every answer',
    is: ({ type }, before, after) => type !== 'SRV' && isEmpty(before) && after.rcode === 'SERVFAIL',
  },
  {
    told: 'come from the keys below dns/apex',
    is: ({ type }, _, after, isApex) => isApex && (type === 'A' || type === 'AAAA') && after.rcode === 'NOERROR',
  },
  {
    told: 'TXT follows a host that is a name',
    is: ({ type }, before, after) => type === 'TXT' && isEmpty(before) && hasAlias(after),
  },
  {
    told: 'keys without a host have TXT alone',
    is: ({ type }, before, after) =>
      type !== 'TXT' && names(before).some((data) => /(?:^| )\.$/.test(data)) && isEmpty(after),
  },
  {
    told: 'hosts with too few labels to be forwarded are looked up',
    store: 2,
    is: (_, before, after) => isEmpty(before) && names(after).some((data) => /^[^.]+\.$/.test(data)),
  },
  {
    told: 'hosts that are names outside of the domain are aliases',
    store: 3,
    is: (_, before, after) => {
      const own = new Set(dataOf(after))
      return before.rcode === 'NOERROR' && hasAlias(after) && dataOf(before).every((data) => own.has(data))
    },
  },
  {
    told: 'others that begin alike count no more',
    store: 3,
    // The weights of SRV depend on how many there are.
    is: (_, before, after) => {
      const last = (reply: Reply) => names(reply).map((data) => data.slice(data.lastIndexOf(' ') + 1))
      const own = new Set(last(before))
      return (
        after.rcode === 'NOERROR' &&
        before.answers.length > after.answers.length &&
        last(after).every((one) => own.has(one))
      )
    },
  },
]

/** What the report has to say about how two replies from the same keys differ; null where that is none of the known ways. */
export function etcdDifference(
  question: Question,
  { domain, store }: Pick<SkyDnsConfiguration, 'domain' | 'store'>,
  before: Reply,
  after: Reply,
): string | null {
  const isApex = question.name.toLowerCase() === `${domain}.`
  const found = DIFFERENCES.find((one) => (one.store ?? store) === store && one.is(question, before, after, isApex))
  return found?.told ?? null
}
