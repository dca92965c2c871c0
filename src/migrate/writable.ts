import { parseForwardTarget } from '../values/endpoint.ts'
import { isInvalid } from '../values/invalid.ts'
import { isIp, parseCidr } from '../values/ip.ts'
import { isDomainName, normalizeName, spelledName } from '../values/name.ts'
import type { Release } from '../values/release.ts'
import { parseRecord } from '../values/resource-record.ts'
import { untranslatable } from './contribution.ts'
import { controlCharacter, whyNoLine } from './corefile-line.ts'
import type { ClusterFact, Fact, ForwardFact, HostFact, Item, Plan, RecordFact } from './plan.ts'
import { refusalOf } from './refusal.ts'
import { presentation } from './templates.ts'

/** A plan of which everything can be written, and the names that are left out for it, fully qualified and in lower case. */
export interface WritablePlan {
  readonly plan: Plan
  readonly lost: readonly string[]
}

/** Something that cannot stand in a Corefile as what it is in its source, with why. */
interface Fault {
  readonly what: string
  readonly why: string
}

/**
 * Leaves out what a Corefile cannot hold, name by name: texts of a source are names, servers and lines of CoreDNS only when CoreDNS reads
 * the same in them. The items of what is left out say so, and are not translatable; everything else goes on.
 */
export function writable(plan: Plan, release: Release): WritablePlan {
  const refused = new Map<Item, Fault[]>()
  const lost: string[] = []
  const homeless: Item[] = []
  const kept = plan.facts.flatMap((fact) => {
    const { rest, faults } = checked(fact, release)
    for (const item of fact.items) if (faults.length > 0) refused.set(item, [...(refused.get(item) ?? []), ...faults])
    if (fact.items.length === 0) homeless.push(...faults.map(itemOf))
    lost.push(...faults.flatMap(({ what }) => lostOf(fact, what)))
    return rest ?? []
  })
  if (refused.size === 0 && homeless.length === 0) return { plan, lost }
  const written = new Set(kept.flatMap(({ items }) => items))
  const replaced = new Map([...refused].map(([item, faults]) => [item, replacement(item, faults, written.has(item))]))
  const items = (some: readonly Item[]) => some.map((item) => replaced.get(item) ?? item)
  return {
    plan: {
      ...plan,
      facts: kept.map((fact) => ({ ...fact, items: items(fact.items) })),
      items: [...items(plan.items), ...homeless],
    },
    lost,
  }
}

/** What is no surprise to the proof where a text of a fact is left out. */
function lostOf(fact: Fact, what: string): string[] {
  const name = normalizeName(spelledName(what))
  if (fact.kind === 'record') return [normalizeName(spelledName(fact.name))]
  if (fact.kind === 'host') return [name]
  if (fact.kind === 'forward' && !fact.zones.includes(what))
    return [`server ${what}`, `server ${what}:53`, `server resolv.conf ${what.replace(/^\.\//, '')}`]
  if (fact.kind === 'forward') return [`*.${name}`]
  const zone = 'domain' in fact ? fact.domain : fact.kind === 'zone' ? fact.zone : null
  return zone === null ? [] : [zone, spelledName(zone)].map((one) => `*.${normalizeName(one)}`)
}

/** An item of which something, or everything, is left out. */
function replacement({ source, note, check }: Item, faults: readonly Fault[], isWritten: boolean): Item {
  const told = [...new Set(faults.map(({ what, why }) => `${what} is left out: ${why}`))]
  return untranslatable(source, (isWritten ? [note, ...told] : told).join('; '), check)
}

/** A fact without a place that cannot be written; the text is all there is to say where it comes from. */
function itemOf({ what, why }: Fault): Item {
  return untranslatable({ path: '', range: { start: 0, end: 0 }, text: what }, why)
}

