import delegated from 'tlds' with { type: 'json' }
import { foldCase } from './name.ts'

/** The domains under the root that somebody runs for the internet; those beyond ASCII are told by their `xn--`. */
const DELEGATED: ReadonlySet<string> = new Set(delegated)

/** Domains below a delegated one that were set aside for networks of one's own (RFC 8375). */
const SET_ASIDE = /(?:^|\.)home\.arpa$/

/**
 * Whether a name lies below a domain of the internet's root, so that the public DNS may know it: `db.example.com`, `co.uk`. Not so for a
 * single label, and for what people use at home: `.internal`, `.local`, `.lan`, `.corp`, `.test`, `home.arpa`. A final dot counts for nothing.
 */
export function isPublicName(name: string): boolean {
  const lower = foldCase(name).replace(/\.$/, '')
  const dot = lower.lastIndexOf('.')
  if (dot === -1 || SET_ASIDE.test(lower)) return false
  const last = lower.slice(dot + 1)
  return DELEGATED.has(last) || last.startsWith('xn--')
}
