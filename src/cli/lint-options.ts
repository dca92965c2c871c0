import { KUBERNETES_RELEASES, RELEASES } from '../../grammar/releases.ts'
import { SEVERITIES } from '../lint/diagnostic.ts'
import { formats } from '../node/reporters.ts'
import { rules } from '../rules/index.ts'
import type { Option } from './command.ts'

const target = 'Which CoreDNS'
const scope = 'What is checked'
const output = 'What is reported'
const earlier = 'What was there before'
const fixing = 'Fixing'

/** The options of `corefile lint`. */
export const lintOptions: readonly Option[] = [
  {
    name: 'coredns',
    value: 'RELEASE',
    group: target,
    choices: () => RELEASES,
    description: 'the release to judge by: 1.12.0, 1.12 (its newest patch), or several, as ">=1.9 <1.12"',
  },
  {
    name: 'kubernetes',
    value: 'RELEASE',
    group: target,
    choices: () => KUBERNETES_RELEASES,
    description: 'the one that kubeadm installs with Kubernetes, such as 1.33',
  },
  {
    name: 'env',
    value: 'NAME=VALUE',
    repeatable: true,
    group: target,
    description: 'an environment variable of CoreDNS, for {$NAME}; repeatable',
  },
  {
    name: 'env-file',
    value: 'FILE',
    repeatable: true,
    group: target,
    description:
      'a file of such variables, a line each; repeatable. Node asks for it too, and ends with 9 where it is missing',
  },
  {
    name: 'root',
    value: 'DIR',
    group: target,
    description: 'a copy of the file system CoreDNS sees: absolute paths are looked up in it, else never',
  },
  {
    name: 'as',
    value: 'KIND',
    group: scope,
    choices: () => ['corefile', 'configmap'],
    description: 'read the named files as corefile or configmap, whatever their names',
  },
  { name: 'stdin-filename', value: 'PATH', group: scope, description: 'what to call the text that - reads' },
  {
    name: 'rule',
    value: 'ID=SEVERITY',
    repeatable: true,
    group: scope,
    choices: () => rules.flatMap(({ id }) => [...SEVERITIES, 'off'].map((severity) => `${id}=${severity}`)),
    description: 'error, warning, info or off for a rule; repeatable',
  },
  {
    name: 'label',
    value: 'KEY=VALUE',
    repeatable: true,
    group: scope,
    description: 'check only Corefiles in objects of Kubernetes with this label; repeatable, all must be there',
  },
  { name: 'pedantic', group: scope, description: 'also what works but could be better' },
  { name: 'config', value: 'FILE', group: scope, description: 'the configuration; else .corefile.yaml here or above' },
  {
    name: 'print-config',
    value: 'FILE',
    group: scope,
    description: 'check nothing, and show the configuration that counts for FILE and where each value comes from',
  },
  {
    name: 'format',
    value: 'FORMAT',
    group: output,
    choices: () => formats,
    description:
      'pretty (in a terminal), concise (in a pipe), json, sarif, github, rdjson, junit, checkstyle, gitlab or markdown',
  },
  {
    name: 'output',
    value: 'FORMAT=FILE',
    repeatable: true,
    group: output,
    choices: () => formats.map((format) => `${format}=`),
    description: 'write a report to a file as well; repeatable',
  },
  {
    name: 'fail-on',
    value: 'SEVERITY',
    group: output,
    choices: () => [...SEVERITIES, 'never'],
    description: 'exit with 1 from error (the default), warning or info on, or never',
  },
  {
    name: 'baseline',
    value: 'FILE',
    group: earlier,
    description: 'leave out the findings that FILE holds; one that is there no more fails, so that FILE stays true',
  },
  {
    name: 'update-baseline',
    group: earlier,
    description:
      'write the findings of the checked files into the baseline (.corefile-baseline.json without --baseline)',
  },
  {
    name: 'changed',
    value: 'BASE',
    optional: true,
    group: earlier,
    description:
      'leave out the findings that the commit BASE has too; without BASE where this branch left the default branch of origin',
  },
  { name: 'fix', group: fixing, description: 'mend what can be mended without changing an answer of a running server' },
  { name: 'fix-unsafe', group: fixing, description: 'mend also what changes answers' },
  { name: 'diff', group: fixing, description: 'show what --fix (or --fix-unsafe) would change, and change nothing' },
]

/** What stands below the help of `corefile lint`. */
export const lintEpilogue = `Exit codes:
  0  nothing at or above --fail-on
  1  findings, or a baseline that holds what is there no more
  2  wrong usage or configuration, or a directory with nothing to check
  3  something could not be read or written

Examples:
  corefile lint                                        everything below this directory
  corefile lint --coredns 1.11.3 deploy/coredns.yaml
  corefile lint --fix-unsafe --diff deploy/
  corefile lint --update-baseline                      accept what is there now
  corefile lint --baseline .corefile-baseline.json     from then on
  corefile lint --changed=origin/main deploy/
  kubectl get configmap coredns -n kube-system -o yaml | corefile lint -
`
