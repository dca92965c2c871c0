import { externalPlugin, pluginStanding } from '../../grammar/external-plugins.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** A plugin that exists and that the program in use was not built with. */
export default defineRule({
  id: 'plugin-not-in-build',
  severity: 'error',
  effects: ['refused'],
  explains: ({ kind, subject }, { release }) => {
    const standing = kind === 'unknown-directive' ? pluginStanding(subject, release)?.kind : undefined
    return standing === 'external' || standing === 'in-tree'
  },
  check({ reasons, build, release, report }) {
    for (const { at, subject } of reasons) {
      const external = externalPlugin(subject)
      const isExternal = pluginStanding(subject, release)?.kind === 'external'
      const program = build === 'official' ? 'the official image' : 'NodeLocal DNSCache'
      report({
        at,
        message: isExternal
          ? `${subject} is an external plugin and not in ${program}, which does not start with it`
          : `${subject} is not built into ${program}, which does not start with it`,
        help:
          external === null || !isExternal
            ? 'Serve this from the cluster DNS, and let the node cache forward to it.'
            : `It ${external.summary} (${external.repository}). If your image has it, list it under \`externalPlugins\` in .corefile.yaml.`,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A plugin that the image in use was not built with',
  why: 'Plugins are compiled in. The official image has those of the CoreDNS repository, NodeLocal DNSCache has a handful; a directive for any other stops the start.',
  links: ['kubernetes/dns#627', 'coredns.io/explugins', 'kubernetes/dns cmd/node-cache/main.go'],
  examples: [
    { bad: '.:53 {\n    fanout . 10.0.0.53 10.0.0.54\n}\n', good: null },
    { bad: '.:53 {\n    k8s_gateway example.org\n    forward . 10.0.0.53\n}\n', good: null },
  ],
}