/** A fact without what cannot be written of it; null where nothing is left. */
function checked(fact: Fact, release: Release): { rest: Fact | null; faults: readonly Fault[] } {
  switch (fact.kind) {
    case 'host':
      return checkedHost(fact, release)
    case 'forward':
      return checkedForward(fact, release)
    case 'record':
      return whole(fact, faultsOfRecord(fact, release))
    case 'address':
    case 'deny':
      return whole(
        fact,
        faultsOf([fact.domain], (name) => whyNoZone(name, release)),
      )
    case 'cluster':
      return checkedCluster(fact, release)
    case 'zone':
      return whole(fact, [
        ...faultsOf([fact.zone], (name) => whyNoZone(name, release)),
        ...faultsOfDirective(fact.plugin, fact.lines, release),
      ])
    case 'template':
    case 'directive': {
      const zones = fact.zone === '*' ? [] : [fact.zone]
      return whole(fact, [...faultsOf(zones, (name) => whyNoZone(name, release)), ...faultsOfLines(fact.lines)])
    }
    default:
      return whole(fact, [])
  }
}

function whole(fact: Fact, faults: readonly Fault[]): { rest: Fact | null; faults: readonly Fault[] } {
  return { rest: faults.length === 0 ? fact : null, faults }
}

function faultsOf(texts: readonly string[], whyNot: (text: string) => string | null): Fault[] {
  return texts.flatMap((what) => {
    const why = whyNot(what)
    return why === null ? [] : [{ what, why }]
  })
}

/** What cannot stand in lines of a directive, by the first word: the others may be secrets. */
function faultsOfLines(lines: readonly string[]): Fault[] {
  return lines.flatMap((text) => {
    const why = whyNoLine(text)
    return why === null ? [] : [{ what: firstWord(text), why }]
  })
}

function firstWord(text: string): string {
  return text.trim().split(' ')[0] ?? ''
}

function checkedHost(fact: HostFact, release: Release): { rest: Fact | null; faults: readonly Fault[] } {
  const address = faultsOf([fact.address], (text) => (isIp(text) ? null : 'it is no IP address'))
  if (address.length > 0) return { rest: null, faults: address }
  const faults = faultsOf(fact.names, (name) => whyNoHostName(name, release))
  if (faults.length === 0) return { rest: fact, faults }
  const left = new Set(faults.map(({ what }) => what))
  const names = fact.names.filter((name) => !left.has(name))
  return { rest: names.length === 0 ? null : { ...fact, names }, faults }
}

/** A cluster whose API is not where it can be said is still one: CoreDNS then asks that of the cluster it runs in. */
function checkedCluster(fact: ClusterFact, release: Release): { rest: Fact | null; faults: readonly Fault[] } {
  const domain = faultsOf([fact.domain], (name) => whyNoZone(name, release))
  if (domain.length > 0) return { rest: null, faults: domain }
  const checkedLines = fact.lines.map((text) => {
    const faults = faultsOfDirective(firstWord(text), [`kubernetes cluster.local {`, text, '}'], release)
    return { text, faults }
  })
  const lines = checkedLines.filter(({ faults }) => faults.length === 0).map(({ text }) => text)
  return { rest: { ...fact, lines }, faults: checkedLines.flatMap(({ faults }) => faults) }
}

/** What of a whole directive CoreDNS would not start with. */
function faultsOfDirective(what: string, lines: readonly string[], release: Release): Fault[] {
  const faults = faultsOfLines(lines)
  if (faults.length > 0) return faults
  const why = refusalOf(lines.join('\n'), release)
  return why === null ? [] : [{ what, why }]
}

function checkedForward(fact: ForwardFact, release: Release): { rest: Fact | null; faults: readonly Fault[] } {
  const isNetwork = (zone: string) => !isInvalid(parseCidr(zone))
  const zoneFaults = faultsOf(fact.zones, (zone) => (isNetwork(zone) ? null : whyNoZone(zone, release)))
  const lineFaults = faultsOfLines(fact.lines)
  const to = fact.to === 'default' ? [] : fact.to
  const toFaults = faultsOf(to, (text) => whyNoUpstream(text, release))
  const faults = [...zoneFaults, ...toFaults, ...lineFaults]
  if (faults.length === 0) return { rest: fact, faults }
  const left = new Set(faults.map(({ what }) => what))
  const zones = fact.zones.filter((zone) => !left.has(zone))
  const servers = fact.to === 'default' ? fact.to : to.filter((text) => !left.has(text))
  const lines = fact.lines.filter((text) => whyNoLine(text) === null)
  return { rest: zones.length === 0 || servers.length === 0 ? null : { ...fact, zones, to: servers, lines }, faults }
}

