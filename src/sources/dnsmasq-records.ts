import type { Range } from '../text/range.ts'
import { formatIp, masked, parseIp } from '../values/ip.ts'
import { byteLength } from '../values/text.ts'
import type { DnsmasqRefusal, DnsmasqSynthDomain } from './dnsmasq.ts'
import type { ParsedArgument } from './dnsmasq-parsed.ts'
import {
  nameOf,
  nameOrEmpty,
  number16Of,
  numberOf,
  refusal,
  refusalsOfEmpty,
  taken,
  unreadable,
} from './dnsmasq-parsed.ts'
import type { OptionText } from './dnsmasq-text.ts'
import type { Placed } from './source.ts'

/** `--host-record=NAME[,NAME..][,IPv4][,IPv6][,TTL]`; addresses and a TTL are told from names by their looks alone. */
export function parseHostRecord(argument: OptionText): ParsedArgument {
  const parts = argument.parts(',')
  if (parts.length < 2) return unreadable('there is no comma between name and address', argument.range)
  const names: Placed[] = []
  let ipv4: Placed | undefined
  let ipv6: Placed | undefined
  let ttl: Placed<number> | undefined
  const refusals: DnsmasqRefusal[] = []
  for (const part of parts) {
    // What is in quotes is no number and no address: dnsmasq looks before it takes the protection off.
    const { seen, range } = part
    if (/^[0-9]*$/.test(seen)) ttl = { value: Number(seen), range }
    else if (parseIp(seen) !== undefined) {
      if (seen.includes(':')) ipv6 = part.placed
      else ipv4 = part.placed
    } else {
      const name = nameOrEmpty(part.unveiled)
      if (name === undefined) return unreadable(`${part.value} is no name and no address`, range)
      names.push({ value: name, range })
      if (seen !== part.value) {
        refusals.push(refusal('quotes in a name are taken since dnsmasq 2.86', range, { until: '2.86' }))
      }
    }
  }
  const addresses = [ipv4, ipv6].filter((address) => address !== undefined)
  return { value: { type: 'host-record', names, addresses, ttl }, refusals }
}

/** `--cname=ALIAS[,ALIAS..],TARGET[,TTL]`. */
export function parseCname(argument: OptionText): ParsedArgument {
  const parts = argument.parts(',')
  const last = parts.at(-1)
  if (parts.length < 2 || !last) return unreadable('there is no target behind the alias', argument.range)
  const number = parts.length > 2 ? numberOf(last) : undefined
  const ttl = number === undefined ? undefined : { value: number, range: last.range }
  if (ttl) parts.pop()
  const names: Placed[] = []
  for (const part of parts) {
    const name = nameOrEmpty(part.unveiled)
    if (name === undefined) return unreadable(`${part.value} is no name`, part.range)
    names.push({ value: name, range: part.range })
  }
  const target = names.pop()
  if (!target) return unreadable('there is no target', argument.range)
  const refusals = refusalsOfEmpty(...parts)
  if (names.length > 1) {
    refusals.push(refusal('several aliases are taken since dnsmasq 2.78', argument.range, { until: '2.78' }))
  }
  return { value: { type: 'cname', aliases: names, target, ttl }, refusals }
}

/** `--txt-record=NAME[,TEXT[,TEXT..]]`; longer texts than 255 bytes become several. */
export function parseTxt(argument: OptionText): ParsedArgument {
  const [first, texts] = argument.split(',')
  const name = placedName(first)
  if (!name) return unreadable(`${first.value} is no name`, first.range)
  const refusals = refusalsOfEmpty(first)
  if (!texts) {
    const strings = [{ value: '', range: argument.slice(argument.length).range }]
    return { value: { type: 'txt', name, strings }, refusals }
  }
  const strings: Placed[] = []
  const { seen } = texts
  for (let start = 0; start <= seen.length; ) {
    const comma = seen.indexOf(',', start)
    const end = comma === -1 ? seen.length : comma
    strings.push(...pieces(texts.slice(start, end)))
    if (comma === -1) break
    start = comma + 1
    // A comma at the very end is not followed by a text.
    if (start === seen.length) strings.push({ value: '', range: texts.slice(start).range })
  }
  return { value: { type: 'txt', name, strings }, refusals }
}

const longestString = 255

function pieces(text: OptionText): Placed[] {
  const pieces: Placed[] = []
  let start = 0
  let bytes = 0
  let at = 0
  for (const character of text.value) {
    const width = byteLength(character)
    if (bytes + width > longestString) {
      pieces.push(text.slice(start, at).placed)
      start = at
      bytes = 0
    }
    bytes += width
    at += character.length
  }
  pieces.push(text.slice(start).placed)
  return pieces
}

