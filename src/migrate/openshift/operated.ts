import type { OpenShiftRelease } from '../../../grammar/openshift.ts'
import { OPENSHIFT_DOMAIN, operatorCorefile } from '../../resolver/openshift/operator-corefile.ts'
import type { ManifestNode } from '../../sources/manifest.ts'
import { DEFAULT_OPERATOR_DNS, operatorDnsIn, readOperatorDns } from '../../sources/openshift-dns.ts'
import { applyEdits } from '../../text/edit.ts'
import { LineIndex } from '../../text/lines.ts'
import type { Range } from '../../text/range.ts'
import { sourceOf, untranslatable } from '../contribution.ts'
import type { Conflict, Fact, Item, Plan } from '../plan.ts'
import { mergeOperator, type OperatorPlace, type OperatorSource } from './merge.ts'
import { resourceEdits, resourceText } from './resource.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** The resource of the DNS operator of OpenShift as the target of a migration. */
export interface OperatorTarget {
  readonly openshift: OpenShiftRelease
  /** The file with the resource that it goes into; null for a new one. */
  readonly into: { readonly path: string; readonly text: string; readonly object: ManifestNode } | null
}

/** The resource that stands for the Corefile which the operator writes. */
export interface OperatorResource {
  readonly openshift: OpenShiftRelease
  /** The whole file that has it; empty for a new one. */
  readonly before: string
  readonly text: string
  /** Why the file cannot take the edits, in a sentence without a full stop; null where it can. */
  readonly cannotEdit: string | null
}

/** What a migration to the resource gives. */
export interface Operated {
  readonly resource: OperatorResource
  /** The Corefiles that the operator writes for the resource before and afterwards. */
  readonly before: string
  readonly corefile: string
  readonly items: readonly Item[]
  readonly conflicts: readonly Conflict[]
  /** Lines (1-based) of the file with the resource. */
  readonly lineOf: ReadonlyMap<Item, number>
  /** Names that only items speak of which cannot be expressed, fully qualified and in lower case. */
  readonly lost: readonly string[]
}

/** Puts a plan into the resource, new or by edits of one that is there. */
export function operated(
  plan: Plan,
  { openshift, into }: OperatorTarget,
  release: string,
  accepted: ReadonlySet<string>,
): Operated {
  const old = into === null ? DEFAULT_OPERATOR_DNS : readOperatorDns(into.object)
  const wanted = wantedOf(plan, release, openshift)
  const merge = mergeOperator(old, wanted, sourceIn(into), accepted)
  const { corefile } = operatorCorefile(merge.dns, openshift)
  const { text, cannotEdit } =
    into === null ? { text: resourceText(merge.dns), cannotEdit: null } : edited(into, merge, openshift, corefile)
  const outcomes = new Map(plan.items.map((item) => [item, outcomeOf(item, wanted, merge)]))
  const lineAt = linesOf(text)
  const lineOf = new Map<Item, number>()
  for (const [item, place] of merge.placeOf) {
    const line = lineAt(place)
    const outcome = outcomes.get(item)
    if (line !== null && outcome !== undefined && outcome.fidelity !== 'untranslatable') lineOf.set(outcome, line)
  }
  const isLost = (item: Item) => outcomes.get(item)?.fidelity === 'untranslatable'
  return {
    resource: { openshift, before: into?.text ?? '', text, cannotEdit },
    before: operatorCorefile(old, openshift).corefile,
    corefile,
    items: [...outcomes.values()],
    conflicts: [
      ...plan.conflicts.filter((conflict) => !isAboutLost(conflict, plan.items.filter(isLost))),
      ...merge.conflicts,
    ],
    lineOf,
    lost: plan.facts.flatMap(lostNames),
  }
}

/** Names that the resource has no place for. */
function lostNames(fact: Fact): readonly string[] {
  const absolute = (name: string) => `${name.replace(/\.$/, '').toLowerCase()}.`
  if (fact.kind === 'host') return fact.names.map(absolute)
  if (fact.kind === 'record') return [absolute(fact.name)]
  // An etcd has keys for reverse names as well.
  if (fact.kind === 'zone') return [`*.${absolute(fact.zone)}`, '*.in-addr.arpa.', '*.ip6.arpa.']
  const isOther = fact.kind === 'cluster' && absolute(fact.domain) !== `${OPENSHIFT_DOMAIN}.`
  return isOther ? [`*.${absolute(fact.domain)}`] : []
}

