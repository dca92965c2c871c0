import { normalizeName } from '../../../values/name.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { ResourceRecord } from '../../outcome.ts'
import type { PluginModel, Reply, Request } from '../model.ts'
import { returned, unknown, written } from '../replies.ts'
import { matchZone, notItsZone } from '../zones.ts'

/** plugin/any/any.go: every question for ANY gets one made-up record (RFC 8482). */
export const any: PluginModel = {
  prepare: () => [
    {
      serve({ name, type }, turn) {
        if (type !== 'ANY') return turn.next()
        turn.note('the answer of RFC 8482')
        return answer([{ name, ttl: 8482, type: 'HINFO', data: '"ANY obsoleted" "See RFC 8482"' }])
      },
    },
  ],
}

/** plugin/whoami/whoami.go: what it says stands in the additional section; the answer is empty. */
export const whoami: PluginModel = {
  prepare: () => [
    {
      serve(_request, turn) {
        turn.note('an empty answer, the address of the client beside it')
        return written({ kind: 'nodata' }, [])
      },
    },
  ],
}

/** plugin/chaos/chaos.go: what the server says of itself, in class CH. */
export const chaos: PluginModel = {
  prepare: ([occurrence], { program }) => {
    const [version, ...authors] = occurrence?.args.map(({ value }) => value) ?? []
    return [
      {
        serve(request, turn) {
          if (request.class !== 'CH' || request.type !== 'TXT') return turn.next()
          const { name } = request
          const texts = (...lines: readonly string[]) =>
            answer(lines.map((line) => ({ name, ttl: 0, type: 'TXT', data: quoteText(line.slice(0, 255)) })))
          switch (normalizeName(name)) {
            case 'version.bind.':
            case 'version.server.':
              return texts(version ?? `CoreDNS-${program.release}`)
            case 'authors.bind.':
              return authors.length > 0
                ? texts(...new Set(authors))
                : unknown('the authors of CoreDNS are its own list')
            case 'hostname.bind.':
            case 'id.server.':
              return unknown('the host name of the machine is not known')
            default:
              return turn.next()
          }
        },
      },
    ]
  },
}

/** plugin/minimal/minimal.go: answers lose the sections behind the answer itself. */
export const minimal: PluginModel = {
  prepare: (_occurrences, { since }) => [
    {
      serve(_request, turn) {
        const reply = turn.next()
        const { outcome, authority } = reply
        // It used to write a reply that was none.
        if (outcome.kind === 'dropped' && !since('1.15.0')) {
          return returned({ kind: 'servfail', reason: 'minimal fails where there is no reply at all' })
        }
        const isPositive = outcome.kind === 'records' || outcome.kind === 'alias'
        return isPositive && authority !== undefined && authority.length > 0 ? { ...reply, authority: [] } : reply
      },
    },
  ],
}

const LOCAL_TTL = 604800
const LOCAL_ZONES = ['localhost.', '0.in-addr.arpa.', '127.in-addr.arpa.', '255.in-addr.arpa.']

/** plugin/local/local.go: localhost and the networks that belong to one machine. */
export const local: PluginModel = {
  prepare: ([occurrence], { since }) => {
    const takesPrefix = occurrence?.properties('localhost_prefix').at(-1)?.args[0]?.value.toLowerCase() !== 'off'
    return [
      {
        serve(request, turn) {
          const name = normalizeName(request.name)
          const isBelow = since('1.14.5') && name.endsWith('.localhost.')
          const isBeside = takesPrefix && name.startsWith('localhost.') && name !== 'localhost.'
          if (isBelow || isBeside) return localhost(request)
          const zone = matchZone(LOCAL_ZONES, name)
          if (zone === null) {
            turn.note(notItsZone(LOCAL_ZONES))
            return turn.next()
          }
          return ofLocalZone(request, name, zone)
        },
      },
    ]
  },
  mention(_occurrences, vocabulary) {
    for (const zone of LOCAL_ZONES) vocabulary.domain(zone)
    vocabulary.name('localhost.localdomain.')
    vocabulary.address('127.0.0.1')
  },
}

