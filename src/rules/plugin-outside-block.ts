import type { Configuration, ServerBlock } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { type StrayPlugin, strayPluginOf, strayPlugins } from '../lint/stray-plugins.ts'
import type { CorefileUnit } from '../lint/workspace.ts'
import { globExpression } from '../values/glob.ts'
import { isInvalid } from '../values/invalid.ts'
import type { Reason } from '../verdict/reason.ts'

/** Outside of braces every word is the address of a server block, the name of a plugin too (caddyfile/parse.go:addresses). */
export default defineRule({
  id: 'plugin-outside-block',
  severity: 'error',
  effects: ['misbehaves', 'refused'],
  fragments: false,
  explains: (reason, { configuration }) => strayPluginOf(reason, configuration) !== null,
  check(context) {
    const { configuration, isTemplate } = context.servers
    const strays = strayPlugins(configuration)
    if (strays.length === 0) return
    const reasons = new Map<StrayPlugin, Reason>()
    for (const reason of context.reasons) {
      const stray = strayPluginOf(reason, configuration)
      if (stray !== null && !reasons.has(stray)) reasons.set(stray, reason)
    }
    for (const stray of strays) {
      const reason = reasons.get(stray)
      if (reason !== undefined) reportRefused(context, stray, reason)
      else if (!isTemplate && !mayBeInside(configuration, stray) && !isPart(context, stray))
        reportAccepted(context, stray)
    }
  },
})

function reportRefused(context: RuleContext, { block, name }: StrayPlugin, { kind, at, subject, other }: Reason): void {
  const isDirective = kind === 'unknown-directive'
  const elsewhere = isDirective ? at : [at, other].find((place) => place !== null && !isKey(block, place))
  const label = isDirective ? 'read as a plugin' : 'served here as well'
  context.report({
    at: name.at,
    effect: 'refused',
    message: `${name.value} stands outside of any server block: CoreDNS takes the line for the address of one${isDirective ? `, reads "${subject}" as a plugin` : ''} and does not start (move it into a server block)`,
    related: [...(elsewhere ? [{ at: elsewhere, message: label }] : []), ...endBefore(context, block)],
    ...helpFor(context.corefile),
  })
}

function reportAccepted(context: RuleContext, { block, name }: StrayPlugin): void {
  context.report({
    at: name.at,
    message: `${name.value} stands outside of any server block: CoreDNS takes the line for the address of one and serves the zone "${name.value}." instead of using the plugin (move it into a server block)`,
    related: endBefore(context, block),
    ...helpFor(context.corefile),
  })
}

function isKey({ keys }: ServerBlock, { list, index }: Place): boolean {
  return keys.some(({ at }) => at.list === list && at.index === index)
}

/** The brace in front, which may stand too early. */
function endBefore({ servers }: RuleContext, { number, keys }: ServerBlock): { at: Place; message: string }[] {
  const close = servers.configuration.blocks[number - 1]?.close ?? null
  return close === null || close.list !== keys[0]?.at.list
    ? []
    : [{ at: close, message: 'the server block before it ends here' }]
}

function helpFor({ name, embedded }: CorefileUnit): { help?: string } {
  if (name.endsWith('.server'))
    return {
      help: 'What belongs inside of the server block that is there stands under a key that ends in `.override`.',
    }
  if (embedded !== null) return {}
  return { help: 'A file for the inside of a server block is read as one if its name ends in `.override`.' }
}

/** Whether a file that is not at hand may hold the brace that is closed behind it. */
function mayBeInside({ unknowns }: Configuration, { block }: StrayPlugin): boolean {
  return block.open === null && block.close !== null && unknowns.some(({ kind }) => kind === 'import')
}

/** Whether the text may be for the inside of a block: a file that somebody imports, or one that begins with a plugin and is called anything. */
function isPart(context: RuleContext, { name }: StrayPlugin): boolean {
  const { corefile } = context
  const beginsText = name.at.index === 0 && name.at.list.file === ''
  if (beginsText && corefile.embedded === null && !IS_COREFILE.test(lastPart(corefile.path))) return true
  return isImported(context)
}

/** Names of files that stand for themselves; `-` is what is piped in. */
const IS_COREFILE = /corefile|\.server$|^-$/i

/** Whether another Corefile of the run imports a file of that name, perhaps inside of a block; what ends in `.server` is imported at the top. */
function isImported({ corefile, workspace }: RuleContext): boolean {
  const own = lastPart(corefile.name)
  if (own.endsWith('.server')) return false
  return workspace.units.some(({ text }) => {
    for (const [, pattern = ''] of text.matchAll(/^[ \t]*import[ \t]+"?([^\s"]+)/gm)) {
      const expression = globExpression(lastPart(pattern))
      if (!isInvalid(expression) && expression.test(own)) return true
    }
    return false
  })
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export const text: RuleText = {
  summary: 'A plugin outside of any server block',
  why: 'Outside of braces every word is an address: CoreDNS takes `forward . 10.0.0.1` for three zones of a new server block, and the lines behind it for the plugins of that block. Often it starts all the same, and the plugin is simply not there. It happens where a brace closes a block too early, and in a `*.server` key of a custom ConfigMap.',
  links: ['caddyfile/parse.go addresses', 'core/dnsserver/register.go InspectServerBlocks'],
  examples: [
    {
      bad: 'example.org:53 {\n    forward . 10.0.0.1\n}\nlog\n',
      good: 'example.org:53 {\n    forward . 10.0.0.1\n    log\n}\n',
    },
    {
      bad: '.:53 {\n    errors\n    whoami\n}\nforward . 10.0.0.1\n',
      good: '.:53 {\n    errors\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'hosts {\n    10.0.0.1 a.example\n    fallthrough\n}\n',
      good: '.:53 {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '.:53 {\n    errors\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    }\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    errors\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: 'log\nexample.org:53 {\n    whoami\n}\n',
      good: 'example.org:53 {\n    log\n    whoami\n}\n',
    },
  ],
}