function faultsOfRecord({ name, rdata }: RecordFact, release: Release): Fault[] {
  const targets = rdata.flatMap((part) => (typeof part !== 'string' && 'name' in part ? [part.name] : []))
  const faults = [name, ...targets].flatMap((one, at) => {
    const what = one === '.' ? one : one.replace(/\.$/, '')
    const why = what === '.' ? null : at === 0 ? whyNoZone(what, release) : whyNoName(what, release)
    return why === null ? [] : [{ what, why }]
  })
  if (faults.length > 0) return faults
  // What means something to a zone file stands in strings alone.
  const odd = rdata.find((part) => typeof part === 'string' && !/^[\w.:\\#-]+$/.test(part))
  if (typeof odd === 'string') return [{ what: odd, why: 'a record of CoreDNS cannot hold it' }]
  const record = parseRecord(`x. 60 IN ${presentation(rdata)}`, release)
  return record === null || record === 'empty'
    ? [{ what: presentation(rdata), why: 'CoreDNS reads no such record' }]
    : []
}

/** A host name with what may stand around it: `tls://dns.example:853`. */
const HOST_NAME = /^(?:[a-z]+:\/\/)?[a-z\d_](?:[\w.-]*[a-z\d_])?\.?(?::\d+)?$/i

/** Why a server cannot stand behind `forward .`, as a sentence without a full stop; null where it can. */
function whyNoUpstream(text: string, release: Release): string | null {
  const why = whyNoLine(text)
  if (why !== null) return why
  if (/[\s"#]/.test(text)) return 'forward takes addresses and files without blanks, quotes and #'
  if (text.startsWith('./')) return 'CoreDNS finds files by their whole path alone'
  const isFile = text.startsWith('/')
  if (isFile) return /[:%]/.test(text) ? 'CoreDNS takes a part of the path for a port or a name' : null
  const target = parseForwardTarget(text, release)
  if (isInvalid(target)) return 'forward takes no such server'
  if (target.kind === 'file needed') {
    const isName = !isInvalid(target.otherwise) && HOST_NAME.test(text)
    return isName ? null : `CoreDNS ${release} takes it for no server`
  }
  const port = target.port === '' ? 53 : Number(target.port)
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? null : `${target.port} is no port`
}

/** Why a name is no zone of a server block and no argument of a plugin, as a sentence without a full stop; null where it is. */
function whyNoZone(zone: string, release: Release): string | null {
  if (zone === '.') return null
  const why = whyNoName(zone, release)
  if (why !== null) return why
  return isInvalid(parseCidr(zone)) ? null : 'CoreDNS takes it for a network'
}

function whyNoHostName(name: string, release: Release): string | null {
  if (name.includes('#')) return 'hosts takes what follows # for a comment'
  if (name === '*') return 'hosts takes a star for a pattern'
  return whyNoName(name, release)
}

/** What envsubst, Helm, Jinja and people leave where a value is to come: `$HOST`, `{{ host }}`, `<host>`, `__HOST__`. */
const TO_BE_REPLACED = /[{}]|<[\w.-]+>|\$[a-z_(]|__[a-z]+(?:_+[a-z]+)*__/i

/**
 * Why CoreDNS would not take a name, without its final dot, for the same name as its source, as a sentence without a full stop; null
 * where it does. It compares names in the spelling of zone files, in which a few characters have a backslash (miekg/dns `UnpackDomainName`).
 */
export function whyNoName(name: string, release: Release): string | null {
  if (name === '') return 'the name is empty'
  if (TO_BE_REPLACED.test(name)) return 'something in it is to be replaced before it is used'
  const control = controlCharacter(name)
  if (control !== null) return `it holds the control character ${control}`
  if (/\s/.test(name)) return 'CoreDNS has no names with blanks'
  const odd = /["'();@\\]/.exec(name)?.[0]
  if (odd !== undefined) return `CoreDNS writes ${odd} in a name in another way`
  if (/[^\x21-\x7e]/.test(name)) return 'CoreDNS compares names in ASCII, as queries have them: xn--...'
  if (name.includes(':')) return 'CoreDNS takes what follows a colon for a port'
  return isDomainName(name, release) ? null : 'a label of it is empty or too long, or all of it is'
}
