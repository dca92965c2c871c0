import type { Build } from '../../grammar/builds.ts'
import { type ExternalPlugin, externalPlugin, pluginStanding } from '../../grammar/external-plugins.ts'
import { alike, relatedPlaces } from '../lint/lines.ts'
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
    for (const { first, others } of alike(reasons)) {
      const { at, subject } = first
      const external = externalPlugin(subject)
      const isExternal = pluginStanding(subject, release)?.kind === 'external'
      report({
        at,
        message: `${subject} is ${isExternal ? 'an external plugin and not in' : 'not in'} ${programWords(build)}, which does not start with it`,
        related: relatedPlaces(others),
        help: helpFor(build, isExternal ? external : null),
      })
    }
  },
})

/** A build as a sentence calls it. */
function programWords(build: Build): string {
  if (build === 'official') return 'the official image'
  if (typeof build !== 'string') return 'the build that the configuration lists'
  return build.replace('node-cache', 'NodeLocal DNSCache')
}

function helpFor(build: Build, external: ExternalPlugin | null): string {
  const what = external === null ? '' : `It ${external.summary} (${external.repository}). `
  if (typeof build !== 'string') {
    return `${what}If your plugin.cfg has it, add it to \`build\` in .corefile.yaml where it stands there.`
  }
  return external === null
    ? 'Serve this from the cluster DNS, and let the node cache forward to it.'
    : `${what}If your image has it, list it under \`externalPlugins\` in .corefile.yaml.`
}

export const text: RuleText = {
  summary: 'A plugin that the image in use was not built with',
  why: 'Plugins are compiled in. The official image has those of the CoreDNS repository, NodeLocal DNSCache has a handful, your own has what its plugin.cfg lists; a directive for any other stops the start.',
  links: ['kubernetes/dns#627', 'coredns.io/explugins', 'kubernetes/dns cmd/node-cache/main.go'],
  examples: [
    { bad: '.:53 {\n    fanout . 10.0.0.53 10.0.0.54\n}\n', good: null },
    { bad: '.:53 {\n    k8s_gateway example.org\n    forward . 10.0.0.53\n}\n', good: null },
  ],
}
