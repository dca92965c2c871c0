import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ask } from './client.ts'
import { dnsmasqVersion, startDnsmasq } from './dnsmasq.ts'
import { smallCluster, startKubernetesApi } from './kubernetes-api.ts'
import type { Live } from './live.ts'
import { start } from './live.ts'
import { freePort } from './ports.ts'
import { startProgram } from './program.ts'
import { startUpstreams, type UpstreamMode } from './upstreams.ts'

const running: { stop(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()))
})

async function upstreams(...modes: readonly UpstreamMode[]) {
  const started = await startUpstreams(modes, await freePort())
  running.push(started)
  return started
}

describe('fake upstreams', () => {
  it('say who was asked, and how', async () => {
    const fake = await upstreams('ok', 'ok')
    const a = await ask(fake.port(1), 'a.example', 'A')
    expect(a).toMatchObject({ rcode: 'NOERROR', answers: ['a.example A 100.64.0.1'] })
    const aaaa = await ask(fake.port(2), 'b.example', 'AAAA', { protocol: 'tcp' })
    expect(aaaa).toMatchObject({ rcode: 'NOERROR', answers: ['b.example AAAA 100::2'] })
    expect((await ask(fake.port(2), 'b.example', 'TXT')).answers).toEqual(['b.example TXT upstream 2'])
    expect(fake.take()).toEqual([
      { upstream: 1, protocol: 'udp', name: 'a.example', type: 'A' },
      { upstream: 2, protocol: 'tcp', name: 'b.example', type: 'AAAA' },
      { upstream: 2, protocol: 'udp', name: 'b.example', type: 'TXT' },
    ])
    expect(fake.take()).toEqual([])
    expect(() => fake.port(3)).toThrow('there is no upstream 3')
  })

  it('name themselves in the SOA where they have no record', async () => {
    const fake = await upstreams('ok', 'nxdomain')
    for (const [upstream, type, rcode] of [
      [1, 'HTTPS', 'NOERROR'],
      [2, 'A', 'NXDOMAIN'],
    ] as const) {
      const { message, ...response } = await ask(fake.port(upstream), 'a.example', type)
      expect(response).toEqual({ rcode, answers: [] })
      expect(message?.authorities).toMatchObject([{ type: 'SOA', data: { mname: `upstream-${upstream}.invalid` } }])
    }
  })

  it('fail or keep silent', async () => {
    const fake = await upstreams('servfail', 'silent')
    expect(await ask(fake.port(1), 'a.example', 'A')).toMatchObject({ rcode: 'SERVFAIL' })
    for (const protocol of ['udp', 'tcp'] as const) {
      expect(await ask(fake.port(2), 'a.example', 'A', { protocol, timeout: 50 })).toMatchObject({ rcode: null })
    }
    expect(fake.take().map(({ upstream }) => upstream)).toEqual([1, 2, 2])
  })

  it('know the beginning of TLS', async () => {
    const fake = await upstreams('ok')
    await expect(fetch(`https://127.0.0.1:${fake.port(1)}/`)).rejects.toThrow()
    expect(fake.take()).toEqual([{ upstream: 1, protocol: 'tls', name: '', type: '' }])
  })

  it('send queries back, but not for ever', async () => {
    const port = await freePort()
    const server = await startUpstreams(['ok'], port)
    running.push(server)
    const fake = await startUpstreams(['back'], server.port(1))
    running.push(fake)
    expect((await ask(fake.port(1), 'a.example', 'A')).answers).toEqual(['a.example A 100.64.0.1'])
    expect(server.take()).toHaveLength(1)
    for (let time = 1; time < 200; time++) await ask(fake.port(1), 'a.example', 'A')
    expect(await ask(fake.port(1), 'a.example', 'A')).toMatchObject({ rcode: 'SERVFAIL' })
    expect(server.take()).toHaveLength(199)
  })
})

