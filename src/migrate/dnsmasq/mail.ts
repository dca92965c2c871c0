import type { DnsmasqOption } from '../../sources/dnsmasq.ts'
import { differs, untranslatable } from '../contribution.ts'
import type { Fact, Item } from '../plan.ts'
import { nameKey, sourceOfOption } from './context.ts'

/** More names than this get no MX record each. */
const MOST_MAIL = 200

/** What `--localmx` and `--selfmx` come to. */
export interface MailTranslation {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  /** Names whose MX record is left out, as `NAME MX`. */
  readonly lost: readonly string[]
}

/** Where mail goes that no record says more of; null where that is the machine that dnsmasq runs on. */
export function mailTargetOf(options: readonly DnsmasqOption[]): string | null {
  return options.find(({ name }) => name === 'mx-target')?.argument?.value ?? null
}

/** With `--localmx` or `--selfmx` every host, and every name above one, has an MX record, unless `records` has one for it. */
export function translateMail(
  all: readonly DnsmasqOption[],
  hostNames: readonly string[],
  records: readonly Fact[],
  ttl: number,
): MailTranslation {
  const options = all.filter(({ name }) => name === 'localmx' || name === 'selfmx')
  if (options.length === 0) return { facts: [], items: [], lost: [] }
  const isSelf = options.some(({ name }) => name === 'selfmx')
  const target = mailTargetOf(all)
  const aliases = new Set(records.flatMap((fact) => (fact.kind === 'record' && fact.type === 'ANY' ? fact.name : [])))
  const hosts = hostNames.map(nameKey)
  const above = hosts.flatMap(namesAbove).filter((name) => ![...aliases].some((alias) => alias.endsWith(`.${name}`)))
  const withMail = new Set(records.flatMap((fact) => (fact.kind === 'record' && fact.type === 'MX' ? fact.name : [])))
  const names = [...new Set([...hosts, ...above])].filter((name) => !withMail.has(name) && !aliases.has(name))
  if (names.length > MOST_MAIL || (!isSelf && target === null)) {
    const why =
      target === null && !isSelf
        ? 'mail goes to the machine that dnsmasq runs on, whose name is not known here'
        : `${names.length} names would each need a template`
    return {
      facts: [],
      items: options.map((option) => untranslatable(sourceOfOption(option), why)),
      lost: names.map((name) => `${name} MX`),
    }
  }
  const items = options.map((option) =>
    differs(sourceOfOption(option), ['D-TTL'], 'a template for MX of every host, and of every name above one'),
  )
  const facts = names.map((name): Fact => {
    const rdata = ['MX', '1', { name: isSelf ? name : (target ?? name) }]
    return { kind: 'record', name, type: 'MX', rdata, ttl, items }
  })
  return { facts, items, lost: [] }
}

/** The names above a name, but for the root. */
function namesAbove(name: string): string[] {
  const above: string[] = []
  for (let dot = name.indexOf('.'); dot !== -1 && dot < name.length - 1; dot = name.indexOf('.', dot + 1))
    above.push(name.slice(dot + 1))
  return above
}
