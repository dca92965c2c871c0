import { describe, expect, it } from 'vitest'
import { objectsOf } from '../../conformance/live/kubernetes-api.ts'
import { cluster } from '../../conformance/resolver/cluster.ts'
import { outcomeOf } from './decide.ts'

const services = objectsOf(cluster)

describe('dns64', () => {
  const text = (lines: string, rest = 'forward . 10.0.0.1') =>
    `. {\n  dns64 {\n    allow_ipv4\n    ${lines}\n  }\n  ${rest}\n}\n`

  it('makes AAAA records of A records where the name has none', () => {
    const hosts = 'hosts /dev/null {\n    10.1.2.3 four.test\n    fd00::1 six.test\n  }'
    expect(outcomeOf(text('', hosts), 'four.test AAAA', { files: {} })).toMatchObject({
      records: [{ type: 'AAAA', data: '64:ff9b::a01:203' }],
    })
    expect(outcomeOf(text('prefix 2001:db8::/32', hosts), 'four.test AAAA', { files: {} })).toMatchObject({
      records: [{ data: '2001:db8:a01:203::' }],
    })
    expect(outcomeOf(text('', hosts), 'six.test AAAA', { files: {} })).toMatchObject({ records: [{ data: 'fd00::1' }] })
    expect(outcomeOf(text('', hosts), 'four.test A', { files: {} })).toMatchObject({ records: [{ type: 'A' }] })
  })

  it('says so of what an upstream answers', () => {
    expect(outcomeOf(text(''), 'a.test AAAA')).toMatchObject({
      kind: 'upstream',
      asks: { type: 'AAAA' },
      changes: [{ becomes: 'AAAA of A with 64:ff9b::/96' }],
    })
  })

  it('looks away from clients with IPv4, unless told', () => {
    const plain = '. {\n  dns64\n  forward . 10.0.0.1\n}\n'
    expect(outcomeOf(plain, 'a.test AAAA', {}, { client: '10.0.0.9' })).toMatchObject({ changes: [] })
    expect(outcomeOf(plain, 'a.test AAAA', {}, { client: 'fd00::9' })).toMatchObject({ changes: [{}] })
    expect(outcomeOf(plain, 'a.test AAAA').kind).toBe('unknown')
  })
})

describe('autopath', () => {
  const text =
    '. {\n  autopath @kubernetes\n  kubernetes cluster.local {\n    pods verified\n  }\n  forward . 10.0.0.1\n}\n'
  const ask = (question: string, client: string | null) => outcomeOf(text, question, { services }, { client })

  it('walks the search list of the pod that asks', () => {
    expect(ask('web.shop.default.svc.cluster.local', '127.0.0.7')).toMatchObject({
      kind: 'alias',
      records: [{ data: 'web.shop.svc.cluster.local.' }],
    })
    expect(ask('www.test.default.svc.cluster.local', '127.0.0.7')).toMatchObject({
      kind: 'upstream',
      asks: { name: 'www.test.' },
      changes: [{ becomes: 'alias www.test.default.svc.cluster.local.' }],
      next: { rcodes: ['NXDOMAIN'], outcome: { kind: 'nxdomain' } },
    })
  })

  it('leaves those alone who are no pods, or of another namespace', () => {
    expect(ask('www.test.default.svc.cluster.local', '10.9.9.9').kind).toBe('nxdomain')
    expect(ask('www.test.default.svc.cluster.local', '127.0.0.8').kind).toBe('nxdomain')
  })

  it('knows what does not depend on who asks', () => {
    expect(ask('web.default.svc.cluster.local', null).kind).toBe('records')
    expect(ask('www.test', null).kind).toBe('upstream')
    expect(ask('www.test.default.svc.cluster.local', null).kind).toBe('unknown')
  })
})

