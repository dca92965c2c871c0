import { formatIp, parseIp } from '../values/ip.ts'
import type { DnsmasqDomain, DnsmasqRefusal, DnsmasqServer } from './dnsmasq.ts'
import type { ParsedArgument } from './dnsmasq-parsed.ts'
import { nameFault, nameOf, number16Of, numberOf, refusal, taken, unreadable } from './dnsmasq-parsed.ts'
import type { OptionText } from './dnsmasq-text.ts'
import { inetAton } from './inet-aton.ts'

/** `--server` and `--local` (option.c `one_opt`, `parse_server`). */
export function parseServerRule(argument: OptionText): ParsedArgument {
  const { domains, rest, refusals } = splitDomains(argument.unveiled)
  if (refusals.some(isForAll)) return { value: unreadableBy(refusals), refusals }
  if (rest.length === 0) return { value: { type: 'server', domains, to: 'none' }, refusals }
  const server = parseServer(rest)
  const all = [...refusals, ...server.refusals]
  if (!server.to) return { value: unreadableBy(all), refusals: all }
  return { value: { type: 'server', domains, to: server.to }, refusals: all }
}

/** `--address`. */
export function parseAddressRule(argument: OptionText): ParsedArgument {
  const { domains: written, rest, refusals: found } = splitDomains(argument.unveiled)
  const refusals = [...found]
  if (refusals.some(isForAll)) return { value: unreadableBy(refusals), refusals }
  const hasDomains = written.length > 0
  const start = argument.range.start
  const domains: DnsmasqDomain[] = hasDomains
    ? [...written]
    : [{ name: '', match: 'every', range: { start, end: start } }]
  if (!hasDomains) {
    refusals.push(refusal('an address without a domain is taken since dnsmasq 2.86', argument.range, { until: '2.86' }))
  }
  if (rest.length === 0) return { value: { type: 'address', domains, to: 'none' }, refusals }
  if (rest.value === '#') {
    refusals.push(refusal('# as an address is taken since dnsmasq 2.80', rest.range, { until: '2.80' }))
    return { value: { type: 'address', domains, to: 'zero' }, refusals }
  }
  const [address, port] = rest.split('#')
  if (parseIp(address.value) === undefined || (port && number16Of(port) === undefined)) {
    const none = refusal(`${rest.value} is no address`, rest.range)
    return { value: unreadableBy([none]), refusals: [...refusals, none] }
  }
  if (port) refusals.push(refusal('an address has no port since dnsmasq 2.86', port.range, { since: '2.86' }))
  return { value: { type: 'address', domains, to: address.placed }, refusals }
}

/** `--rev-server`. */
export function parseReverseServer(argument: OptionText): ParsedArgument {
  const [net, to] = argument.unveiled.split(',')
  const [address, size] = net.split('/')
  const ip = parseIp(address.value)
  if (!ip) return unreadable(`${address.value} is no address`, address.range)
  const bits = address.value.includes(':') ? 128 : 32
  const written = size && numberOf(size)
  const prefix = written ?? bits
  const at = (size ?? net).range
  const refusals: DnsmasqRefusal[] = []
  if (written === undefined) {
    refusals.push(refusal('a network without a prefix is taken since dnsmasq 2.87', net.range, { until: '2.87' }))
  }
  if (prefix < 1 || prefix > bits) {
    // Before, the text was taken and nothing sensible made of it.
    const why = `a prefix has 1 to ${bits} bits`
    return {
      value: { type: 'unreadable', why },
      refusals: [refusal(why, at, { since: bits === 32 ? '2.78' : '2.86' })],
    }
  }
  if (bits === 32 && prefix % 8 !== 0) {
    const why = 'the prefix is 8, 16, 24 or 32 before dnsmasq 2.87'
    refusals.push(refusal(why, at, { since: '2.78', until: '2.87' }))
  } else if (prefix % 4 !== 0) {
    refusals.push(refusal('dnsmasq 2.86 takes prefixes of whole digits only', at, { since: '2.86', until: '2.87' }))
  }
  const base = { type: 'rev-server', network: net.placed, address: formatIp(ip), prefix } as const
  if (!to) {
    refusals.push(refusal('a network without a server is taken since dnsmasq 2.81', argument.range, { until: '2.81' }))
    return { value: { ...base, to: 'none' }, refusals }
  }
  if (to.value === '#') {
    refusals.push(refusal('# as a server is taken here since dnsmasq 2.86', to.range, { until: '2.86' }))
  }
  if (to.length === 0) {
    refusals.push(refusal('there is a comma and no server behind it', argument.range, { since: '2.86' }))
    return { value: { ...base, to: 'none' }, refusals }
  }
  const server = parseServer(to)
  const all = [...refusals, ...server.refusals]
  return { value: server.to ? { ...base, to: server.to } : unreadableBy(all), refusals: all }
}

/** `--rebind-domain-ok`: `/a/b/` or `a`. */
export function parseDomainList(argument: OptionText): ParsedArgument {
  const text = argument.unveiled
  const parts = (text.value.startsWith('/') ? text.slice(1) : text).parts('/')
  if (parts.length > 1 && parts.at(-1)?.length === 0) parts.pop()
  else if (text.value.startsWith('/')) {
    const why = 'there is no second slash behind the domain'
    const older = refusal(why, argument.range, { until: '2.86' })
    return { value: { type: 'list', items: parts.map((part) => part.placed) }, refusals: [older] }
  }
  return taken({ type: 'list', items: parts.map((part) => part.placed) })
}

