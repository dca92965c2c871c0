import { describe, expect, it } from 'vitest'
import { outcomeSummary } from '../../src/resolver/outcome-summary.ts'
import { queryFor } from '../../src/resolver/query.ts'
import { serversOf } from '../../src/resolver/sources.ts'
import { recognise } from '../../src/sources/recognise.ts'

async function serversIn(files: Readonly<Record<string, string>>) {
  const { sources } = await recognise(Object.entries(files).map(([path, text]) => ({ path, text })))
  return serversOf(sources, {})
}

const hosts = '10.0.0.1 registry.test registry\n'
const resolvConf = 'nameserver 192.0.2.1\n'

describe('the servers of sources', () => {
  it('are machines where there are hosts files and resolv.conf alone', async () => {
    const servers = await serversIn({ hosts, 'resolv.conf': resolvConf })
    expect(servers.map(({ name }) => name)).toEqual(['resolv.conf'])
    const ask = (name: string) =>
      servers.map(({ decider }) => outcomeSummary(decider.decide(queryFor(name, 'A')).outcome)).join()
    expect(ask('registry')).toContain('10.0.0.1')
    expect(ask('example.org')).toBe('upstream 192.0.2.1')
  })

  it('are the machine of a hosts file that asks the servers of its own resolv.conf', async () => {
    const [machine, ...others] = await serversIn({ hosts })
    expect(others).toEqual([])
    const outcome = machine?.decider.decide(queryFor('example.org', 'A')).outcome
    expect(outcome).toMatchObject({ kind: 'upstream', upstreams: ['resolv.conf /etc/resolv.conf'] })
  })

  it('are asked in turn with rotate', async () => {
    const text = 'nameserver 192.0.2.1\nnameserver 192.0.2.2\n'
    const policyOf = async (file: string) =>
      (await serversIn({ 'resolv.conf': file })).map(({ decider }) => decider.decide(queryFor('a.test', 'A')).outcome)
    expect(await policyOf(text)).toMatchObject([{ policy: 'sequential' }])
    expect(await policyOf(`${text}options rotate\n`)).toMatchObject([{ policy: 'round_robin' }])
  })

  it('are not the files beside a server', async () => {
    const servers = await serversIn({
      'dnsmasq.conf': 'server=10.0.0.1\nno-resolv\nno-hosts\n',
      'resolv.conf': resolvConf,
    })
    expect(servers.map(({ name }) => name)).toEqual(['dnsmasq.conf'])
  })

  it('have SkyDNS among them', async () => {
    const [server] = await serversIn({ 'skydns.sh': 'skydns -etcd3 -domain=a.test -nameservers=192.0.2.1:53\n' })
    expect(server?.decider.decide(queryFor('x.a.test', 'A')).outcome.kind).toBe('etcd')
  })
})
