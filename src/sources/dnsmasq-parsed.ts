import type { Range } from '../text/range.ts'
import { byteLength } from '../values/text.ts'
import type { DnsmasqRefusal, DnsmasqValue, DnsmasqVersion } from './dnsmasq.ts'
import type { OptionText } from './dnsmasq-text.ts'

/** What an argument says, and who refuses it. */
export interface ParsedArgument {
  readonly value: DnsmasqValue
  readonly refusals: readonly DnsmasqRefusal[]
}

/** A value that every release takes. */
export function taken(value: DnsmasqValue): ParsedArgument {
  return { value, refusals: [] }
}

/** An argument that no release takes. */
export function unreadable(why: string, range: Range): ParsedArgument {
  return { value: { type: 'unreadable', why }, refusals: [{ why, range }] }
}

/** Releases from `since` to before `until` refuse it. */
export function refusal(
  why: string,
  range: Range,
  between: { readonly since?: DnsmasqVersion; readonly until?: DnsmasqVersion } = {},
): DnsmasqRefusal {
  return { ...between, why, range }
}

/** option.c `numeric_check` and `atoi`: digits and nothing else; no digit at all is 0. Nothing when it is something else. */
export function numberOf(text: OptionText): number | undefined {
  return /^[0-9]*$/.test(text.value) ? Number(text.value) : undefined
}

/** The same up to 65535. */
export function number16Of(text: OptionText): number | undefined {
  const number = numberOf(text)
  return number !== undefined && number <= 0xffff ? number : undefined
}

/**
 * util.c `canonicalise`: the name without one final dot, or nothing when it is none: empty, longer than 1,025 bytes, a label
 * above 63 bytes, a control character, or nothing but blanks. What stands in it otherwise is not looked at.
 */
export function nameOf(text: OptionText): string | undefined {
  if (nameFault(text) !== undefined) return undefined
  const { value } = text
  return value.endsWith('.') ? value.slice(0, -1) : value
}

/** Why a text is no name; undefined when it is one. */
export function nameFault({ value }: OptionText): 'label' | 'other' | undefined {
  if (value === '' || byteLength(value) > 1025) return 'other'
  const name = value.endsWith('.') ? value.slice(0, -1) : value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\x00-\x1f\x7f]/.test(name) || (!value.endsWith('.') && name.trim() === '')) return 'other'
  return name.split('.').every((label) => byteLength(label) <= 63) ? undefined : 'label'
}

/** option.c `canonicalise_opt`: as `nameOf`, but an empty text is an empty name, which releases before 2.87 refuse. */
export function nameOrEmpty(text: OptionText): string | undefined {
  return text.length === 0 ? '' : nameOf(text)
}

/** The refusals of the names among some that are empty. */
export function refusalsOfEmpty(...names: readonly (OptionText | undefined)[]): DnsmasqRefusal[] {
  return names.flatMap((name) =>
    name?.length === 0
      ? [refusal('a name is empty, which is taken since dnsmasq 2.87', name.range, { until: '2.87' })]
      : [],
  )
}
