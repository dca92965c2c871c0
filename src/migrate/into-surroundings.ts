import type { Place } from '../expand/token-view.ts'
import type { BlockView, ServersView } from '../verdict/servers-view.ts'
import type { DirectivePlan } from './blocks.ts'
import type { Conflict, ItemSource } from './plan.ts'

/** What stands at a place of the Corefile. */
type SourceAt = (place: Place) => ItemSource

/**
 * That blocks have addresses which are filled in later, and a new one may repeat their zone; null where all are known or somebody said
 * that it does not. Cannot be accepted where a template hides where blocks begin: then even those that are written out may be missing.
 */
export function zonesNotKnown(
  { blocks, isTemplate }: ServersView,
  accepted: ReadonlySet<string>,
  sourceAt: SourceAt,
): Conflict | null {
  // A placeholder beside a brace hides that the block ends there.
  const isHidden = ({ block }: BlockView) => isTemplate && (block.open === null || block.close === null)
  const unknown = blocks.filter((block) => isHidden(block) || block.keys.some(({ known }) => !known))
  const hasBlocks = !unknown.some(isHidden)
  if (unknown.length === 0 || (hasBlocks && accepted.has('zones-not-known'))) return null
  return {
    code: 'zones-not-known',
    message: `what is filled in later says which zones ${hasBlocks ? 'some blocks' : 'the blocks'} of the Corefile serve: a new block may be a second one for the same zone, with which CoreDNS does not start`,
    places: unknown.flatMap(({ keys }) => {
      const open = keys.filter(({ known }) => !known)
      return (open.length > 0 ? open : keys.slice(0, 1)).map(({ at }) => sourceAt(at))
    }),
    choices: hasBlocks
      ? [{ accept: 'zones-not-known', effect: 'none of these blocks serves the zone of a new one' }]
      : [],
  }
}

/** That `hosts` of a block has no `fallthrough`, so that nothing comes to its `forward`; null where something does, or somebody said that it may not. */
export function hostsEndSearch(block: BlockView, accepted: ReadonlySet<string>, sourceAt: SourceAt): Conflict | null {
  const hosts = block.occurrences('hosts').find(({ args }) => args.length < 2)
  if (hosts === undefined || hosts.has('fallthrough') || accepted.has('hosts-ends-search')) return null
  return {
    code: 'hosts-ends-search',
    message:
      'hosts of the Corefile has no fallthrough: names that it does not list get SERVFAIL and never reach forward, of which the sources need it',
    places: [sourceAt(hosts.name.place)],
    choices: [
      {
        accept: 'hosts-ends-search',
        effect: 'these names go on getting SERVFAIL; else write fallthrough into it first',
      },
    ],
  }
}

/** Directives without those whose double braces an engine that has yet to fill in the Corefile would take for its own. */
export function withoutDoubleBraces(
  { configuration }: ServersView,
  directives: readonly DirectivePlan[],
  sourceAt: SourceAt,
): { readonly kept: readonly DirectivePlan[]; readonly conflict: Conflict | null } {
  const engine = configuration.unknowns.find(({ kind, subject }) => kind === 'placeholder' && ENGINE.test(subject))
  const taken = directives.filter(({ lines }) => lines.some(({ text }) => text.includes('{{')))
  if (engine === undefined || taken.length === 0) return { kept: directives, conflict: null }
  const many = taken.length === 1 ? 'a directive needs' : `${taken.length} directives need`
  const items = new Set(taken.flatMap(({ lines }) => lines.flatMap((line) => line.items)))
  const conflict = {
    code: 'corefile-is-template',
    message: `${many} {{ .Name }} of CoreDNS, which what fills in this Corefile would take for its own: without --into the directives are shown, to be written by hand as it quotes braces`,
    places: [sourceAt(engine.at), ...[...items].map(({ source }) => source)],
    choices: [],
  }
  return { kept: directives.filter((one) => !taken.includes(one)), conflict }
}

const ENGINE = /^(?:\{\{|\{%)/

/**
 * Where the last block needs braces before another block follows: its opening one at an offset, or null for the closing one alone. False
 * where it has both, or a template or an import writes it.
 */
export function bracesMissing({ blocks, isTemplate, configuration }: ServersView): number | null | false {
  const block = blocks.at(-1)?.block
  const key = block?.keys.at(-1)
  if (block === undefined || block.close !== null || key === undefined || isTemplate) return false
  const { list, index, site } = key.at
  if (site !== null || list !== configuration.main) return false
  return block.open === null ? list.end(index) : null
}
