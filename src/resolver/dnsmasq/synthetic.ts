import type { DnsmasqOption, DnsmasqSynthDomain } from '../../sources/dnsmasq.ts'
import type { FilePlace } from '../../text/range.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { absoluteName, foldCase, spelledName } from '../../values/name.ts'
import type { ResourceRecord } from '../outcome.ts'
import type { OwnRecord } from './records.ts'

/** A `--synth-domain`: names that stand for addresses of a range. */
interface Range {
  readonly domain: string
  /** In lower case. */
  readonly prefix: string
  readonly isSequential: boolean
  readonly size: 4 | 16
  readonly first: bigint
  readonly last: bigint
  readonly at: FilePlace
}

const OPTION = '--synth-domain'

/** Names made of addresses, and the other way round (domain.c is_name_synthetic, is_rev_synth). */
export class SyntheticNames {
  readonly #ranges: readonly Range[]
  readonly #ttl: number

  constructor(options: readonly DnsmasqOption[], ttl: number) {
    this.#ttl = ttl
    this.#ranges = options.flatMap(({ value, path, range, argument }) => {
      if (value.type !== 'synth-domain') return []
      return rangeOf(value, argument?.value.includes('/') === true, { path, range })
    })
  }

  /** All domains that have such names. */
  get domains(): readonly string[] {
    return this.#ranges.map(({ domain }) => domain)
  }

  /** Whether a name in lower case stands for an address of any family. */
  has(name: string): boolean {
    return this.#ranges.some((range) => addressOf(range, name) !== null)
  }

  /** The record that a name in lower case or a reverse address has; null where it has none of the type. */
  find(name: string, type: string, reverse: string | null): OwnRecord | null {
    const pointer = type === 'PTR' || type === 'ANY' ? this.#pointer(name, reverse) : null
    const record = pointer ?? this.#address(name, type)
    return record === null ? null : { record: record.record, option: OPTION, at: record.range.at }
  }

  #address(name: string, type: string): { readonly record: ResourceRecord; readonly range: Range } | null {
    for (const range of this.#ranges) {
      const own = range.size === 4 ? 'A' : 'AAAA'
      const address = type === own || type === 'ANY' ? addressOf(range, name) : null
      if (address !== null) return { record: { name, ttl: this.#ttl, type: own, data: address }, range }
    }
    return null
  }

  #pointer(name: string, reverse: string | null): { readonly record: ResourceRecord; readonly range: Range } | null {
    const ip = reverse === null ? undefined : parseIp(reverse)
    if (ip === undefined) return null
    const number = numberOf(ip)
    const range = this.#ranges.find(({ size, first, last }) => size === ip.length && number >= first && number <= last)
    if (range === undefined) return null
    const own = range.isSequential ? String(number - range.first) : dashed(formatIp(ip))
    const data = `${range.prefix}${own}.${range.domain}`
    return { record: { name, ttl: this.#ttl, type: 'PTR', data }, range }
  }
}

function rangeOf(value: DnsmasqSynthDomain, hasPrefix: boolean, at: FilePlace): Range[] {
  const first = parseIp(value.first)
  const last = parseIp(value.last)
  if (first === undefined || last === undefined) return []
  const { prefix, isSequential } = value
  const domain = absoluteName(foldCase(spelledName(value.domain.value)))
  const size = first.length === 4 ? 4 : 16
  const range = { domain, prefix: foldCase(spelledName(prefix)), isSequential, size, at } as const
  // Without a prefix every IPv6 address lies in the range (domain.c match_domain6; seen on 2.90).
  const isOpen = size === 16 && !hasPrefix && !isSequential
  if (isOpen) return [{ ...range, first: 0n, last: (1n << 128n) - 1n }]
  return [{ ...range, first: numberOf(first), last: numberOf(last) }]
}

/** The address in the range that a name stands for, or null. */
function addressOf({ domain, prefix, isSequential, size, first, last }: Range, name: string): string | null {
  const dot = name.indexOf('.')
  if (!name.startsWith(prefix) || name.slice(dot + 1) !== domain) return null
  const own = name.slice(prefix.length, dot)
  if (isSequential) {
    if (!/^\d{1,9}$/.test(own)) return null
    const number = first + BigInt(own)
    return number > last ? null : textOf(number, size)
  }
  if (!/^[\da-f-]+$/.test(own)) return null
  const ip = parseIp(own.replaceAll('-', size === 4 ? '.' : ':'))
  if (ip === undefined || ip.length !== size) return null
  const number = numberOf(ip)
  return number < first || number > last ? null : formatIp(ip)
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function textOf(number: bigint, size: 4 | 16): string {
  const bytes = Array.from({ length: size }, (_, at) => Number((number >> BigInt(8 * (size - 1 - at))) & 255n))
  return formatIp(bytes)
}

/** An address as it stands in a name; one that begins with colons gets a zero in front. */
function dashed(address: string): string {
  return (address.startsWith(':') ? `0${address}` : address).replace(/[.:]/g, '-')
}
