import { describe, expect, it } from 'vitest'
import { fix } from '../../src/lint/fix.ts'
import type { Rule } from '../../src/lint/rule.ts'
import debugInProduction from '../../src/rules/debug-in-production.ts'
import deprecatedNoopOption from '../../src/rules/deprecated-noop-option.ts'
import errorsMissing from '../../src/rules/errors-missing.ts'
import k8sExternal from '../../src/rules/k8s-external-without-kubernetes.ts'
import multipleEndpoints from '../../src/rules/kubernetes-multiple-endpoints.ts'
import logInProduction from '../../src/rules/log-in-production.ts'
import loopMissing from '../../src/rules/loop-missing.ts'
import loopWithoutForward from '../../src/rules/loop-without-forward.ts'
import plaintextSecret from '../../src/rules/plaintext-secret.ts'
import podsInsecure from '../../src/rules/pods-insecure.ts'
import prometheusLocalhost from '../../src/rules/prometheus-localhost.ts'
import readyWrongBlock from '../../src/rules/ready-wrong-block.ts'
import reloadMissing from '../../src/rules/reload-missing.ts'
import { findings, marked, optionsFor } from './lint-text.ts'

/** The words that a rule marks in a text. */
async function words(rule: Rule, text: string, release?: string): Promise<string[]> {
  const found = await findings(text, { rules: [rule], ...(release === undefined ? {} : { release }) })
  return found.map((one) => marked(text, one))
}

async function mended(rule: Rule, text: string): Promise<string | undefined> {
  const { fixed } = await fix([{ path: 'Corefile', text }], optionsFor(text, { rules: [rule] }), 'unsafe')
  return fixed[0]?.after
}

describe('rules about how a server is run stay silent', () => {
  it.each<[string, Rule, string, string?]>([
    ['loop beside grpc', loopWithoutForward, '. {\n    loop\n    grpc . 10.0.0.1\n}\n'],
    ['loop beside proxy', loopWithoutForward, '. {\n    loop\n    proxy . 10.0.0.1\n}\n', '1.4.0'],
    ['loop beside a plugin that nobody knows', loopWithoutForward, '. {\n    loop\n    fanout . 10.0.0.1\n}\n'],
    ['loop beside an import that is missing', loopWithoutForward, '. {\n    loop\n    whoami\n    import {$X}\n}\n'],
    ['a forward to addresses without loop', loopMissing, '. {\n    forward . 10.0.0.1\n}\n'],
    ['a forward to resolv.conf with loop', loopMissing, '. {\n    loop\n    forward . /etc/resolv.conf\n}\n'],
    ['reload in another block', reloadMissing, 'a {\n    whoami\n}\nb {\n    reload\n    whoami\n}\n'],
    ['no reload where an import is missing', reloadMissing, '. {\n    whoami\n    import {$X}\n}\n'],
    ['no errors beside chaos alone', errorsMissing, 'hostname.bind {\n    chaos\n}\n'],
    ['no errors where an import is missing', errorsMissing, '. {\n    whoami\n    import {$X}\n}\n'],
    ['prometheus at an explicit loopback', prometheusLocalhost, '. {\n    prometheus 127.0.0.1:9153\n    whoami\n}\n'],
    ['debug of etcd', debugInProduction, '. {\n    etcd {\n        debug\n    }\n}\n'],
    ['a log of failures', logInProduction, '. {\n    log {\n        class denial error\n    }\n    whoami\n}\n'],
    ['a log of one zone', logInProduction, '. {\n    log corp.example\n    whoami\n}\n'],
    ['a log of a block for one zone', logInProduction, 'corp.example {\n    log\n    whoami\n}\n'],
    ['pods verified', podsInsecure, '. {\n    kubernetes a {\n        pods verified\n    }\n}\n'],
    [
      'the last pods counts',
      podsInsecure,
      '. {\n    kubernetes a {\n        pods insecure\n        pods disabled\n    }\n}\n',
    ],
    ['one endpoint', multipleEndpoints, '. {\n    kubernetes a {\n        endpoint http://a:1\n    }\n}\n'],
    [
      'endpoints while all counted',
      multipleEndpoints,
      '. {\n    kubernetes a {\n        endpoint http://a http://b\n    }\n}\n',
      '1.3.0',
    ],
    [
      'upstream while it counted',
      deprecatedNoopOption,
      '. {\n    file db {\n        upstream 10.0.0.1\n    }\n}\n',
      '1.3.1',
    ],
    ['k8s_external with kubernetes', k8sExternal, '. {\n    kubernetes a\n    k8s_external b\n}\n', '1.9.0'],
    ['k8s_external, the rest imported', k8sExternal, '. {\n    k8s_external b\n    import {$X}\n}\n', '1.9.0'],
    ['ready beside kubernetes', readyWrongBlock, 'a {\n    ready\n    kubernetes\n}\nb {\n    kubernetes\n}\n'],
    ['no ready at all', readyWrongBlock, 'a {\n    kubernetes\n}\n'],
    ['ready without anything to be ready', readyWrongBlock, 'a {\n    ready\n    whoami\n}\nb {\n    whoami\n}\n'],
    ['ready beside an import', readyWrongBlock, 'a {\n    ready\n    import {$X}\n}\nb {\n    kubernetes\n}\n'],
    [
      'ready beside a plugin that nobody knows',
      readyWrongBlock,
      'a {\n    ready\n    other\n}\nb {\n    kubernetes\n}\n',
    ],
    ['a secret from the environment', plaintextSecret, '. {\n    nomad {\n        token {$TOKEN}\n    }\n}\n'],
    [
      'a secret that a template writes',
      plaintextSecret,
      '. {\n    nomad {\n        token {{ .Values.token }}\n    }\n}\n',
    ],
    [
      'names of an account',
      plaintextSecret,
      '. {\n    azure a:b {\n        tenant x\n        client y\n        subscription z\n    }\n}\n',
    ],
  ])('%s', async (_, rule, text, release) => {
    expect(await words(rule, text, release)).toEqual([])
  })
})