/** `--srv-host=NAME[,TARGET[,PORT[,PRIORITY[,WEIGHT]]]]`. */
export function parseSrv(argument: OptionText): ParsedArgument {
  const [first, target, port, priority, weight, ...more] = argument.parts(',')
  const name = first && placedName(first)
  if (!name) return unreadable('there is no name', argument.range)
  const host = target && placedName(target)
  if (target && !host) return unreadable(`${target.value} is no name`, target.range)
  const numbers: number[] = []
  for (const [index, what] of (['port', 'priority', 'weight'] as const).entries()) {
    const text = [port, priority, weight][index]
    const number = text ? number16Of(text) : index === 0 ? 1 : 0
    if (number === undefined) return unreadable(`${text?.value} is no ${what}`, text?.range ?? argument.range)
    numbers.push(number)
  }
  const [extra] = more
  if (extra) return unreadable('nothing may stand behind the weight', extra.range)
  const [portNumber = 1, priorityNumber = 0, weightNumber = 0] = numbers
  return {
    value: {
      type: 'srv',
      name,
      target: host?.value === '' ? undefined : host,
      port: portNumber,
      priority: priorityNumber,
      weight: weightNumber,
    },
    refusals: refusalsOfEmpty(first, target),
  }
}

/** `--mx-host=NAME[,TARGET[,PREFERENCE]]`. */
export function parseMx(argument: OptionText): ParsedArgument {
  const [first, rest] = argument.split(',')
  const [second, third] = rest ? rest.split(',') : [undefined, undefined]
  const preference = third ? number16Of(third) : 1
  if (preference === undefined) return unreadable(`${third?.value} is no preference`, third?.range ?? argument.range)
  const name = placedName(first)
  const target = second && placedName(second)
  if (!name || (second && !target)) return unreadable('a name is none', argument.range)
  const value = { type: 'mx', name, target: target?.value === '' ? undefined : target, preference } as const
  return { value, refusals: refusalsOfEmpty(first, second) }
}

/** `--ptr-record=NAME[,TARGET]`. */
export function parsePtr(argument: OptionText): ParsedArgument {
  const [first, second] = argument.split(',')
  const name = placedName(first)
  const target = second && placedName(second)
  if (!name || (second && !target)) return unreadable('a name is none', argument.range)
  return { value: { type: 'ptr', name, target }, refusals: refusalsOfEmpty(first, second) }
}

/** `--naptr-record=NAME,ORDER,PREFERENCE,FLAGS,SERVICE,REGEXP[,REPLACEMENT]`. */
export function parseNaptr(argument: OptionText): ParsedArgument {
  const parts: OptionText[] = []
  let rest: OptionText | undefined = argument
  // What follows the sixth comma belongs to the replacement, commas and all.
  while (rest && parts.length < 6) {
    const [part, behind]: [OptionText, OptionText | undefined] = rest.split(',')
    parts.push(part)
    rest = behind
  }
  const [first, order, preference, flags, service, regexp] = parts
  const replacement = rest
  if (!first || !order || !preference || !flags || !service || !regexp) {
    return unreadable('a NAPTR record has six or seven parts', argument.range)
  }
  const name = placedName(first)
  const orderNumber = number16Of(order)
  const preferenceNumber = number16Of(preference)
  if (!name || orderNumber === undefined || preferenceNumber === undefined) {
    return unreadable('name, order or preference is none', argument.range)
  }
  const replaced = replacement && nameOrEmpty(replacement.unveiled)
  if (replacement && replaced === undefined) return unreadable(`${replacement.value} is no name`, replacement.range)
  return taken({
    type: 'naptr',
    name,
    order: orderNumber,
    preference: preferenceNumber,
    flags: flags.value,
    service: service.value,
    regexp: regexp.value,
    replacement: replaced,
  })
}

/** `--caa-record=NAME,FLAGS,TAG,TEXT`. */
export function parseCaa(argument: OptionText): ParsedArgument {
  const [first, rest] = argument.split(',')
  const [flags, behind] = rest ? rest.split(',') : [undefined, undefined]
  const [tag, text] = behind ? behind.split(',') : [undefined, undefined]
  const name = placedName(first)
  const number = flags && numberOf(flags)
  if (!name || number === undefined || !tag || !text) {
    return unreadable('a CAA record is NAME,FLAGS,TAG,VALUE', argument.range)
  }
  return taken({ type: 'caa', name, flags: number & 0xff, tag: tag.value, text: text.value })
}

