import type { Build } from '../../grammar/builds.ts'
import { filledInBy } from '../../grammar/node-cache.ts'
import type { Place } from '../expand/token-view.ts'
import { defineRule, type RuleContext, type RuleText, type Spot } from '../lint/rule.ts'
import { isTemplatePath, surroundingsMatch } from '../lint/template-files.ts'
import { zonesWritten } from '../lint/word-kinds.ts'
import { StandIns } from '../verdict/filled-in.ts'

/** What somebody was to fill in and CoreDNS takes for a name: nearly any word is a zone to it (plugin/normalize.go SplitHostPort). */
export default defineRule({
  id: 'unreplaced-placeholder',
  severity: 'error',
  effects: ['misbehaves'],
  fragments: true,
  check(context) {
    const { corefile, servers } = context
    if (isTemplatePath(corefile.path)) return
    for (const { kind, at, subject } of servers.configuration.unknowns) {
      if (kind === 'placeholder' && isLeftOver(context, at, subject)) reportWord(context, at, subject)
    }
    for (const { place, value } of zonesWritten(servers)) {
      if (EXAMPLE_NAME.test(value)) reportWord(context, place, value)
    }
  },
})

/** The name that the documentation of kubespray, of Azure and of others leaves for the cluster domain. */
const EXAMPLE_NAME = /^(?:dns|cluster)[_-](?:domain|name)(?::\d+)?$/i

/** What coredns/deployment's script, or a person, puts a value in the place of. */
const BY_SCRIPT = /^(?:CLUSTER_DOMAIN|CLUSTER_DNS_IP|REVERSE_CIDRS|UPSTREAMNAMESERVER|STUBDOMAINS|FEDERATIONS)$/
const BY_HAND = /^<[A-Za-z][A-Za-z0-9 _-]*>$/

/** The same in the manifest around the Corefile. */
const FOR_SCRIPT = /\b[A-Z]+_(?:DOMAIN|DNS_IP|CIDRS)\b/
const FOR_HAND = /:[ \t]*["']?<[A-Za-z]/

/** Words of NodeLocal DNSCache that are filled in before it starts, all of them at once, where its program does not do that itself. */
const BEFORE_NODE_CACHE = /^__PILLAR__(?:LOCAL__DNS|DNS__SERVER)__$/

/** Whether this one alone waits to be filled in, and not all of the file. */
function isLeftOver({ build, corefile, servers, workspace }: RuleContext, at: Place, subject: string): boolean {
  if (BEFORE_NODE_CACHE.test(subject)) {
    if (at.list.text.includes('__PILLAR__DNS__DOMAIN__')) return false
    const filledIn = filledInBy(readerOf(build))
    // Of health's address nobody knows: it comes out right where there is one local address.
    if (filledIn.get(subject)?.only === 'bind') return false
    return new StandIns(servers.configuration, filledIn).of(at) === undefined
  }
  if (BY_SCRIPT.test(subject)) return !surroundingsMatch(corefile, workspace, FOR_SCRIPT)
  return BY_HAND.test(subject) && !surroundingsMatch(corefile, workspace, FOR_HAND)
}

/** Words of NodeLocal DNSCache are meant for its program, whatever is said of the build. */
function readerOf(build: Build): Build {
  return build === 'official' ? 'node-cache' : build
}

function reportWord({ build, report, settings }: RuleContext, at: Spot, word: string): void {
  const meant = /cluster|dns_{1,2}domain|dns-domain/i.test(word)
    ? `the cluster's domain, ${settings.clusterDomain ?? 'mostly cluster.local'}`
    : 'its value'
  const becomes = filledInBy(readerOf(build)).has(word)
    ? 'NodeLocal DNSCache puts nothing in its place'
    : 'CoreDNS takes it as it is'
  report({
    at,
    message: `${word} was left to be filled in, and ${becomes}: nothing works that depends on it (write ${meant})`,
    help: 'If something fills it in before CoreDNS reads the file, ignore the path in the configuration or give the file a name that says so, such as Corefile.tmpl.',
  })
}

export const text: RuleText = {
  summary: 'A placeholder that nobody filled in',
  why: 'Nearly any word is a zone to CoreDNS. A `CLUSTER_DOMAIN` or `<domain>` from a template or a manual that was not replaced is served as a zone of that name: CoreDNS starts, says nothing, and no name of the cluster resolves.',
  links: ['coredns/coredns#5779', 'kubernetes/dns#592', 'plugin/normalize.go SplitHostPort'],
  examples: [
    {
      bad: '.:53 {\n    kubernetes dns_domain in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    kubernetes CLUSTER_DOMAIN\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    kubernetes cluster.local\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: 'corp.example:53 {\n    forward . <your-dns-server>\n}\n',
      good: 'corp.example:53 {\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: 'cluster.local:53 {\n    bind 169.254.20.10\n    forward . __PILLAR__DNS__SERVER__\n}\n',
      good: 'cluster.local:53 {\n    bind 169.254.20.10\n    forward . __PILLAR__CLUSTER__DNS__\n}\n',
    },
  ],
}