/** The domains between slashes and what stands behind the last one. */
function splitDomains(argument: OptionText): {
  domains: DnsmasqDomain[]
  rest: OptionText
  refusals: DnsmasqRefusal[]
} {
  if (!argument.value.startsWith('/')) return { domains: [], rest: argument, refusals: [] }
  const parts = argument.slice(1).parts('/')
  const rest = parts.pop() ?? argument
  const refusals: DnsmasqRefusal[] = []
  if (parts.length === 0) {
    const why = 'there is no second slash behind the domain'
    refusals.push(refusal(why, argument.range, { until: '2.86' }))
    // From 2.86 on the text is both the domain and where to ask.
    parts.push(rest)
  }
  const domains: DnsmasqDomain[] = []
  for (const part of parts) {
    const domain = domainOf(part)
    if (domain) domains.push(domain)
    else {
      const isLong = nameFault(part) === 'label'
      // Before, such a name was taken and never asked for.
      refusals.push(refusal(`${part.value} is no domain name`, part.range, isLong ? { since: '2.80' } : {}))
    }
  }
  return { domains, rest, refusals }
}

/** domain-match.c `add_update_server`. */
function domainOf(part: OptionText): DnsmasqDomain | undefined {
  const { value, range } = part
  if (value === '') return { name: '', match: 'single', range }
  if (value === '#' || value === '*') return { name: '', match: 'every', range }
  const star = value.startsWith('*')
  const dots = /^\.*/.exec(star ? value.slice(1) : value)?.[0].length ?? 0
  const name = star ? part.slice(1) : part.slice(dots)
  if (name.length === 0) return { name: '', match: 'every', range }
  const canonical = nameOf(name)
  if (canonical === undefined) return undefined
  if (!star) return { name: canonical, match: 'below', range }
  return dots > 0
    ? { name: canonical.slice(1), match: 'subdomains', range }
    : { name: canonical, match: 'suffix', range }
}

/** `IP`, `IP#port`, `IP@interface@source#port`, a name, or `#`. */
function parseServer(text: OptionText): { to: DnsmasqServer | 'default' | undefined; refusals: DnsmasqRefusal[] } {
  if (text.value === '#') return { to: 'default', refusals: [] }
  const refuse = (why: string, range = text.range) => ({ to: undefined, refusals: [refusal(why, range)] })
  const [target, source] = text.split('@')
  const [from, sourcePort] = source ? source.split('#') : [undefined, undefined]
  if (sourcePort && number16Of(sourcePort) === undefined)
    return refuse(`${sourcePort.value} is no port`, sourcePort.range)
  const [scoped, port] = target.split('#')
  const portNumber = port ? number16Of(port) : 53
  if (portNumber === undefined) return refuse(`${port?.value} is no port`, port?.range)
  const [host] = scoped.split('%')
  const via = from ? from.parts('@').map((part) => part.placed) : []
  const server = { port: portNumber, range: text.range, via }
  const family = familyOf(host.value)
  if (family === undefined) return byName(host, server)
  const refusals: DnsmasqRefusal[] = []
  const other = via.map((one) => familyOf(one.value)).find((one) => one !== undefined)
  if (other !== undefined && other !== family) {
    const why = `an IPv${family} server cannot be asked from an IPv${other} address`
    refusals.push(refusal(why, text.range, { since: '2.88' }))
  }
  const last = via.at(-1)
  if (via.length > 1 && last) {
    const isAddress = familyOf(last.value) !== undefined
    const why = isAddress ? 'there may be one @ before dnsmasq 2.85' : 'the second @ must be followed by an address'
    refusals.push(refusal(why, last.range, isAddress ? { since: '2.78', until: '2.85' } : { since: '2.78' }))
  }
  return { to: { ...server, host: host.value, isName: false }, refusals }
}

/** A server that getaddrinfo has to find, which dnsmasq asks since 2.88. */
function byName(
  host: OptionText,
  server: Omit<DnsmasqServer, 'host' | 'isName'>,
): { to: DnsmasqServer | undefined; refusals: DnsmasqRefusal[] } {
  const { value } = host
  const numbers = inetAton(value)
  const why = `dnsmasq before 2.88 asks addresses only: ${value === '' ? 'there is none' : `${value} is none`}`
  const older = refusal(why, server.range, { until: '2.88' })
  if (numbers) return { to: { ...server, host: formatIp(numbers), isName: false }, refusals: [older] }
  if (!/^(?=.*[a-z_-])[\w.-]+$/i.test(value) || nameOf(host) === undefined) {
    return {
      to: undefined,
      refusals: [refusal(`${value === '' ? 'nothing' : value} is no address and no host name`, server.range)],
    }
  }
  return { to: { ...server, host: value, isName: true }, refusals: [older] }
}

function familyOf(text: string): 4 | 6 | undefined {
  if (parseIp(text) === undefined) return undefined
  return text.includes(':') ? 6 : 4
}

function isForAll({ since, until }: DnsmasqRefusal): boolean {
  return since === undefined && until === undefined
}

function unreadableBy(refusals: readonly DnsmasqRefusal[]): { type: 'unreadable'; why: string } {
  return { type: 'unreadable', why: refusals.find(isForAll)?.why ?? refusals[0]?.why ?? 'it is not understood' }
}