/** `--dns-rr=NAME,NUMBER[,HEX]`. */
export function parseRawRecord(argument: OptionText): ParsedArgument {
  const [first, rest] = argument.split(',')
  const [type, hex] = rest ? rest.split(',') : [undefined, undefined]
  const number = type && numberOf(type)
  const name = placedName(first)
  const data = hexDigits(hex?.seen ?? '')
  if (!name || number === undefined || data === undefined) {
    return unreadable('a record is NAME,NUMBER,HEX with the number of its type', argument.range)
  }
  return taken({ type: 'dns-rr', name, rrType: number, data })
}

/** util.c `parse_hex`: groups of digits between `:`, `-` and blanks; the last byte of a group may have one digit. */
function hexDigits(text: string): string | undefined {
  let digits = ''
  for (const group of text.split(/[: -]/)) {
    if (!/^[0-9a-f]*$/i.test(group)) return undefined
    for (let at = 0; at < group.length; at += 2) digits += group.slice(at, at + 2).padStart(2, '0')
  }
  return digits.toLowerCase()
}

/** `--synth-domain=DOMAIN,RANGE[,PREFIX[*]]`. */
export function parseSynthDomain(argument: OptionText): ParsedArgument {
  const [first, written] = argument.split(',')
  const domain = placedName(first)
  if (!domain || !written) return unreadable('a domain and a range of addresses belong here', argument.range)
  const [from, ...others] = written.unveiled.parts(',')
  const range = from && addressRange(from, others)
  if (!range) {
    const why = `${written.value} is no range of addresses`
    const isTooLong = from !== undefined && /^[0-9.]+\/[0-9]+$/.test(from.value) && others.length < 2
    // Before, a prefix that is too long was taken and nothing sensible made of it.
    const refusals = isTooLong
      ? [refusal(why, written.range, { since: '2.86' }), crash(written.range)]
      : [refusal(why, written.range)]
    return { value: { type: 'unreadable', why }, refusals }
  }
  const name = range.prefix && nameOrEmpty(range.prefix)
  const longest = range.first.includes(':') && range.isNetwork ? 63 - 46 : 63 - 16
  if (name === undefined && range.prefix) return unreadable(`${range.prefix.value} is no prefix`, range.prefix.range)
  if (name && name.length > longest) return unreadable('the prefix is too long', written.range)
  const isSequential = name?.endsWith('*') ?? false
  if (isSequential && range.first.includes(':') && range.isNetwork && range.bits < 64) {
    return unreadable('names are numbered in networks of 64 bits and more', written.range)
  }
  const value: DnsmasqSynthDomain = {
    type: 'synth-domain',
    domain,
    first: range.first,
    last: range.last,
    prefix: isSequential ? (name?.slice(0, -1) ?? '') : (name ?? ''),
    isSequential,
  }
  return { value, refusals: range.prefix ? [] : [crash(written.range)] }
}

function crash(range: Range): DnsmasqRefusal {
  return refusal('dnsmasq 2.79 crashes without a prefix of names', range, { since: '2.79', until: '2.80' })
}

/** `NETWORK/BITS[,more]`, `FIRST,LAST[,more]` or one address. */
function addressRange(
  from: OptionText,
  others: readonly OptionText[],
): { first: string; last: string; isNetwork: boolean; bits: number; prefix: OptionText | undefined } | undefined {
  const [address, size] = from.split('/')
  const ip = parseIp(address.value)
  if (!ip) return undefined
  const bytes = address.value.includes(':') && ip.length === 4 ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...ip] : ip
  if (size) {
    const bits = numberOf(size)
    if (bits === undefined || bits > bytes.length * 8 || others.length > 1) return undefined
    const first = masked(bytes, bits)
    const last = first.map((byte, at) => byte | (~(0xff00 >> Math.min(8, Math.max(0, bits - at * 8))) & 0xff))
    return { first: formatIp(first), last: formatIp(last), isNetwork: true, bits, prefix: others[0] }
  }
  const [end, prefix] = others
  const last = end ? parseIp(end.value) : ip
  if (!last || (end && end.value.includes(':') !== address.value.includes(':')) || others.length > 2) return undefined
  return { first: formatIp(ip), last: formatIp(last), isNetwork: false, bits: 0, prefix }
}

