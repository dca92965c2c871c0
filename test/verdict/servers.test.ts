import { describe, expect, it } from 'vitest'
import { isPluginOf } from '../../grammar/releases.ts'
import { expand } from '../../src/expand/expand.ts'
import { socketPort } from '../../src/verdict/listeners.ts'
import { referenceReasons } from '../../src/verdict/references.ts'
import { readServers, transportsOfBlock, zonesOfBlock } from '../../src/verdict/servers.ts'

const configurationOf = (text: string, release: string, environment: Readonly<Record<string, string>> = {}) =>
  expand(text, { isDirective: (name) => isPluginOf(release, name), environment: (name) => environment[name] })

/** The reasons of a text as `STAGE KIND SUBJECT`. */
function reasonsOf(text: string, release: string): string[] {
  const { keyReasons, serverReasons, startReasons } = readServers(configurationOf(text, release), release)
  return [...keyReasons, ...serverReasons, ...startReasons].map(
    ({ stage, kind, subject }) => `${stage} ${kind} ${subject}`,
  )
}

const block = (keys: string, ...lines: readonly string[]) => `${keys} {\n${[...lines, 'whoami'].join('\n')}\n}\n`

describe('zones that overlap', () => {
  it('says where the first one stands', () => {
    const text = block('a.org') + block('b.org a.org')
    const [reason] = readServers(configurationOf(text, '1.15.0'), '1.15.0').serverReasons
    expect(reason?.message).toBe('cannot serve dns://a.org.:53 - it is already defined')
    expect(reason?.at.list.start(reason.at.index)).toBe(text.lastIndexOf('a.org'))
    expect(reason?.other?.list.start(reason.other.index)).toBe(0)
  })

  it('is a fault of the keys before 1.1.0', () => {
    expect(reasonsOf(block('a.org') + block('a.org'), '1.0.6')).toEqual(['servers duplicate-zone dns://a.org.:53'])
    expect(readServers(configurationOf(block('a.org a.org'), '1.0.6'), '1.0.6').keyReasons).toHaveLength(1)
  })

  it('reports two networks once, however many zones they share', () => {
    expect(reasonsOf(block('10.0.0.0/9') + block('10.0.0.0/9'), '1.15.0')).toEqual([
      'servers duplicate-zone dns://0.10.in-addr.arpa.:53',
    ])
  })

  it('sees bind for the first zone of a block alone from 1.8.5 to 1.9.4', () => {
    const text = block('a.org b.org', 'bind 127.0.0.1') + block('b.org', 'bind 127.0.0.2')
    const refusing = ['1.8.4', '1.8.5', '1.9.4', '1.10.0'].filter((release) => reasonsOf(text, release).length > 0)
    expect(refusing).toEqual(['1.8.5', '1.9.4'])
  })

  it('compares nothing of a block whose addresses are not known', () => {
    const text = block('a.org', 'bind {$ADDRESS}') + block('a.org', 'bind 127.0.0.1')
    expect(reasonsOf(text, '1.15.0')).toEqual([])
  })

  it('knows the addresses of the loopback interface and takes other interfaces by their names', () => {
    expect(reasonsOf(block('a.org', 'bind lo ::1'), '1.15.0')).toHaveLength(1)
    expect(reasonsOf(block('a.org', 'bind eth0 ::1'), '1.15.0')).toEqual([])
    expect(reasonsOf(block('a.org', 'bind eth0') + block('a.org', 'bind eth0'), '1.15.0')).toHaveLength(1)
  })
})

describe('listeners', () => {
  it('counts ports as Go does, overflow included', () => {
    const written = ['53', '0', '-0', '65535', '65536', '-1', '4294967349', '4294967296', '4294967300']
    expect(written.map(socketPort)).toEqual(['53', '0', '0', '65535', null, null, '53', null, '4'])
  })

  it('names the port of a key that no socket can have once', () => {
    expect(reasonsOf(block('10.0.0.0/9:65536'), '1.15.0')).toEqual(['servers invalid-port 10.0.0.0/9:65536'])
  })

  it('needs TLS for HTTPS from 1.8.0 to 1.8.6', () => {
    const refusing = ['1.7.1', '1.8.0', '1.8.6', '1.8.7'].filter(
      (release) => reasonsOf(block('a.org https://a.org'), release).length > 0,
    )
    expect(refusing).toEqual(['1.8.0', '1.8.6'])
  })

  it('wants the same TLS of all blocks of a listener since 1.15.0', () => {
    const first = block('tls://a.org', 'tls a.crt a.key ca.crt {', 'client_auth require', '}')
    const why = (second: string) =>
      readServers(configurationOf(first + second, '1.15.0'), '1.15.0').serverReasons.map(
        ({ message }) => /: ([^:]*)$/.exec(message ?? '')?.[1],
      )
    const auth = ['{', 'client_auth require', '}'] as const
    expect(why(block('tls://b.org'))).toEqual(['TLS is configured for only one server block'])
    expect(why(block('tls://b.org', 'tls a.crt a.key ca.crt'))).toEqual(['client authentication policies differ'])
    expect(why(block('tls://b.org', `tls a.crt a.key ${auth.join('\n')}`))).toEqual(['client CA pools differ'])
    expect(why(block('tls://b.org', `tls b.crt a.key ca.crt ${auth.join('\n')}`))).toEqual([
      'server certificates differ',
    ])
    expect(why(block('tls://b.org', `tls a.crt a.key ca.crt ${auth.join('\n')}`))).toEqual([])
    expect(why(block('tls://b.org', `tls {$FILES} ${auth.join('\n')}`))).toEqual([])
    expect(why(block('tls://b.org:8853', 'tls b.crt b.key'))).toEqual([])
  })

  it('takes ACME of two blocks for the same only with the same options', () => {
    const acme = (zone: string, ...options: readonly string[]) => block(`tls://${zone}`, 'tls {', ...options, '}')
    expect(
      reasonsOf(acme('a.org', 'acme a.org', 'email a@b') + acme('b.org', 'email a@b', 'acme a.org'), '1.15.0'),
    ).toEqual([])
    expect(reasonsOf(acme('a.org', 'acme a.org') + acme('b.org', 'acme b.org'), '1.15.0')).toEqual([
      'servers tls-conflict tls://:853',
    ])
  })
})

