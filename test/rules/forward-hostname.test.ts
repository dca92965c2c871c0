import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-hostname.ts'
import { rules } from '../../src/rules/index.ts'
import { findings, type LintTextOptions } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const forward = (to: string) => `.:53 {\n    forward . ${to}\n}\n`

describe('forward-hostname', () => {
  it.each([
    '10.0.0.53',
    '[2001:db8::1]:53',
    '2001:db8::53',
    'fe80::1%eth0',
    'tls://9.9.9.9%dns.quad9.net',
    '/etc/resolv.conf',
    'resolv.conf',
    'upstreams.txt',
    'localhost:1053',
    '{$UPSTREAM}',
    '{$UPSTREAM}.example',
  ])('is silent about %s', async (to) => {
    expect(await find(forward(to))).toEqual([])
  })

  it.each(['dns.corp.example', 'unbound', 'unbound:5353', 'tls://dns.corp.example', 'a_b.example.'])(
    'finds %s',
    async (to) => {
      const [found] = await find(forward(to))
      expect([found?.severity, found?.effect]).toEqual(['warning', 'misbehaves'])
    },
  )

  it('is refused by releases that know no host names, and said once', async () => {
    const found = await findings(forward('dns.corp.example:53'), { rules, release: '1.11.1', pedantic: false })
    expect(found.map(({ ruleId, effect }) => `${ruleId} ${effect}`)).toEqual(['forward-hostname refused'])
    expect(await find('.:53 {\n    grpc . dns.corp.example:443\n}\n')).toHaveLength(1)
  })

  it('is an error for a name that this server alone knows', async () => {
    const severity = async (text: string, clusterDomain: string | null = null) =>
      (await find(text, { settings: { clusterDomain } })).map((each) => each.severity)
    const cluster = '.:53 {\n    kubernetes cluster.local\n    forward . dns.kube.svc.cluster.local\n}\n'
    expect(await severity(cluster)).toEqual(['error'])
    expect(await severity(forward('dns.kube.svc.k8s.example'), 'k8s.example')).toEqual(['error'])
    expect(await severity(cluster.replace('.cluster.local\n}', '.example\n}'))).toEqual(['warning'])
    const resolver = cluster.replace('svc.cluster.local\n', 'svc.cluster.local {\n        resolver 10.0.0.2\n    }\n')
    expect(await severity(resolver)).toEqual(['warning'])
  })
})