/** `--domain=DOMAIN[,RANGE[,local]]`. */
export function parseDomain(argument: OptionText): ParsedArgument {
  const [first, written] = argument.split(',')
  const domain = placedName(first)
  if (!domain) return unreadable(`${first.value} is no name`, first.range)
  if (!written) return taken({ type: 'domain', domain, range: undefined, isLocal: false })
  const [from, ...others] = written.unveiled.parts(',')
  const isNetwork = from?.value.includes('/') ?? false
  const range = from && addressRange(from, isNetwork ? [] : others)
  const [local] = isNetwork ? others : []
  const isInterface = !isNetwork && from !== undefined && parseIp(from.value) === undefined
  const isLocal = local?.value === 'local'
  if ((!range && !isInterface) || (local && !isLocal)) {
    return unreadable(`${written.value} is no range of addresses`, written.range)
  }
  const value = { type: 'domain', domain, range: written.placed, isLocal } as const
  const refusals = isInterface
    ? [refusal('an interface is taken here since dnsmasq 2.87', written.range, { until: '2.87' })]
    : []
  return { value, refusals }
}

/** `--alias=OLD[-END],NEW[,MASK]`. */
export function parseAlias(argument: OptionText): ParsedArgument {
  const [from, replacement, mask, ...more] = argument.parts(',')
  const [old, end] = from ? from.split('-') : [undefined, undefined]
  const isIpv4 = (text: OptionText | undefined) =>
    text !== undefined && /^[0-9.]+$/.test(text.value) && parseIp(text.value)
  const why = 'an alias is OLD,NEW or OLD,NEW,MASK, all of IPv4'
  const older = {
    value: { type: 'unreadable', why },
    refusals: [refusal(why, argument.range, { since: '2.80' })],
  } as const
  if (!old || !isIpv4(old) || !replacement || !isIpv4(replacement) || (mask && !isIpv4(mask)) || more.length > 0)
    return older
  const first = parseIp(old.value) ?? []
  const last = end && isIpv4(end) ? parseIp(end.value) : undefined
  const bits = (mask && parseIp(mask.value)) ?? [255, 255, 255, 255]
  const isRange = last?.every((byte, at) => (byte & (bits[at] ?? 0)) === ((first[at] ?? 0) & (bits[at] ?? 0)))
  if (end && !isRange)
    return unreadable(`${old.value}-${end.value} is no range in the network of the mask`, from?.range ?? end.range)
  return taken({ type: 'alias', old: old.value, oldEnd: end?.value, replacement: replacement.value, mask: mask?.value })
}

/** `--bogus-nxdomain` and `--ignore-address`: an address or, since 2.86, a network. */
export function parseAddressOrNetwork(argument: OptionText): ParsedArgument {
  const [address, size] = argument.unveiled.split('/')
  const bits = size && numberOf(size)
  const isIpv6 = address.value.includes(':')
  if (!parseIp(address.value) || (size && bits === undefined)) {
    return unreadable(`${argument.value} is no address`, argument.range)
  }
  const refusals: DnsmasqRefusal[] = []
  if (isIpv6) refusals.push(refusal('only IPv4 is taken before dnsmasq 2.86', argument.range, { until: '2.86' }))
  else if (size) refusals.push(refusal('a network is taken since dnsmasq 2.85', argument.range, { until: '2.85' }))
  if ((bits ?? 0) > (isIpv6 ? 128 : 32)) {
    refusals.push(refusal(`${size?.value} is no length of a prefix`, argument.range, { since: '2.86' }))
  }
  return { value: { type: 'text', text: argument.placed }, refusals }
}

/** `--add-subnet[=[ADDRESS/]BITS[,[ADDRESS/]BITS]]`. */
export function parseSubnet(argument: OptionText | undefined): ParsedArgument {
  if (!argument) return taken({ type: 'subnet', ipv4: undefined, ipv6: undefined })
  const [ipv4, ipv6] = argument.split(',')
  for (const part of [ipv4, ipv6]) {
    if (!part) continue
    const [address, size] = part.split('/')
    const isRead = size
      ? parseIp(address.seen) !== undefined && numberOf(size) !== undefined
      : numberOf(part) !== undefined
    if (!isRead) return unreadable(`${part.value} is no length of a prefix`, part.range)
  }
  return taken({ type: 'subnet', ipv4: ipv4.placed, ipv6: ipv6?.placed })
}

function placedName(text: OptionText): Placed | undefined {
  const value = text.length === 0 ? '' : nameOf(text.unveiled)
  return value === undefined ? undefined : { value, range: text.range }
}
