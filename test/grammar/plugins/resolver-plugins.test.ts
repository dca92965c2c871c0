import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as bind from '../../../grammar/plugins/bind.ts'
import * as bufsize from '../../../grammar/plugins/bufsize.ts'
import * as cache from '../../../grammar/plugins/cache.ts'
import * as cancel from '../../../grammar/plugins/cancel.ts'
import * as chaos from '../../../grammar/plugins/chaos.ts'
import * as errors from '../../../grammar/plugins/errors.ts'
import * as forward from '../../../grammar/plugins/forward.ts'
import * as grpc from '../../../grammar/plugins/grpc.ts'
import * as health from '../../../grammar/plugins/health.ts'
import * as loadbalance from '../../../grammar/plugins/loadbalance.ts'
import * as log from '../../../grammar/plugins/log.ts'
import * as pprof from '../../../grammar/plugins/pprof.ts'
import * as prometheus from '../../../grammar/plugins/prometheus.ts'
import * as proxy from '../../../grammar/plugins/proxy.ts'
import * as quic from '../../../grammar/plugins/quic.ts'
import * as ready from '../../../grammar/plugins/ready.ts'
import * as reload from '../../../grammar/plugins/reload.ts'
import * as root from '../../../grammar/plugins/root.ts'
import * as timeouts from '../../../grammar/plugins/timeouts.ts'
import * as tls from '../../../grammar/plugins/tls.ts'
import { faultsOf, type PluginModule, reasonsOf } from './reasons-of.ts'

describe('cache', () => {
  it('takes the first word for a TTL if it is a number, else for a zone', () => {
    expect(faultsOf(cache, 'cache 30 example.org', '1.15.0')).toEqual([])
    expect(faultsOf(cache, 'cache 30s', '1.15.0')).toEqual([])
    expect(faultsOf(cache, 'cache 0', '1.15.0')).toEqual(['out-of-range 0'])
  })

  it('counted the zones behind cache for keepttl until 1.11.0', () => {
    const block = 'cache 30 example.org {\nkeepttl\n}'
    expect(faultsOf(cache, block, '1.10.1')).toEqual(['conflict keepttl'])
    expect(faultsOf(cache, block, '1.11.1')).toEqual([])
    expect(faultsOf(cache, 'cache 30 {\nkeepttl\n}', '1.10.1')).toEqual([])
  })

  it('reads serve_stale by its mode', () => {
    const stale = (words: string) => `cache {\nserve_stale ${words}\n}`
    expect(faultsOf(cache, stale('1h immediate 30s'), '1.14.6')).toEqual(['conflict 30s'])
    expect(faultsOf(cache, stale('1h immediate 1500ms'), '1.14.7')).toEqual(['invalid-value 1500ms'])
    expect(faultsOf(cache, stale('1h verify 1500ms'), '1.14.7')).toEqual([])
    expect(faultsOf(cache, stale('1h immediate 30s 1m 5m'), '1.14.7')).toEqual(['argument-count 5m'])
    expect(faultsOf(cache, 'cache {\nserve_stale_policy prefer_positive\n}', '1.14.7')).toEqual([
      'missing-property serve_stale_policy',
    ])
  })
})

describe('loadbalance', () => {
  it('passed over a line of two words and what is behind it, from 1.2.0 to 1.10.0', () => {
    expect(faultsOf(loadbalance, 'loadbalance a b', '1.9.4')).toEqual(['argument-count b'])
    expect(faultsOf(loadbalance, 'loadbalance a b {\nc\n}', '1.9.4')).toEqual([])
    expect(faultsOf(loadbalance, 'loadbalance a b\nloadbalance c', '1.9.4')).toEqual(['invalid-value c'])
    expect(faultsOf(loadbalance, 'loadbalance a b', '1.1.3')).toEqual([])
  })

  it('has a block for each policy', () => {
    const block = (policy: string, line: string) => `loadbalance ${policy} {\n${line}\n}`
    expect(faultsOf(loadbalance, block('weighted w', 'reload 10'), '1.15.0')).toEqual(['duration-unit 10'])
    expect(faultsOf(loadbalance, block('round_robin', 'reload 10s'), '1.15.0')).toEqual(['unknown-property reload'])
    expect(faultsOf(loadbalance, block('round_robin', 'reload 10s'), '1.12.3')).toEqual([])
    expect(faultsOf(loadbalance, 'loadbalance random', '1.15.0')).toEqual(['invalid-value random'])
    expect(faultsOf(loadbalance, block('', 'prefer 10.0.0.1'), '1.12.4')).toEqual(['invalid-value 10.0.0.1'])
  })
})

