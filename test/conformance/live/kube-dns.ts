import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Live, type LiveOptions, start } from './live.ts'
import { type Program, startProgram } from './program.ts'

/** The programs of a kube-dns release. */
export interface KubeDnsPrograms {
  readonly kubedns: string
  readonly nanny: string
}

/** What a kube-dns is started with, with the placeholders of `LiveOptions`. */
export interface KubeDnsSetup {
  /** Arguments of kubedns; `@folder@/kubedns` is the folder of its configuration. Its addresses and the API server are added. */
  readonly kubedns: readonly string[]
  /**
   * The dnsmasq in front of it: with a nanny all arguments of that, which reads `@folder@/nanny`, else those of dnsmasq; null for none.
   * kubedns is `127.0.0.1#@port:kubedns@`.
   */
  readonly front: { readonly isNanny: boolean; readonly args: readonly string[] } | null
  /** By path; those of the two folders are the keys of the ConfigMap. */
  readonly files: Readonly<Record<string, string>>
  /** The servers of the resolv.conf of dnsmasq, as behind `--server`. */
  readonly resolvers: readonly string[]
}

/**
 * Builds kubedns and the nanny from the sources of kubernetes/dns at a tag, which bring their modules along; null where the sources are not
 * there. What was built before is not built again. Throws with Go's output where it cannot be built.
 */
export function buildKubeDns(sources: string, release: string): KubeDnsPrograms | null {
  if (!existsSync(join(sources, 'cmd/kube-dns')) || !existsSync(join(sources, 'vendor'))) return null
  const folder = join(import.meta.dirname, '../build', `kube-dns-${release}`)
  mkdirSync(folder, { recursive: true })
  const build = (name: string) => {
    const program = join(folder, name)
    if (existsSync(program)) return program
    const env = { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOFLAGS: '-mod=vendor -buildvcs=false' }
    const { status, stderr, error } = spawnSync('go', ['build', '-o', program, `./cmd/${name}`], {
      cwd: sources,
      env,
      encoding: 'utf8',
    })
    if (error) throw new Error(`cannot run go: ${error.message}`)
    if (status !== 0) throw new Error(`kube-dns ${release} cannot be built:\n${stderr}`)
    return program
  }
  return { kubedns: build('kube-dns'), nanny: build('dnsmasq-nanny') }
}

/** What dnsmasq is given besides its own options, so that it reads no file of the machine and stays in the foreground. */
function surroundings(port: number): string[] {
  return [
    '--keep-in-foreground',
    '--log-facility=-',
    '--conf-file=/dev/null',
    '--pid-file=',
    '--user=',
    `--port=${port}`,
    '--listen-address=127.0.0.1',
    '--bind-interfaces',
    '--no-resolv',
    '--no-hosts',
  ]
}

/**
 * Starts kubedns on the cluster of the options and dnsmasq in front of it. The nanny says with which options dnsmasq is started; it is asked
 * once and not left to run, as it would leave its dnsmasq behind. Always stop what was started.
 */
export async function startKubeDns(
  { kubedns, nanny }: KubeDnsPrograms,
  { kubedns: own, front, files, resolvers }: KubeDnsSetup,
  { dnsmasq, ...rest }: LiveOptions & { readonly dnsmasq: string },
): Promise<Live> {
  const args = [
    ...own,
    '--dns-bind-address=127.0.0.1',
    `--dns-port=${front === null ? '@port@' : '@port:kubedns@'}`,
    '--healthz-port=@port:health@',
    '--kube-master-url=@api@',
  ]
  // The placeholders of further ports are found in files.
  const all = { ...files, 'arguments/kubedns': args.join('\n'), 'kubedns/.keep': '', 'nanny/.keep': '' }
  return start({ ...rest, files: all }, async (folder, port, fill) => {
    const server = await startProgram(kubedns, readFileSync(join(folder, 'arguments/kubedns'), 'utf8').split('\n'), {
      folder,
      ready: /Initialized services and endpoints/,
      signal: 'SIGKILL',
    })
    if (front === null) return server
    const filled = front.args.map(fill)
    const options = front.isNanny ? optionsOfNanny(nanny, folder, filled) : [...filled]
    if (!options.some((option) => option === '--no-resolv' || /^-[a-zA-Z]*R/.test(option)))
      options.push(...resolvers.map((resolver) => `--server=${fill(resolver)}`))
    try {
      const inFront = await startProgram(dnsmasq, [...surroundings(port), ...options], {
        folder,
        ready: /^dnsmasq\[\d+\]: started/m,
      })
      return together(inFront, server)
    } catch (error) {
      await server.stop()
      throw error
    }
  })
}

/** The options that the nanny starts dnsmasq with: it gets a program in its place that writes them down. */
function optionsOfNanny(nanny: string, folder: string, args: readonly string[]): string[] {
  const [script, said] = [join(folder, 'dnsmasq.sh'), join(folder, 'dnsmasq.said')]
  writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$@" > '${said}'\n`, { mode: 0o755 })
  const cut = args.indexOf('--')
  const [own, rest] = cut === -1 ? [args, ['--']] : [args.slice(0, cut), args.slice(cut)]
  const { stderr } = spawnSync(nanny, [...own, `-dnsmasqExec=${script}`, ...rest], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (!existsSync(said)) throw new Error(`the nanny starts no dnsmasq:\n${stderr}`)
  return readFileSync(said, 'utf8').trimEnd().split('\n')
}

/** Two programs of which none goes on without the other. */
function together(first: Program, second: Program): Program {
  return {
    output: () => `${second.output()}\n${first.output()}`,
    ended: Promise.race([first.ended, second.ended]),
    async stop() {
      const [took] = await Promise.all([first.stop(), second.stop()])
      return took
    },
  }
}
