import { isInvalid } from '../values/invalid.ts'
import { contains, type Network, parseCidr } from '../values/ip.ts'
import type { OccurrenceView, PropertyView, WordView } from '../verdict/servers-view.ts'

/** A policy of `acl`: what it does with which queries of whom. */
export interface Policy {
  /** `allow`, `block`, `filter` or `drop`. */
  readonly action: string
  readonly line: PropertyView
  /** Types in capitals; null for all. */
  readonly types: ReadonlySet<string> | null
  /** Networks of clients; null for all. */
  readonly networks: readonly Network[] | null
}

const policiesOf = new WeakMap<OccurrenceView, readonly Policy[] | null>()

/** The policies of an `acl` in their order (plugin/acl/setup.go parse), read once; null where a word of them is not known or is refused. */
export function readPolicies(acl: OccurrenceView): readonly Policy[] | null {
  let policies = policiesOf.get(acl)
  if (policies === undefined) {
    policies = read(acl)
    policiesOf.set(acl, policies)
  }
  return policies
}

function read(acl: OccurrenceView): readonly Policy[] | null {
  const policies: Policy[] = []
  for (const line of acl.lines()) {
    if (!line.name.known || line.args.some(({ known }) => !known)) return null
    const action = line.name.value.toLowerCase()
    const sections = sectionsOf(line.args)
    if (!['allow', 'block', 'filter', 'drop'].includes(action) || sections === null) return null
    const networks = sections.networks === null ? null : sections.networks.map(networkOf)
    if (networks !== null && !networks.every((network) => network !== null)) return null
    policies.push({ action, line, types: sections.types, networks })
  }
  return policies
}

interface Sections {
  readonly types: ReadonlySet<string> | null
  readonly networks: readonly string[] | null
}

/** `type QTYPE...` and `net SOURCE...`, in any order; an asterisk, or no such section, stands for all. */
function sectionsOf(words: readonly WordView[]): Sections | null {
  let types: Set<string> | null = null
  let networks: string[] | null = null
  let takesAll = { type: false, net: false }
  let section: 'type' | 'net' | null = null
  for (const { value } of words) {
    const name = value.toLowerCase()
    if (name === 'type' || name === 'net') section = name
    else if (section === null) return null
    else if (value === '*') takesAll = { ...takesAll, [section]: true }
    else if (section === 'type') {
      types ??= new Set()
      types.add(value)
    } else {
      networks ??= []
      networks.push(value)
    }
  }
  return { types: takesAll.type ? null : types, networks: takesAll.net ? null : networks }
}

function networkOf(source: string): Network | null {
  const read = parseCidr(source.includes('/') ? source : `${source}/${source.includes(':') ? 128 : 32}`)
  return isInvalid(read) ? null : read.network
}

/** Whether a policy takes all queries of everybody. */
export function takesEverything({ types, networks }: Policy): boolean {
  return types === null && networks === null
}

/** Longer lists of networks are not compared. */
const MOST_NETWORKS = 20

/** Whether every query that one policy takes is one of another, as far as lists of networks are short. */
export function isCovered(policy: Policy, before: Policy): boolean {
  if (before.types !== null && (policy.types === null || ![...policy.types].every((type) => before.types?.has(type))))
    return false
  if (before.networks === null) return true
  if (before.networks.length > MOST_NETWORKS) return false
  const { networks } = before
  return policy.networks?.every((own) => networks.some((other) => holds(other, own))) ?? false
}

function holds(network: Network, other: Network): boolean {
  return (
    network.prefix <= other.prefix &&
    network.address.length === other.address.length &&
    contains(network, other.address)
  )
}
