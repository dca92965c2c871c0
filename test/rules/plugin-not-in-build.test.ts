import { describe, expect, it } from 'vitest'
import type { Build } from '../../grammar/builds.ts'
import { lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { optionsFor } from './lint-text.ts'

/** What is refused about a block with these lines, rule and message. */
async function refusals(build: Build, lines: readonly string[], release = '1.15.0'): Promise<string[]> {
  const text = `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
  const { files } = await lint([{ path: 'Corefile', text }], { ...optionsFor(text, { rules, release }), build })
  const findings = files.flatMap((file) => file.findings).filter(({ effect }) => effect === 'refused')
  return findings.map(({ ruleId, message, help }) => [`${ruleId}: ${message}`, help ?? ''].join(' | '))
}

describe('plugin-not-in-build', () => {
  it('names the external plugin that the official image lacks', async () => {
    expect(await refusals('official', ['k8s_gateway example.org', 'whoami'])).toEqual([
      'plugin-not-in-build: k8s_gateway is an external plugin and not in the official image, which does not start with it | It serves the external addresses of Services, Ingresses and Gateways (github.com/k8s-gateway/k8s_gateway). If your image has it, list it under `externalPlugins` in .corefile.yaml.',
    ])
  })

  it('says which NodeLocal DNSCache', async () => {
    expect(await refusals('node-cache 1.22.20', ['file db.example.org', 'forward . 10.0.0.53'], '1.10.0')).toEqual([
      'plugin-not-in-build: file is not in NodeLocal DNSCache 1.22.20, which does not start with it | Serve this from the cluster DNS, and let the node cache forward to it.',
    ])
    expect(
      await refusals('node-cache 1.26.7', ['timeouts {', 'read 5s', '}', 'forward . 10.0.0.53'], '1.13.1'),
    ).toEqual([expect.stringContaining('timeouts is not in NodeLocal DNSCache 1.26.7')])
    expect(
      await refusals('node-cache 1.26.8', ['timeouts {', 'read 5s', '}', 'forward . 10.0.0.53'], '1.13.2'),
    ).toEqual([])
    expect(await refusals('node-cache', ['kubernetes cluster.local'])).toEqual([
      expect.stringContaining('kubernetes is not in NodeLocal DNSCache, which'),
    ])
  })

  it('says that it is the list in the configuration', async () => {
    const build = ['errors', 'forward:forward', 'fanout:github.com/networkservicemesh/fanout']
    expect(await refusals(build, ['errors', 'fanout . 10.0.0.53', 'whoami'])).toEqual([
      'plugin-not-in-build: whoami is not in the build that the configuration lists, which does not start with it | If your plugin.cfg has it, add it to `build` in .corefile.yaml where it stands there.',
    ])
    expect(await refusals(build, ['unbound', 'forward . 10.0.0.53'])).toEqual([
      expect.stringMatching(
        /^plugin-not-in-build: unbound is an external plugin and not in the build that the conf.*add it to `build`/,
      ),
    ])
  })

  it('leaves names that nobody knows, or not any more, to others', async () => {
    const build = ['errors', 'forward', 'fanout:github.com/networkservicemesh/fanout']
    expect(await refusals(build, ['fanuot . 10.0.0.53'])).toEqual([
      expect.stringMatching(
        /^unknown-plugin: CoreDNS has no plugin "fanuot" and does not start: did you mean "fanout"\?/,
      ),
    ])
    expect(await refusals(build, ['proxy . 10.0.0.53'])).toEqual([expect.stringContaining('removed-in-version')])
  })
})
