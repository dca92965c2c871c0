import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildServer } from '../build.ts'
import { ask, type QueryOptions, type Response } from './client.ts'
import { type FakeCluster, startKubernetesApi } from './kubernetes-api.ts'
import { freePort } from './ports.ts'
import { type Ended, type Program, startProgram } from './program.ts'
import { type Asked, startUpstreams, type UpstreamMode } from './upstreams.ts'

/**
 * What to start. In the texts `@port@` stands for the port that answers DNS, `@upstream1@` for the address and port of the first
 * upstream, `@upstreamport1@` for its port alone, `@api@` for the address of the Kubernetes API, `@folder@` for the folder of the files, and
 * `@port:NAME@` for a further free port, the same for the same NAME.
 */
export interface LiveOptions {
  readonly files?: Readonly<Record<string, string>>
  readonly upstreams?: readonly UpstreamMode[]
  readonly cluster?: FakeCluster
  /** The variables that the server sees; it has no others. */
  readonly environment?: Readonly<Record<string, string>>
}

/** An answer to HTTP. */
export interface HttpResponse {
  readonly status: number
  readonly body: string
}

/** A server that answers on loopback, with its upstreams. */
export interface Live {
  readonly port: number
  /** What the placeholders of the texts became, and, the other way round, a text with the placeholders back in place. */
  fill(text: string): string
  unfill(text: string): string
  /** Asks it, at another port where one is given, and says which queries reached an upstream until it answered. */
  query(
    name: string,
    type: string,
    options?: QueryOptions & { readonly port?: number },
  ): Promise<Response & { readonly asked: readonly Asked[] }>
  /** Asks for a URL, on a connection of its own; null for no answer in time. */
  http(url: string, timeout?: number): Promise<HttpResponse | null>
  output(): string
  readonly ended: Promise<Ended>
  /** Ends all of it; answers how long the server took, in milliseconds. To call it again changes nothing. */
  stop(): Promise<number>
}

/** Starts a CoreDNS release with a Corefile; one that refuses it has `ended`. Always stop what was started. */
export async function startLive({
  release,
  corefile,
  ...options
}: LiveOptions & { readonly release: string; readonly corefile: string }): Promise<Live> {
  const program = buildServer(release)
  const files = { Corefile: corefile, ...options.files }
  return start({ ...options, files }, (folder, port) =>
    startProgram(program, ['-conf', 'Corefile', '-dns.port', String(port)], {
      folder,
      ready: /^CoreDNS-\d/m,
      ...(options.environment === undefined ? {} : { environment: options.environment }),
    }),
  )
}

/** Starts any server with fakes around it: `run` gets the folder of the files and the port to answer on. */
export async function start(
  { files = {}, upstreams: modes = ['ok'], cluster }: LiveOptions,
  run: (folder: string, port: number, fill: (text: string) => string) => Promise<Program>,
): Promise<Live> {
  const folder = mkdtempSync(join(tmpdir(), 'corefile-live-'))
  const started: { stop(): Promise<unknown> }[] = []
  const clear = async () => {
    await Promise.all(started.map((each) => each.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    const upstreams = await startUpstreams(modes, port)
    started.push(upstreams)
    const api = cluster === undefined ? null : await startKubernetesApi(cluster)
    if (api !== null) started.push(api)
    const values = new Map([
      ['@port@', String(port)],
      ['@folder@', folder],
      ...(api === null ? [] : ([['@api@', api.url]] as const)),
      ...modes.flatMap((_, index) => [
        [`@upstream${index + 1}@`, `127.0.0.1:${upstreams.port(index + 1)}`] as const,
        [`@upstreamport${index + 1}@`, String(upstreams.port(index + 1))] as const,
      ]),
    ])
    for (const [name] of Object.values(files)
      .join('\n')
      .matchAll(/@port:\w+@/g)) {
      // The system may give the same port twice, as nobody listens on it yet.
      while (!values.has(name)) {
        const free = String(await freePort())
        if (![...values.values()].includes(free)) values.set(name, free)
      }
    }
    const fill = (text: string) => {
      const filled = [...values].reduce((now, [name, value]) => now.replaceAll(name, value), text)
      const left = /@(?:port|upstream|api|folder)[\w:]*@/.exec(filled)
      if (left !== null) throw new RangeError(`nothing was started for ${left[0]}`)
      return filled
    }
    // The longest first: an upstream's address holds its port.
    const longest = [...values].sort(([, one], [, other]) => other.length - one.length)
    const unfill = (text: string) => longest.reduce((now, [name, value]) => now.replaceAll(value, name), text)
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, fill(text))
    }
    const program = await run(folder, port, fill)
    let stopped: Promise<number> | null = null
    return {
      port,
      fill,
      unfill,
      async query(name, type, options) {
        upstreams.take()
        const response = await ask(options?.port ?? port, name, type, options)
        return { ...response, asked: upstreams.take() }
      },
      http: (url, timeout = 3000) => fetchOnce(fill(url), timeout),
      output: () => program.output(),
      ended: program.ended,
      stop() {
        stopped ??= program.stop().finally(clear)
        return stopped
      },
    }
  } catch (error) {
    await clear()
    throw error
  }
}

function fetchOnce(url: string, timeout: number): Promise<HttpResponse | null> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(timeout) }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part
      })
      response.on('error', () => resolve(null))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    request.on('error', () => resolve(null))
  })
}
