import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../live/ports.ts'
import { startProgram } from '../live/program.ts'

/**
 * Builds SkyDNS from the sources of kubernetes/dns at a tag, which has it in third_party/forked and brings its modules along; null where the
 * sources are not there. What was built before is not built again. Throws with Go's output where it cannot be built.
 */
export function buildSkyDns(sources: string, release: string): string | null {
  if (!existsSync(join(sources, 'third_party/forked/skydns')) || !existsSync(join(sources, 'vendor'))) return null
  const folder = join(import.meta.dirname, '../build', `kube-dns-${release}`)
  mkdirSync(folder, { recursive: true })
  const program = join(folder, 'skydns')
  if (existsSync(program)) return program
  const env = { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOFLAGS: '-mod=vendor -buildvcs=false' }
  const { status, stderr, error } = spawnSync('go', ['build', '-o', program, './third_party/forked/skydns'], {
    cwd: sources,
    env,
    encoding: 'utf8',
  })
  if (error) throw new Error(`cannot run go: ${error.message}`)
  if (status !== 0) throw new Error(`the SkyDNS of kubernetes/dns ${release} cannot be built:\n${stderr}`)
  return program
}

/** Whether the machine has an etcd (Debian: `etcd-server`); its releases up to 3.5 have both stores. */
export function hasEtcd(): boolean {
  return spawnSync('etcd', ['--version']).status === 0
}

/** An etcd of its own. */
export interface Etcd {
  readonly url: string
  /** Forgets all it has in both stores, and has these values by path in one of them. */
  fill(store: 2 | 3, values: Readonly<Record<string, string>>): Promise<void>
  stop(): Promise<void>
}

/** Starts an etcd on loopback, with both stores. Always stop what was started. */
export async function startEtcd(): Promise<Etcd> {
  const folder = mkdtempSync(join(tmpdir(), 'corefile-etcd-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const peer = `http://127.0.0.1:${await freePort()}`
  const args = [
    `--data-dir=${join(folder, 'data')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--enable-v2',
  ]
  const program = await startProgram('etcd', args, { folder, ready: /ready to serve client requests|serving .*client/ })
  const stop = async () => {
    await program.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, fill: (store, values) => fill(url, store, values), stop }
}

async function fill(url: string, store: 2 | 3, values: Readonly<Record<string, string>>): Promise<void> {
  const coded = (text: string) => Buffer.from(text).toString('base64')
  // From the first key to the last one: the byte 0 is the end of all.
  await send('POST', `${url}/v3/kv/deleterange`, JSON.stringify({ key: 'AA==', range_end: 'AA==' }))
  const { node } = (await (await fetch(`${url}/v2/keys/`)).json()) as { node?: { nodes?: readonly { key: string }[] } }
  for (const { key } of node?.nodes ?? []) await send('DELETE', `${url}/v2/keys${key}?recursive=true`)
  for (const [path, value] of Object.entries(values)) {
    if (store === 2) await send('PUT', `${url}/v2/keys${path}`, new URLSearchParams({ value }))
    else await send('POST', `${url}/v3/kv/put`, JSON.stringify({ key: coded(path), value: coded(value) }))
  }
}

async function send(method: string, url: string, body?: string | URLSearchParams): Promise<void> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body }) })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
}
