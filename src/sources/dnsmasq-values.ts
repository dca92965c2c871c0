import type { Range } from '../text/range.ts'
import { queryTypeOf } from '../values/codes.ts'
import { parseIp } from '../values/ip.ts'
import type { DnsmasqRefusal } from './dnsmasq.ts'
import type { DnsmasqOptionRow } from './dnsmasq-options.ts'
import type { ParsedArgument } from './dnsmasq-parsed.ts'
import { nameOrEmpty, number16Of, numberOf, refusal, refusalsOfEmpty, taken, unreadable } from './dnsmasq-parsed.ts'
import {
  parseAddressOrNetwork,
  parseAlias,
  parseCaa,
  parseCname,
  parseDomain,
  parseHostRecord,
  parseMx,
  parseNaptr,
  parsePtr,
  parseRawRecord,
  parseSrv,
  parseSubnet,
  parseSynthDomain,
  parseTxt,
} from './dnsmasq-records.ts'
import { parseAddressRule, parseDomainList, parseReverseServer, parseServerRule } from './dnsmasq-servers.ts'
import type { OptionText } from './dnsmasq-text.ts'

type Reader = (argument: OptionText) => ParsedArgument

function number(argument: OptionText): ParsedArgument {
  const value = numberOf(argument.unveiled)
  if (value === undefined) return unreadable(`${argument.value} is no number`, argument.range)
  return taken({ type: 'number', number: { value, range: argument.range } })
}

/** A number with a least value. */
function numberFrom(least: number): Reader {
  return (argument) => {
    const value = numberOf(argument.unveiled)
    return value !== undefined && value < least
      ? unreadable(`${argument.value} is less than ${least}`, argument.range)
      : number(argument)
  }
}

function port(argument: OptionText): ParsedArgument {
  return number16Of(argument.unveiled) === undefined
    ? unreadable(`${argument.value} is no port`, argument.range)
    : number(argument)
}

function text(argument: OptionText): ParsedArgument {
  return taken({ type: 'text', text: argument.placed })
}

function list(argument: OptionText): ParsedArgument {
  return taken({ type: 'list', items: argument.parts(',').map((part) => part.placed) })
}

function addresses(argument: OptionText): ParsedArgument {
  const items = argument.parts(',')
  const wrong = items.find((item) => parseIp(item.value) === undefined)
  return wrong ? unreadable(`${wrong.value} is no address`, wrong.range) : list(argument)
}

function name(argument: OptionText): ParsedArgument {
  return nameOrEmpty(argument.unveiled) === undefined
    ? unreadable(`${argument.value} is no name`, argument.range)
    : { ...text(argument), refusals: refusalsOfEmpty(argument) }
}

/** One of some words and nothing else. */
function oneOf(...words: readonly string[]): Reader {
  return (argument) =>
    words.includes(argument.value)
      ? text(argument)
      : unreadable(`${argument.value} is none of ${words.join(', ')}`, argument.range)
}

/** syslog's names for where a message comes from. */
const facility = /^(?:auth|authpriv|cron|daemon|ftp|kern|lpr|mail|mark|news|security|syslog|user|uucp|local[0-7])$/i

function logFacility(argument: OptionText): ParsedArgument {
  const { value } = argument
  return value.includes('/') || value === '-' || facility.test(value)
    ? text(argument)
    : unreadable(`${value} is no facility of syslog and no path`, argument.range)
}

function recordTypes(argument: OptionText): ParsedArgument {
  const wrong = argument
    .parts(',')
    .find((part) => numberOf(part.unveiled) === undefined && queryTypeOf(part.value.toUpperCase()) === undefined)
  return wrong ? unreadable(`${wrong.value} is no record type`, wrong.range) : list(argument)
}

/** `NAME,INTERFACE[/4|/6]`; the addresses of `--dynamic-host` stand between them, at least one. */
function interfaceName(argument: OptionText, needsAddress: boolean): ParsedArgument {
  const parts = argument.parts(',')
  const [interfaceText, family] = parts.at(-1)?.split('/') ?? []
  const addresses = parts.slice(1, -1)
  const isRead =
    parts.length > 1 &&
    interfaceText !== undefined &&
    (needsAddress ? !family && addresses.length > 0 : addresses.length === 0 && /^[46]?$/.test(family?.value ?? '')) &&
    addresses.every(({ value }) => parseIp(value) !== undefined)
  return isRead ? list(argument) : unreadable(`${argument.value} names no interface`, argument.range)
}