describe('what shows at the start alone', () => {
  it('opens no QUIC without TLS', () => {
    expect(reasonsOf(block('quic://a.org'), '1.15.0')).toEqual(['start tls-missing quic://:853'])
    expect(reasonsOf(block('quic://a.org', 'tls a b'), '1.15.0')).toEqual([])
  })

  it('needs kubernetes beside k8s_external since 1.11.0', () => {
    expect(reasonsOf(block('a.org', 'k8s_external b.org'), '1.10.1')).toEqual([])
    expect(reasonsOf(block('a.org', 'k8s_external b.org'), '1.11.0')).toEqual(['start needs k8s_external'])
    expect(reasonsOf(block('a.org', 'k8s_external b.org', 'kubernetes'), '1.11.0')).toEqual([])
  })

  const inUse = (text: string, release = '1.6.5') => reasonsOf(text, release)

  it('opens a socket for each key with health, which could not be shared before 1.6.6', () => {
    expect(inUse(block('a.org b.org c.org', 'health'))).toEqual(['start address-in-use :8080'])
    expect(inUse(block('a.org b.org', 'health'), '1.6.6')).toEqual([])
    expect(inUse(block('a.org b.org', 'health'), '1.0.6')).toEqual([])
  })

  it('takes an unspecified address for all addresses', () => {
    const beside = (address: string) => block('a.org', 'health 127.0.0.1:8080') + block('b.org', `health ${address}`)
    expect(inUse(beside('127.0.0.2:8080'))).toEqual([])
    expect(inUse(beside('[::1]:8080'))).toEqual([])
    expect(inUse(beside('localhost:8080'))).toHaveLength(1)
    expect(inUse(beside('0.0.0.0:8080'))).toHaveLength(1)
    expect(inUse(beside('[::]:8080'))).toHaveLength(1)
    expect(inUse(beside(':0'))).toEqual([])
  })

  it('goes on when ready or prometheus finds its address taken', () => {
    expect(inUse(block('a.org', 'prometheus :8080', 'health'))).toEqual([])
    expect(inUse(block('a.org', 'ready :8080', 'health'))).toEqual(['start address-in-use :8080'])
    expect(inUse(block('a.org', 'ready') + block('b.org', 'ready 127.0.0.1:8181'))).toEqual([])
  })

  it('lets plain DNS share its sockets since 1.2.3, and no other transport', () => {
    const dns = block('a.org', 'bind 127.0.0.1') + block('b.org')
    expect(inUse(dns, '1.2.2')).toEqual(['start address-in-use dns://:53'])
    expect(inUse(dns, '1.2.3')).toEqual([])
    expect(inUse(block('a.org') + block('tls://b.org:53'))).toEqual(['start address-in-use tls://:53'])
    expect(inUse(block('a.org:8080', 'health'))).toEqual(['start address-in-use dns://:8080'])
  })
})

describe('references', () => {
  const crashing = (answer: string, release = '1.2.2') =>
    referenceReasons(configurationOf(`. {\nlog . "${answer}"\n}\n`, release, { A: '' }), release).length > 0

  it('crash up to 1.2.2 behind a brace', () => {
    expect(crashing('{{ .Name }} {$A}')).toBe(true)
    expect(crashing('{{ .Name }} {$A}', '1.2.3')).toBe(false)
    expect(crashing('}{$A}')).toBe(true)
    expect(crashing('{$A} {$A} }')).toBe(false)
    expect(crashing('{$A} } {$B}')).toBe(true)
    expect(crashing('%} {%A%}')).toBe(true)
    expect(crashing('{%}')).toBe(true)
  })
})

it('tells plugins the zones and transports of their block', () => {
  const configuration = configurationOf(block('A.org https://b.org 10.0.0.0/15'), '1.15.0')
  const { served } = readServers(configuration, '1.15.0')
  const [first] = configuration.blocks
  if (first === undefined) throw new Error('no block')
  expect(zonesOfBlock(first, served)).toEqual(['a.org.', 'b.org.', '0.10.in-addr.arpa.', '1.10.in-addr.arpa.'])
  expect(transportsOfBlock(first, served)).toEqual(['dns', 'https', 'dns', 'dns'])
})