/** Edits the file, and looks whether the operator then reads what is meant. */
function edited(
  { path, text, object }: NonNullable<OperatorTarget['into']>,
  { changes }: ReturnType<typeof mergeOperator>,
  openshift: OpenShiftRelease,
  corefile: string,
): { text: string; cannotEdit: string | null } {
  const edits = resourceEdits(object, changes)
  const after = edits === null ? text : applyEdits(text, edits)
  const number = operatorDnsIn(text).findIndex(({ range }) => range.start === object.range.start)
  const [again] = operatorDnsIn(after).slice(Math.max(0, number))
  const { refusal } = operatorCorefile(readOperatorDns(again ?? object), openshift)
  if (refusal !== null) return { text, cannotEdit: `${path}: the operator does not take the resource: ${refusal}` }
  const isRead = again !== undefined && operatorCorefile(readOperatorDns(again), openshift).corefile === corefile
  if (edits !== null && isRead) return { text: after, cannotEdit: null }
  return {
    text,
    cannotEdit: `${path}: an alias or a template writes what would have to be changed: without --into a new resource is shown`,
  }
}

/** What became of an item, told in the words of the resource. */
function outcomeOf(
  item: Item,
  { lost, byItself }: Wanted,
  { placeOf, kept, dns }: ReturnType<typeof mergeOperator>,
): Item {
  const reasons = lost.get(item)
  if (reasons !== undefined) {
    const instead = [...new Set([...reasons.values()].flatMap((one) => one ?? []))]
    return untranslatable(item.source, [...reasons.keys()].join('; '), instead.length === 0 ? null : instead.join('; '))
  }
  const why = kept.get(item)
  if (why !== undefined) return untranslatable(item.source, why)
  const place = placeOf.get(item)
  const where = place === undefined ? byItself.get(item) : placeName(place, dns)
  if (where === undefined || item.fidelity === 'untranslatable') return item
  return { ...item, note: item.codes.length === 0 ? where : `${where}; ${item.note}` }
}

function placeName(place: OperatorPlace, { servers }: ReturnType<typeof mergeOperator>['dns']): string {
  if (typeof place === 'string') return `spec.${place}`
  const server = servers.find(({ zones }) => zones.some((zone) => zone.replace(/\.$/, '').toLowerCase() === place.zone))
  return `spec.servers, ${server?.name ?? place.zone}`
}

/** Nothing is to be decided between things of which none goes into the resource. */
function isAboutLost({ places }: Conflict, lost: readonly Item[]): boolean {
  return (
    places.length > 0 &&
    places.every((place) =>
      lost.some(({ source }) => source.path === place.path && source.range.start === place.range.start),
    )
  )
}

function sourceIn(into: OperatorTarget['into']): OperatorSource {
  return (place) => {
    const spec = into?.object.get('spec')
    const found = typeof place === 'number' ? spec?.get('servers')?.items[place] : spec?.get(place)
    const range: Range = found?.range ?? { start: 0, end: 0 }
    const text = typeof place === 'number' ? (found?.get('name')?.placed?.value ?? 'servers') : place
    return sourceOf(into?.path ?? '', range, text)
  }
}

/** The line of a file that says something: of a zone its own, of a field that of its key's value. */
function linesOf(text: string): (place: OperatorPlace) => number | null {
  const [object] = operatorDnsIn(text)
  const index = new LineIndex(text)
  return (place) => {
    const spec = object?.get('spec')
    const found =
      typeof place === 'string'
        ? spec?.pairs.find(({ key }) => key === place)?.keyRange
        : spec
            ?.get('servers')
            ?.items.flatMap((server) => server.get('zones')?.words ?? [])
            .find(({ value }) => value.replace(/\.$/, '').toLowerCase() === place.zone)?.range
    return found === undefined ? null : index.positionAt(found.start).line
  }
}
