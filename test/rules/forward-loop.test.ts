import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-loop.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const root = (...lines: string[]) => `.:53 {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('forward-loop', () => {
  it.each([
    ['another port', root('forward . 127.0.0.1:5353')],
    ['another address', root('bind 10.0.0.10', 'forward . 10.0.0.2')],
    ['an address that may be any machine', root('forward . 10.0.0.10')],
    ['the stub of systemd-resolved beside a bound address', root('bind 127.0.0.1', 'forward . 127.0.0.53')],
    ['the resolver that Docker puts into a container', root('forward . 127.0.0.11')],
    ['another transport', root('forward . tls://127.0.0.1:53')],
    ['a file of name servers', root('forward . /etc/resolv.conf')],
    ['a word that is not known', root('forward . {$UPSTREAM}')],
    ['a bind that is not known', root('bind {$ADDRESS}', 'forward . 127.0.0.1')],
    ['a rewrite that leads elsewhere', root('rewrite name suffix . .example', 'forward . 127.0.0.1')],
    ['a template that ends the search', root('template ANY ANY .', 'forward . 127.0.0.1')],
    ['a view', root('view internal {\n        expr true\n    }', 'forward . 127.0.0.1')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('is silent about a second block that answers', async () => {
    const second = '.:1053 {\n    bind 127.0.0.1\n    forward . tls://10.0.0.2\n}\n'
    expect(await find(root('forward . 127.0.0.1:1053') + second)).toEqual([])
    expect(await find(`${root('forward a.example 127.0.0.1')}a.example {\n    file db.a.example\n}\n`)).toEqual([])
  })

  it.each([
    ['loopback without bind', root('forward . 127.0.0.1'), '127.0.0.1'],
    ['IPv6 loopback', root('forward . ::1'), '::1'],
    ['another loopback address', root('forward . 127.1.2.3:53'), '127.1.2.3:53'],
    ['the address it is bound to', root('bind 10.0.0.10', 'forward . 10.0.0.10:53'), '10.0.0.10:53'],
    ['the loopback interface', root('bind lo', 'forward . 127.0.0.1'), '127.0.0.1'],
    ['the unspecified address', root('bind 127.0.0.1', 'forward . 0.0.0.0'), '0.0.0.0'],
    ['one of several', root('forward . 10.0.0.2 127.0.0.1'), '127.0.0.1'],
    ['behind plugins that pass on', root('hosts {\n        fallthrough\n    }', 'forward . 127.0.0.1'), '127.0.0.1'],
    ['beside a template for one type', root('template IN AAAA .', 'forward . 127.0.0.1'), '127.0.0.1'],
    ['beside a rewrite of one name', root('rewrite name a.example b.example', 'forward . 127.0.0.1'), '127.0.0.1'],
    ['over TLS', 'tls://. {\n    forward . tls://127.0.0.1\n}\n', 'tls://127.0.0.1'],
  ])('finds %s', async (_, text, upstream) => {
    const found = await find(text)
    expect(found.map((finding) => marked(text, finding))).toEqual([upstream])
  })

  it('says what happens', async () => {
    expect((await find(root('loop', 'forward . 127.0.0.1')))[0]?.message).toContain('stops CoreDNS')
    expect((await find(root('forward . 127.0.0.1')))[0]?.message).toContain('out of memory')
    expect((await find(root('loop', 'forward a.example 127.0.0.1')))[0]?.message).toContain('out of memory')
    expect((await find(root('forward . 127.0.0.53')))[0]?.help).toContain('systemd-resolved')
  })

  it('knows the address of the cluster DNS service where it is configured', async () => {
    const cluster = root('kubernetes cluster.local', 'forward . 10.96.0.10')
    const settings = { clusterDnsIp: ['10.96.0.10'] }
    expect(await find(cluster)).toEqual([])
    expect(await find(cluster, { settings })).toHaveLength(1)
    expect(await find(root('bind 169.254.20.10', 'forward . 10.96.0.10'), { settings })).toEqual([])
  })

  it('says which address is its own, and what loop does about it', async () => {
    const [watched] = await find(root('loop', 'forward . 127.0.0.1'))
    expect(watched?.message).toBe(
      '127.0.0.1 is this server itself, which listens there on port 53: loop sees its own query come back and stops CoreDNS (forward to another server)',
    )
    const [unwatched] = await find(root('forward . 127.0.0.1'))
    expect(unwatched?.message).toContain('each query goes round until CoreDNS runs out of memory or sockets')
    const cluster = { settings: { clusterDomain: null, clusterDnsIp: ['10.96.0.10'] } }
    const [service] = await find(root('kubernetes cluster.local', 'forward . 10.96.0.10'), cluster)
    expect(service?.message).toContain(
      '10.96.0.10 is this server itself, which answers at the address of the cluster DNS service',
    )
  })

  it('follows a zone of the forward that is narrower than the block, and the other way round', async () => {
    expect(await find(root('forward a.example 127.0.0.1'))).toHaveLength(1)
    expect(await find('a.example {\n    forward . 127.0.0.1\n}\n')).toHaveLength(1)
    expect(await find('a.example {\n    forward b.example 127.0.0.1\n}\n')).toEqual([])
    expect(await find(root('forward . 127.0.0.1 {\n        except a.example\n    }'))).toHaveLength(1)
  })
})
