import type { Answer } from 'dns-packet'
import type { Response } from '../live/client.ts'
import type { Asked } from '../live/upstreams.ts'
import type { Question } from './configuration.ts'

/** A record as dig prints it, without its TTL and class. */
export interface ReplyRecord {
  readonly name: string
  readonly type: string
  readonly data: string
}

/** A question that an upstream got. */
export interface UpstreamQuestion {
  readonly upstream: number
  readonly name: string
  readonly type: string
}

/** What was observed of one question. */
export interface Reply {
  /** Null where no reply came. */
  readonly rcode: string | null
  readonly answers: readonly ReplyRecord[]
  /** The name servers of a referral, and their addresses: only where nothing else is said. */
  readonly referral: readonly ReplyRecord[]
  /** Which upstreams were asked what until the reply came. */
  readonly asked: readonly UpstreamQuestion[]
}

/** What a server answered, in the words in which it is recorded and compared. */
export function replyOf({ rcode, message }: Response, asked: readonly Asked[]): Reply {
  const answers = (message?.answers ?? []).map(recordOf)
  const authorities = (message?.authorities ?? []).map(recordOf)
  const additionals = (message?.additionals ?? []).filter(({ type }) => type !== 'OPT').map(recordOf)
  const isReferral = rcode === 'NOERROR' && answers.length === 0 && authorities.some(({ type }) => type === 'NS')
  const referral = isReferral ? [...authorities.filter(({ type }) => type === 'NS'), ...additionals] : []
  return {
    rcode,
    answers,
    referral,
    asked: asked.map(({ upstream, name, type }) => ({ upstream, name: absolute(name), type: typeName(type) })),
  }
}

function recordOf(record: Answer): ReplyRecord {
  const type = typeName(record.type)
  return { name: absolute(record.name), type, data: 'data' in record ? dataOf(type, record.data) : '' }
}

const TYPES: Readonly<Record<string, string>> = { UNKNOWN_64: 'SVCB', UNKNOWN_65: 'HTTPS' }

/** The mnemonic of a type, for those that are younger than the library too. */
function typeName(type: string): string {
  return TYPES[type] ?? type.replace(/^UNKNOWN_/, 'TYPE')
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}

// The library has a type for the data of each record; they are told apart by the record's type.
type Fields = Record<string, string | number>

function dataOf(type: string, data: unknown): string {
  switch (type) {
    case 'A':
      return String(data)
    case 'AAAA':
      return addressText(String(data))
    case 'CNAME':
    case 'DNAME':
    case 'NS':
    case 'PTR':
      return absolute(String(data))
    case 'TXT':
      return (Array.isArray(data) ? data : [data])
        .map((part) => `"${String(part).replace(/["\\]/g, '\\$&')}"`)
        .join(' ')
    case 'MX': {
      const { preference, exchange } = data as Fields
      return `${preference ?? 0} ${absolute(String(exchange))}`
    }
    case 'SRV': {
      const { priority, weight, port, target } = data as Fields
      return `${priority ?? 0} ${weight ?? 0} ${port} ${absolute(String(target))}`
    }
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = data as Fields
      // What is the time of day is another one in the next run.
      const isTime = Number(serial) > 1_600_000_000
      const times = [isTime ? 0 : serial, refresh, retry, expire, minimum].join(' ')
      return `${absolute(String(mname))} ${absolute(String(rname))} ${times}`
    }
    case 'HINFO': {
      const { cpu, os } = data as Fields
      return `"${cpu}" "${os}"`
    }
    case 'CAA': {
      const { flags, tag, value } = data as Fields
      return `${flags} ${tag} "${value}"`
    }
    case 'NAPTR': {
      const { order, preference, flags, services, regexp, replacement } = data as Fields
      const texts = [flags, services, regexp].map((text) => `"${text}"`).join(' ')
      return `${order} ${preference} ${texts} ${absolute(String(replacement))}`
    }
    default:
      return Buffer.isBuffer(data) ? `\\# ${data.length} ${data.toString('hex')}` : JSON.stringify(data)
  }
}

/** An IPv4 address in an IPv6 one is written with dots. */
function addressText(address: string): string {
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address) ?? []
  if (high === undefined || low === undefined) return address
  const bytes = [high, low].flatMap((pair) => [Number.parseInt(pair, 16) >> 8, Number.parseInt(pair, 16) & 255])
  return `::ffff:${bytes.join('.')}`
}

/**
 * A reply in one line: `NOERROR; @ A 10.0.0.1 <1 @`. `@` stands for the name that was asked for, a type is left out behind `<` where it is
 * the one that was asked for, `~` begins a referral.
 */
export function formatReply({ rcode, answers, referral, asked }: Reply, question: Question): string {
  const nameText = (name: string) => (name === question.name ? '@' : name)
  const recordText = ({ name, type, data }: ReplyRecord) => `${nameText(name)} ${type} ${data}`
  return [
    rcode ?? '-',
    ...answers.map((record) => `; ${recordText(record)}`),
    ...referral.map((record) => ` ~ ${recordText(record)}`),
    ...asked.map((one) => ` <${one.upstream} ${nameText(one.name)}${one.type === question.type ? '' : ` ${one.type}`}`),
  ].join('')
}

/** Reads what `formatReply` wrote. */
export function parseReply(text: string, question: Question): Reply {
  const nameOf = (written: string) => (written === '@' ? question.name : written)
  const recordFrom = (written: string): ReplyRecord => {
    const [, name = '', type = '', data = ''] = /^(\S+) (\S+) ?(.*)$/s.exec(written) ?? []
    return { name: nameOf(name), type, data }
  }
  const [known = '', ...asked] = text.split(' <')
  const [said = '', ...referral] = known.split(' ~ ')
  const [rcode = '', ...answers] = said.split('; ')
  return {
    rcode: rcode === '-' ? null : rcode,
    answers: answers.map(recordFrom),
    referral: referral.map(recordFrom),
    asked: asked.map((written) => {
      const [upstream, name = '', type = question.type] = written.split(' ')
      return { upstream: Number(upstream), name: nameOf(name), type }
    }),
  }
}