describe('tls', () => {
  const acme = (lines: string) => faultsOf(tls, `tls {\n${lines}\n}`, '1.14.7')

  it('fetches certificates without files from 1.14.7 on', () => {
    expect(acme('acme dns.example *.dns.example')).toEqual([])
    expect(acme('acme a.*.example _dns.example -a.example 192.0.2.1')).toHaveLength(4)
    expect(acme('acme a.example\nacme b.example')).toEqual(['once-property acme'])
    expect(acme('email a@b.example')).toEqual(['missing-property tls'])
    expect(acme('acme a.example\nca acme.example\nresolver 192.0.2.1')).toEqual([
      'invalid-value acme.example',
      'invalid-value 192.0.2.1',
    ])
    expect(faultsOf(tls, 'tls {\nacme dns.example\n}', '1.14.6')).toEqual([
      'argument-count tls',
      'unknown-property acme',
    ])
  })

  it('looks for files below root from 1.11.3 on', () => {
    const seen: string[] = []
    const world = { root: '/etc/coredns', fileExists: (path: string) => seen.push(path) > 0 }
    reasonsOf(tls, 'tls cert.pem /key.pem', '1.11.3', world)
    reasonsOf(tls, 'tls cert.pem /key.pem', '1.11.1', world)
    expect(seen).toEqual(['/etc/coredns/cert.pem', '/key.pem', 'cert.pem', '/key.pem'])
  })
})

describe('the small plugins', () => {
  it('assume interfaces, but no domain names and no addresses with a port', () => {
    const assumed: string[] = []
    const assume = (what: string) => assumed.push(what)
    const block = 'bind eth0.100 localhost dns.example 127.0.0.1:53'
    expect(faultsOf(bind, block, '1.15.0', { assume })).toEqual([
      'invalid-value localhost',
      'invalid-value dns.example',
      'invalid-value 127.0.0.1:53',
    ])
    expect(assumed).toEqual(['network interface eth0.100 exists'])
    expect(faultsOf(bind, 'bind eth1', '1.15.0', { interfaceExists: () => false })).toEqual(['invalid-value eth1'])
    expect(faultsOf(bind, 'bind eth0', '1.8.0')).toEqual(['invalid-value eth0'])
  })

  it('refuse levels of consolidate in the wrong order', () => {
    const consolidate = (words: string) => faultsOf(errors, `errors {\nconsolidate 5m .* ${words}\n}`, '1.14.0')
    expect(consolidate('info show_first')).toEqual([])
    expect(consolidate('show_first show_first')).toEqual([])
    expect(consolidate('show_first info')).toEqual(['conflict info'])
    expect(consolidate('info debug')).toEqual(['conflict debug'])
    expect(consolidate('fatal')).toEqual(['invalid-value fatal'])
  })

  it('want something in a timeouts block', () => {
    expect(faultsOf(timeouts, 'timeouts', '1.15.0')).toEqual(['missing-property timeouts'])
    expect(faultsOf(timeouts, 'timeouts {\nbogus 5s\n}', '1.15.0')).toEqual(['unknown-property bogus'])
    expect(faultsOf(timeouts, 'timeouts {\nread 5\n}', '1.15.0')).toEqual([])
  })

  it('let reload do without jitter from 1.14.2 on', () => {
    expect(faultsOf(reload, 'reload 10s 0s', '1.14.1')).toEqual(['out-of-range 0s'])
    expect(faultsOf(reload, 'reload 10s 0s', '1.14.2')).toEqual([])
    expect(faultsOf(reload, 'reload 10s 999ms', '1.14.2')).toEqual(['invalid-value 999ms'])
  })
})

describe('any tokens', () => {
  const modules: PluginModule[] = [
    bind,
    bufsize,
    cache,
    cancel,
    chaos,
    errors,
    forward,
    grpc,
    health,
    loadbalance,
    log,
    pprof,
    prometheus,
    proxy,
    quic,
    ready,
    reload,
    root,
    timeouts,
    tls,
  ]
  const word = fc.constantFrom(
    '{',
    '}',
    '{}',
    '""',
    '\n',
    'x',
    '1',
    '10s',
    '-1',
    'tls',
    'except',
    'protocol',
    'grpc',
    'acme',
  )

  it('are read to the end', () => {
    const releases = fc.constantFrom('1.0.0', '1.2.6', '1.6.9', '1.9.0', '1.12.0', '1.15.0')
    fc.assert(
      fc.property(
        fc.constantFrom(...modules),
        releases,
        fc.array(word, { maxLength: 12 }),
        (module, release, words) => {
          expect(() => reasonsOf(module, `${module.default.name} ${words.join(' ')}`, release)).not.toThrow()
        },
      ),
      { numRuns: 2000 },
    )
  })
})