function localhost({ name, type }: Request): Reply {
  const address = type === 'A' ? '127.0.0.1' : type === 'AAAA' ? '::1' : null
  if (address === null) return written({ kind: 'nodata' }, [localSoa(name)])
  return answer([{ name, ttl: LOCAL_TTL, type, data: address }])
}

function ofLocalZone(request: Request, name: string, zone: string): Reply {
  const owner = request.name
  const { type } = request
  const isApex = LOCAL_ZONES.includes(name)
  if (isApex && type === 'SOA') return answer([localSoa(owner)])
  if (isApex && type === 'NS') return answer([{ name: owner, ttl: LOCAL_TTL, type, data: 'localhost.' }])
  if (name === 'localhost.') return localhost(request)
  if (isApex) return written({ kind: 'nodata' }, [localSoa(owner)])
  const soa = localSoa(owner.slice(-zone.length))
  if (name !== '1.0.0.127.in-addr.arpa.') return written({ kind: 'nxdomain' }, [soa])
  if (type !== 'PTR') return written({ kind: 'nodata' }, [soa])
  return answer([{ name: owner, ttl: LOCAL_TTL, type, data: 'localhost.' }])
}

function localSoa(name: string): ResourceRecord {
  return { name, ttl: LOCAL_TTL, type: 'SOA', data: `localhost. root.localhost. 1 0 0 0 ${LOCAL_TTL}` }
}

/** plugin/erratic/erratic.go: made-up answers; by default every second query gets none. */
export const erratic: PluginModel = {
  prepare: ([occurrence]) => {
    const drops = occurrence === undefined ? 2 : dropsOf(occurrence)
    return [
      {
        serve({ name, type }) {
          if (drops > 1) return unknown(`erratic drops one query of ${drops}`)
          if (drops === 1) return returned({ kind: 'dropped', reason: 'erratic drops every query' })
          if (type === 'AXFR') return unknown('erratic makes up a zone')
          if (type === 'A') return answer([{ name, ttl: 0, type, data: '192.0.2.53' }])
          if (type === 'AAAA') return answer([{ name, ttl: 0, type, data: '2001:db8::53' }])
          return returned({ kind: 'servfail', reason: 'erratic answers A and AAAA alone' })
        },
      },
    ]
  },
}

/** plugin/erratic/setup.go parseErratic: who delays or truncates drops nothing unless it says so. */
function dropsOf(occurrence: OccurrenceView): number {
  const amounts = (property: string) => occurrence.properties(property).map(({ args }) => args[0]?.value)
  const amount = (property: string, missing: number) =>
    amounts(property).reduce((_, text) => Number(text ?? 2), missing)
  const written = amounts('drop').filter((text) => text !== undefined)
  if (written.length > 0) return Number(written.at(-1))
  return amount('delay', 0) > 0 || amount('truncate', 0) > 0 ? 0 : 2
}

/** plugin/tsig/tsig.go for a client that signs nothing. */
export const tsig: PluginModel = {
  prepare: ([occurrence]) => {
    const zones = occurrence?.zones(occurrence.args) ?? []
    const words = (property: string) =>
      new Set(occurrence?.properties(property).flatMap(({ args }) => args.map(({ value }) => value.toUpperCase())))
    const [types, opcodes] = [words('require'), words('require_opcode')]
    return [
      {
        serve(request, turn) {
          const isRequired = types.has('ALL') || types.has(request.type) || opcodes.has('ALL') || opcodes.has('QUERY')
          if (!isRequired || matchZone(zones, normalizeName(request.name)) === null) return turn.next()
          turn.note('refused without a signature')
          return written({ kind: 'refused' }, [])
        },
      },
    ]
  },
}

function answer(records: readonly ResourceRecord[]): Reply {
  return written({ kind: 'records', records }, [])
}

/** A text as a zone file writes it. */
function quoteText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