describe('rules about how a server is run speak', () => {
  it.each<[string, Rule, string, readonly string[], string?]>([
    ['loop', loopWithoutForward, '. {\n    loop\n    whoami\n}\n', ['loop']],
    [
      'each block without errors',
      errorsMissing,
      'a {\n    whoami\n}\nb {\n    errors\n    whoami\n}\nc {\n    whoami\n}\n',
      ['a', 'c'],
    ],
    ['all classes', logInProduction, '. {\n    log {\n        class error all\n    }\n    whoami\n}\n', ['log']],
    ['a format', logInProduction, '. {\n    log "{remote}"\n    whoami\n}\n', ['log']],
    [
      'stubzones, with what follows on the line',
      deprecatedNoopOption,
      '. {\n    etcd {\n        stubzones\n    }\n}\n',
      ['stubzones'],
      '1.9.0',
    ],
    [
      'the secret of azure',
      plaintextSecret,
      '. {\n    azure a:b {\n        client y\n        secret z\n    }\n}\n',
      ['secret'],
    ],
  ])('about %s', async (_, rule, text, expected, release) => {
    expect(await words(rule, text, release)).toEqual(expected)
  })

  it('never shows the secret', async () => {
    const text = '. {\n    nomad {\n        token hunter2\n    }\n}\n'
    const found = await findings(text, { rules: [plaintextSecret] })
    expect(found).toHaveLength(1)
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it('puts ready beside kubernetes with its address, and nowhere where that is not known', async () => {
    const text = (ready: string) => `a {\n    ${ready}\n    whoami\n}\nb {\n    kubernetes\n}\n`
    expect(await mended(readyWrongBlock, text('ready :8182'))).toBe(
      'a {\n    ready :8182\n    whoami\n}\nb {\n    ready :8182\n    kubernetes\n}\n',
    )
    expect(await mended(readyWrongBlock, text('ready {$READY}'))).toBeUndefined()
    expect(await words(readyWrongBlock, text('ready {$READY}'))).toEqual(['ready'])
  })

  it('mends what stands on lines of its own, and leaves what shares them', async () => {
    expect(await mended(debugInProduction, '. {\n    debug\n    whoami\n}\n')).toBe('. {\n    whoami\n}\n')
    expect(await mended(errorsMissing, '. { # all\n  whoami\n}\n')).toBe('. { # all\n  errors\n  whoami\n}\n')
    expect(await mended(errorsMissing, '. { whoami\n}\n')).toBeUndefined()
    expect(await mended(errorsMissing, 'a.org\nwhoami\n')).toBeUndefined()
  })
})
