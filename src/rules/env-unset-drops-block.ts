import type { Configuration } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import type { Argument, ServerBlock } from '../syntax/tree.ts'

/** An address that becomes empty is passed over, and with the last one the whole block (caddyfile/parse.go addresses, parseAll). */
export default defineRule({
  id: 'env-unset-drops-block',
  severity: 'error',
  effects: ['misbehaves', 'hygiene'],
  check(context) {
    const { corefile, servers } = context
    if (corefile.isFragment || !/\{[$%]/.test(corefile.text)) return
    const left = new Set(servers.configuration.blocks.flatMap(({ keys }) => keys.map(({ at }) => idOf(at))))
    for (const item of corefile.tree.items) if (item.kind === 'server-block') checkBlock(context, item, left)
    checkWords(context)
  },
})

function checkBlock({ servers, report }: RuleContext, { keys }: ServerBlock, left: ReadonlySet<string>): void {
  const { configuration } = servers
  const written = keys.filter((key) => key.kind === 'argument')
  if (written.length < keys.length) return
  const names = written.map(({ value }) => value.replace(/,$/, '')).join(' ')
  const dropped = written.filter((key) => isReference(key) && isKnown(configuration, key) && !left.has(idOfKey(key)))
  const open = written.filter((key) => isReference(key) && !isKnown(configuration, key))
  const [first] = dropped
  if (first !== undefined && dropped.length === written.length) {
    report({
      at: placeOf(configuration, first),
      message: `${names} is empty, so CoreDNS leaves out this block without a word, and its names are not served here`,
      help: 'Where no other block is left, CoreDNS serves its built-in default: whoami for every name.',
    })
  } else if (first !== undefined) {
    report({
      at: placeOf(configuration, first),
      severity: 'warning',
      message: `${first.value.replace(/,$/, '')} is empty, so this block is served without it and CoreDNS says nothing`,
    })
  } else if (open[0] !== undefined && open.length === written.length) {
    report({
      at: placeOf(configuration, open[0]),
      severity: 'info',
      effect: 'hygiene',
      message: `where ${names} is empty or not set, CoreDNS leaves out this block without a word`,
      help: 'Say with --env or --env-file what it is, and it is checked.',
    })
  }
}

/** An empty word is an odd value: to `cache` a zone, to `log` a name. What is refused for it is said already. */
function checkWords({ servers, verdict, report }: RuleContext): void {
  const refused = new Set(verdict.reasons.map(({ at }) => idOf(at)))
  for (const block of servers.blocks) {
    for (const { plugin, args } of [...block.plugins.values()].flat()) {
      const empty = args.find(
        ({ place, value, known }) => known && value === '' && place.list.hasReference(place.index),
      )
      if (empty === undefined || refused.has(idOf(empty.place))) continue
      report({
        at: empty.place,
        severity: 'warning',
        message: `${empty.place.list.value(empty.place.index)} is empty, and ${plugin} reads the empty word as one of its values, not as nothing`,
      })
    }
  }
}

/** Nothing but references: what has a port as well is refused when the rest is empty. */
function isReference({ value }: Argument): boolean {
  return /^(?:\{\$[^}]+\}|\{%[^%]+%\})+,?$/.test(value)
}

function isKnown({ main, unknownTokens }: Configuration, { index }: Argument): boolean {
  return unknownTokens.get(main)?.has(index) !== true
}

function placeOf({ main }: Configuration, { index }: Argument): Place {
  return { list: main, index, site: null }
}

function idOf({ list, index }: Place): string {
  return `${list.file}\n${index}`
}

function idOfKey({ index }: Argument): string {
  return `\n${index}`
}

export const text: RuleText = {
  summary: 'A variable that is empty and takes its server block with it',
  why: 'CoreDNS replaces `{$NAME}` by the value of the environment, and by nothing where it is not set. An address that is nothing is passed over; when it was the only one the block is left out, with all its plugins, and the log has no word about it.',
  links: ['caddyfile/parse.go parseAll', 'caddyfile/parse.go replaceEnvReferences'],
  examples: [
    {
      bad: '{$ZONE} {\n    file db.zone\n}\n.:53 {\n    forward . 10.0.0.2\n}\n',
      good: 'example.org {\n    file db.zone\n}\n.:53 {\n    forward . 10.0.0.2\n}\n',
      environment: { ZONE: '' },
    },
    {
      bad: '{$ZONE} {\n    file db.zone\n}\n',
      good: 'example.org {\n    file db.zone\n}\n',
    },
    {
      bad: '.:53 {\n    cache {$TTL}\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    cache 30\n    forward . 10.0.0.2\n}\n',
      environment: { TTL: '' },
    },
  ],
}
