import { blockAround, gluedBraces } from '../lint/brace-faults.ts'
import { isHostsEntry, looksLikeZone } from '../lint/directive-words.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { strayPluginOf } from '../lint/stray-plugins.ts'

/** A server block inside a server block: its address is an unknown directive (caddyfile/parse.go:directive). */
export default defineRule({
  id: 'nested-server-block',
  severity: 'error',
  effects: ['refused'],
  explains: (reason, { configuration }) => {
    const { kind, subject, at } = reason
    if (strayPluginOf(reason, configuration) !== null || isHostsEntry(at)) return false
    if (kind !== 'unknown-directive' || !looksLikeZone(subject) || gluedBraces(configuration).length > 0) return false
    const around = blockAround(configuration, at)
    return around === null || (around.close !== null && !around.keys.some(({ value }) => value === '}'))
  },
  check({ servers, corefile, reasons, report }) {
    for (const { at, subject } of reasons) {
      const around = blockAround(servers.configuration, at)
      report({
        at,
        message: corefile.isFragment
          ? `"${subject}" begins a server block, and this file is read inside of one: CoreDNS does not start`
          : `"${subject}" stands inside a server block and is read as a plugin: CoreDNS does not start; server blocks stand side by side`,
        ...(around?.open ? { related: [{ at: around.open, message: 'inside this block' }] } : {}),
        ...(corefile.isFragment
          ? { help: 'Server blocks of a custom ConfigMap belong under a key that ends in `.server`.' }
          : {}),
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A server block inside another one',
  why: 'Blocks do not nest: CoreDNS picks the block with the longest matching zone, wherever it stands in the file. Inside a block an address is an unknown plugin, and CoreDNS does not start.',
  links: ['coredns/deployment#215'],
  examples: [
    {
      bad: '.:53 {\n    errors\n    example.org {\n        whoami\n    }\n    forward . 10.0.0.53\n}\n',
      good: '.:53 {\n    errors\n    forward . 10.0.0.53\n}\nexample.org {\n    whoami\n}\n',
    },
  ],
}