describe('k8s_external', () => {
  const text =
    '. {\n  k8s_external ext.test {\n    headless\n  }\n  kubernetes cluster.local\n  forward . 10.0.0.1\n}\n'
  const ask = (question: string) => outcomeOf(text, question, { services, localAddresses: [] })

  it('answers with addresses from outside', () => {
    expect(ask('web.shop.ext.test')).toMatchObject({ records: [{ data: '203.0.113.9' }] })
    expect(ask('edge.shop.ext.test')).toMatchObject({
      kind: 'alias',
      target: 'lb.example.net.',
      reached: { kind: 'upstream' },
    })
    expect(ask('_http._tcp.web.shop.ext.test SRV')).toMatchObject({
      records: [{ data: '0 50 80 web.shop.ext.test.' }, {}].slice(0, 1),
    })
    expect(ask('db-0.db.default.ext.test')).toMatchObject({ records: [{ data: '10.244.0.21' }] })
    expect(ask('web.default.ext.test').kind).toBe('nxdomain')
    expect(ask('default.ext.test').kind).toBe('nodata')
    expect(ask('none.ext.test').kind).toBe('nxdomain')
    expect(ask('ext.test NS')).toMatchObject({ records: [{ data: 'ns1.dns.ext.test.' }] })
  })
})

describe('zones that lie elsewhere', () => {
  it.each([
    ['secondary a.test {\n    transfer from 10.0.0.1\n  }', { kind: 'file', path: 'transfer from 10.0.0.1' }],
    ['route53 a.test.:Z1', { kind: 'file', path: 'Route 53', zone: 'a.test.' }],
    ['azure group:a.test', { kind: 'file', path: 'Azure DNS', zone: 'a.test.' }],
    ['clouddns a.test.:project:zone', { kind: 'file', path: 'Cloud DNS', zone: 'a.test.' }],
    ['etcd a.test {\n    path /mydns\n  }', { kind: 'etcd', prefix: '/mydns', zone: 'a.test.' }],
  ])('%s', (plugin, expected) => {
    const text = `. {\n  ${plugin}\n  forward . 10.0.0.9\n}\n`
    expect(outcomeOf(text, 'x.a.test')).toMatchObject({ ...expected, otherwise: { kind: 'nxdomain' } })
    expect(outcomeOf(text, 'x.b.test').kind).toBe('upstream')
  })

  it('are passed on to what signs or sends them', () => {
    const text = 'a.test {\n  dnssec\n  transfer {\n    to *\n  }\n  forward . 10.0.0.9\n}\n'
    expect(outcomeOf(text, 'x.a.test').kind).toBe('upstream')
    expect(outcomeOf(text, 'a.test DNSKEY').kind).toBe('unknown')
    expect(outcomeOf(text, 'a.test AXFR').kind).toBe('refused')
  })
})

describe('plugins that are gone', () => {
  it('proxy: the longest zone takes a name', () => {
    const text =
      '. {\n  proxy . 10.0.0.1\n  proxy a.test 10.0.0.2 10.0.0.3 {\n    policy first\n    except x.a.test\n  }\n}\n'
    const ask = (question: string) => outcomeOf(text, question, { release: '1.4.0' })
    expect(ask('b.test')).toMatchObject({ kind: 'upstream', upstreams: ['10.0.0.1:53'], policy: 'random' })
    expect(ask('y.a.test')).toMatchObject({ upstreams: ['10.0.0.2:53', '10.0.0.3:53'], policy: 'sequential' })
    expect(ask('x.a.test')).toMatchObject({ upstreams: ['10.0.0.1:53'] })
  })

  it('federation: names with its label are those without', () => {
    const text = '. {\n  federation cluster.local {\n    prod prod.example.com\n  }\n  kubernetes cluster.local\n}\n'
    const ask = (question: string) => outcomeOf(text, question, { release: '1.5.2', services })
    expect(ask('web.default.prod.svc.cluster.local')).toMatchObject({
      records: [{ name: 'web.default.prod.svc.cluster.local.', data: '10.96.0.20' }],
    })
    expect(ask('none.default.prod.svc.cluster.local').kind).toBe('unknown')
    expect(ask('none.default.other.svc.cluster.local').kind).toBe('nxdomain')
  })
})
