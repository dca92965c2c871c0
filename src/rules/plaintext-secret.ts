import { defineRule, type RuleText } from '../lint/rule.ts'
import { secretsIn } from '../lint/secrets.ts'

/** Azure's grammar keeps these out of reports too; they name an account and open nothing. */
const IDENTIFIERS: ReadonlySet<string> = new Set(['tenant', 'client', 'subscription'])

/** A password or key that stands in the Corefile itself, as the grammar marks them. */
export default defineRule({
  id: 'plaintext-secret',
  severity: 'warning',
  effects: ['hygiene'],
  check({ servers, report }) {
    for (const { occurrence, property, words } of secretsIn(servers)) {
      const name = (property ?? occurrence).name
      const last = words.at(-1)
      if (last === undefined || IDENTIFIERS.has(name.value)) continue
      // In front of it stand names and identifiers.
      const isWritten = last.known && last.value !== '' && !last.place.list.hasReference(last.place.index)
      if (!isWritten) continue
      const what = property === null ? occurrence.plugin : `${occurrence.plugin} ${name.value}`
      report({
        at: name.place,
        message: `${what} has its secret in plain text: whoever may read this ConfigMap or repository has it (${instead(occurrence.plugin)})`,
        help: 'What was published once is known: make a new secret, and take the old one out of use.',
      })
    }
  },
})

function instead(plugin: string): string {
  if (plugin === 'route53') return 'give the pod a role, or a Secret as its environment or credentials file'
  if (plugin === 'tsig') return 'name a file of a mounted Secret with secrets'
  if (plugin === 'azure') return 'use a managed identity'
  return 'write {$NAME} and set the variable from a Secret'
}

export const text: RuleText = {
  summary: 'A password or key in the text of the Corefile',
  why: 'A Corefile lives in a ConfigMap and in git, where far more people and programs may read it than should know a secret. Every plugin that needs one can have it from elsewhere: from the environment, from a mounted Secret, or from the identity of the machine.',
  links: ['coredns/coredns#5228', 'notes/coredns-1.9.2.md'],
  examples: [
    {
      bad: 'example.org:53 {\n    route53 example.org.:Z1 {\n        aws_access_key AKIAEXAMPLE wJalrEXAMPLE\n    }\n}\n',
      good: 'example.org:53 {\n    route53 example.org.:Z1\n}\n',
    },
    {
      bad: 'example.org:53 {\n    tsig {\n        secret key.example. NoTCJU+DMqFWywaPyxSijrDEA/eC3nK0xi3AMEZuPVk=\n        require all\n    }\n    file db.example.org\n}\n',
      good: 'example.org:53 {\n    tsig {\n        secrets /etc/coredns/tsig/keys.conf\n        require all\n    }\n    file db.example.org\n}\n',
    },
    {
      bad: 'skydns.local:53 {\n    etcd {\n        endpoint http://10.0.0.1:2379\n        credentials coredns hunter2\n    }\n}\n',
      good: 'skydns.local:53 {\n    etcd {\n        endpoint http://10.0.0.1:2379\n        credentials coredns {$ETCD_PASSWORD}\n    }\n}\n',
      environment: { ETCD_PASSWORD: 'from-a-secret' },
    },
  ],
}