function umbrella(argument: OptionText): ParsedArgument {
  const wrong = argument
    .parts(',')
    .find(({ value }) => !/^(?:deviceid:[0-9a-f]{16}|(?:orgid|assetid):[0-9]*)$/i.test(value))
  if (!wrong) return list(argument)
  return { ...list(argument), refusals: [refusal(`${wrong.value} is no identifier`, wrong.range, { since: '2.87' })] }
}

/** `/DOMAIN/SET,SET`; the releases before 2.80 take it without a set. */
function sets(argument: OptionText): ParsedArgument {
  if (!argument.value.endsWith('/')) return text(argument)
  return {
    ...text(argument),
    refusals: [refusal('there is no set behind the domain', argument.range, { since: '2.80' })],
  }
}

/** `DOMAIN[,INTERFACE..]`; the releases before 2.80 want an interface. */
function authServer(argument: OptionText): ParsedArgument {
  if (argument.parts(',').length > 1) return list(argument)
  const why = 'an interface has to stand behind the domain before dnsmasq 2.80'
  return { ...list(argument), refusals: [refusal(why, argument.range, { until: '2.80' })] }
}

function fastRetry(argument: OptionText): ParsedArgument {
  const [first, second] = argument.split(',')
  const least = numberOf(first.unveiled)
  if (least === undefined || least < 50 || (second && numberOf(second.unveiled) === undefined)) {
    return unreadable(`${argument.value} is no time of at least 50 milliseconds`, argument.range)
  }
  return list(argument)
}

/** Options whose argument is more than a text, or not any text. */
const READERS: Readonly<Record<string, Reader>> = {
  server: parseServerRule,
  local: parseServerRule,
  address: parseAddressRule,
  'rev-server': parseReverseServer,
  'host-record': parseHostRecord,
  cname: parseCname,
  'txt-record': parseTxt,
  'srv-host': parseSrv,
  'mx-host': parseMx,
  'ptr-record': parsePtr,
  'naptr-record': parseNaptr,
  'caa-record': parseCaa,
  'dns-rr': parseRawRecord,
  'synth-domain': parseSynthDomain,
  domain: parseDomain,
  alias: parseAlias,
  'bogus-nxdomain': parseAddressOrNetwork,
  'ignore-address': parseAddressOrNetwork,
  'add-subnet': parseSubnet,
  'rebind-domain-ok': parseDomainList,
  'mx-target': name,
  'cache-size': number,
  'dns-forward-max': number,
  'edns-packet-max': number,
  'local-ttl': number,
  'neg-ttl': number,
  'max-ttl': number,
  'min-cache-ttl': number,
  'max-cache-ttl': number,
  'auth-ttl': number,
  'dhcp-ttl': number,
  'use-stale-cache': number,
  'log-async': number,
  'dhcp-lease-max': number,
  'port-limit': numberFrom(1),
  'max-tcp-connections': numberFrom(1),
  'fast-dns-retry': fastRetry,
  port,
  'query-port': port,
  'min-port': port,
  'max-port': port,
  'log-facility': logFacility,
  'local-service': oneOf('net', 'host'),
  'add-mac': oneOf('base64', 'text'),
  'dnssec-check-unsigned': oneOf('no'),
  'filter-rr': recordTypes,
  'cache-rr': recordTypes,
  'listen-address': addresses,
  'auth-peer': addresses,
  'auth-sec-servers': list,
  'auth-zone': list,
  'auth-server': authServer,
  'conf-dir': list,
  interface: list,
  'except-interface': list,
  'interface-name': (argument) => interfaceName(argument, false),
  'dynamic-host': (argument) => interfaceName(argument, true),
  umbrella,
  ipset: sets,
  nftset: sets,
}

/** Options that need a number although the argument may be missing. */
const NEEDS_ARGUMENT: ReadonlySet<string> = new Set(['cache-size'])

/** What the argument of an option says, and which releases refuse it. */
export function parseArgument(row: DnsmasqOptionRow, argument: OptionText | undefined, place: Range): ParsedArgument {
  if (!argument) {
    if (NEEDS_ARGUMENT.has(row.name)) return unreadable('a number is missing', place)
    return row.name === 'add-subnet' ? parseSubnet(undefined) : taken({ type: 'flag' })
  }
  const parsed = (READERS[row.name] ?? text)(argument)
  const { argumentSince } = row
  if (argumentSince === undefined) return parsed
  const why = `--${row.name} takes an argument since dnsmasq ${argumentSince}`
  const older: DnsmasqRefusal = refusal(why, argument.range, { until: argumentSince })
  return { ...parsed, refusals: [...parsed.refusals, older] }
}