describe('the fake Kubernetes API', () => {
  it('lists what is in the cluster, everywhere or in a namespace', async () => {
    const api = await startKubernetesApi(smallCluster)
    running.push(api)
    const list = async (path: string) => (await (await fetch(`${api.url}${path}`)).json()) as KubernetesList
    const names = ({ items }: KubernetesList) => items.map(({ metadata }) => metadata.name)
    expect(names(await list('/api/v1/namespaces'))).toEqual(['default', 'kube-system'])
    expect(names(await list('/api/v1/services?limit=500'))).toEqual(smallCluster.services.map(({ name }) => name))
    expect(names(await list('/api/v1/namespaces/kube-system/services'))).toEqual(['kube-dns'])
    expect(names(await list('/api/v1/pods'))).toEqual(['shell'])
    const slices = await list('/apis/discovery.k8s.io/v1/endpointslices')
    expect(slices).toMatchObject({ kind: 'EndpointSliceList', apiVersion: 'discovery.k8s.io/v1' })
    expect(names(slices)).toEqual(['web-slice', 'db-slice'])
    expect((await fetch(`${api.url}/api/v1/secrets`)).status).toBe(404)
  })

  it('begins a watch with what there is, where it is asked to', async () => {
    const api = await startKubernetesApi(smallCluster)
    running.push(api)
    const response = await fetch(`${api.url}/api/v1/namespaces?watch=true&sendInitialEvents=true`)
    let text = ''
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part
      if (text.includes('BOOKMARK')) break
    }
    const events = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type)
    expect(events).toEqual(['ADDED', 'ADDED', 'BOOKMARK'])
  })
})

interface KubernetesList {
  readonly items: readonly { readonly metadata: { readonly name: string } }[]
}

describe('a program', () => {
  const folder = import.meta.dirname
  const shell = (script: string, ready = /ready/) => startProgram('sh', ['-c', script], { folder, ready })

  it('serves, is stopped, and says what it wrote', async () => {
    const program = await shell('echo ready; exec sleep 60')
    expect(program.output()).toBe('ready\n')
    expect(await program.stop()).toBeLessThan(5000)
    expect(await program.ended).toEqual({ status: null, output: 'ready\n' })
  })

  it('may end by itself before it serves', async () => {
    const program = await shell('echo no >&2; exit 3')
    expect(await program.ended).toEqual({ status: 3, output: 'no\n' })
    await program.stop()
  })
})

describe('a live server', () => {
  it('gets its texts with ports and addresses, and gives them back without', async () => {
    const files = { 'conf/a': '@port@ @upstream1@ @upstreamport2@ @port:health@ @folder@' }
    const live = await start({ files, upstreams: ['ok', 'ok'] }, (folder) =>
      startProgram('sh', ['-c', 'cat conf/a; echo; exec sleep 60'], { folder, ready: /\n/ }),
    )
    running.push(live)
    const text = live.output().trim()
    expect(text).toMatch(/^\d+ 127\.0\.0\.1:\d+ \d+ \d+ \/\S+$/)
    expect(live.fill(files['conf/a'])).toBe(text)
    expect(live.unfill(text)).toBe(files['conf/a'])
    expect(() => live.fill('@upstream3@')).toThrow('nothing was started for @upstream3@')
    expect(await live.query('a.example', 'A', { timeout: 50 })).toMatchObject({ rcode: null, asked: [] })
  })

  const version = dnsmasqVersion()
  it.skipIf(version === null)(
    `may be dnsmasq${version === null ? ' (skipped: it is not installed)' : ''}`,
    async () => {
      const live: Live = await startDnsmasq({
        upstreams: ['ok', 'ok'],
        options: [
          '--server=127.0.0.1#@upstreamport1@',
          '--server=/corp.example/127.0.0.1#@upstreamport2@',
          '--address=/app.example/10.0.0.1',
        ],
      })
      running.push(live)
      expect(await live.query('a.corp.example', 'A')).toMatchObject({ asked: [{ upstream: 2, protocol: 'udp' }] })
      expect(await live.query('a.example', 'A')).toMatchObject({ answers: ['a.example A 100.64.0.1'] })
      expect(await live.query('x.app.example', 'A')).toMatchObject({ answers: ['x.app.example A 10.0.0.1'], asked: [] })
    },
  )
})

describe('a program', () => {
  const source = `
    import { startProgram } from ${JSON.stringify(join(import.meta.dirname, 'program.ts'))}
    const words = ['-c', 'echo serves $$; exec sleep 60']
    const program = await startProgram('sh', words, { folder: ${JSON.stringify(tmpdir())}, ready: /serves \\d+/ })
    console.log(program.output())
  `

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends with the one that started it: %s',
    async (signal) => {
      const driver = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [output] = (await once(driver.stdout, 'data')) as [Buffer]
      const pid = Number(/serves (\d+)/.exec(String(output))?.[1])
      expect(process.kill(pid, 0)).toBe(true)
      driver.kill(signal)
      await once(driver, 'exit')
      await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 20_000 })
    },
    30_000,
  )
})
