import { platformNames, platformOf } from '../../../grammar/platforms/index.ts'
import type { Case } from '../case.ts'

/**
 * The Corefiles of platforms with what people put into their `coredns-custom`. The ConfigMap lies in `custom/`, also where the platform
 * mounts it elsewhere.
 */
export const records = 'verdicts'

const hosts = 'hosts {\n  10.0.0.1 a.example.org\n  fallthrough\n}\n'

/** The keys of a ConfigMap, by what is tried with them. */
export const customs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  comments: { 'a.override': '# nothing\n', 'a.server': '# nothing\n' },
  hosts: { 'a.override': hosts },
  'hosts-twice': { 'a.override': hosts, 'b.override': hosts },
  ready: { 'a.override': 'errors\nlog\nready :8181\n' },
  forward: { 'a.override': 'forward . 192.0.2.53\n' },
  'same-server': { 'a.server': '.:53 {\n  forward . 10.0.0.53\n}\n' },
  'own-server': { 'a.server': 'office.example:53 {\n  errors\n  forward . 10.0.0.53\n}\n' },
  'unknown-plugin': { 'a.override': 'cahce 30\n' },
  unclosed: { 'a.override': 'hosts {\n  10.0.0.1 a\n' },
  'closed-twice': { 'a.override': 'log\n}\n' },
  'block-in-override': { 'a.override': 'example.org {\n  log\n}\n' },
  'snippet-of-a-server': {
    'a.server': '(common) {\n  errors\n}\n',
    'b.server': 'b.example {\n  import common\n  whoami\n}\n',
  },
  template: { 'a.override': 'template IN A x.example {\n  answer "{{ .Name }} 60 IN A 10.0.0.1"\n}\n' },
}

/** A platform's Corefile, by the release it was first seen with, and what is in its ConfigMap. */
export const platformCases: readonly (Case & { readonly custom: Readonly<Record<string, string>> })[] =
  platformNames.flatMap((name) =>
    platformOf(name).roots.flatMap(({ from, text }) =>
      Object.entries(customs).map(([what, custom]) => ({
        id: `${name}-${from}-${what}`,
        text: text.replaceAll('/etc/coredns/custom/', 'custom/'),
        files: Object.fromEntries(Object.entries(custom).map(([key, value]) => [`custom/${key}`, value])),
        custom,
      })),
    ),
  )

export const cases: readonly Case[] = platformCases.map(({ custom: _, ...one }) => one)
