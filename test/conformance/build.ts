import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Orders releases from old to new. */
export function compareReleases(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let i = 0; i < 3; i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** What a release needs beyond its own go.mod to be built by a current Go. */
interface Needs {
  /** The module that CoreDNS got its configuration language from. */
  readonly caddy: string
  /** Modules whose recorded version is gone or does not build. */
  readonly replace: readonly string[]
  /** Further flags for the linker. */
  readonly link: readonly string[]
}

function needsOf(release: string): Needs {
  const between = (from: string, to: string) => compareReleases(release, from) >= 0 && compareReleases(release, to) <= 0
  if (!between('1.5.1', '99')) throw new Error(`${release} cannot be judged: releases before 1.5.1 have no go.mod`)
  const replace: string[] = []
  const tracing = 'gopkg.in/DataDog/dd-trace-go.v1'
  const census = 'github.com/census-instrumentation/opencensus-proto'
  if (between('1.9.1', '1.9.4')) replace.push(`${tracing}=${tracing}@v1.54.0`)
  if (between('1.6.0', '1.6.8')) replace.push(`${census}=${census}@v0.2.1`)
  // Their golang.org/x modules reach into the runtime, which newer linkers forbid.
  const link = between('1.8.7', '1.9.0') || between('1.6.0', '1.6.8') ? ['-checklinkname=0'] : []
  const caddy = between('1.5.1', '1.7.1') ? 'github.com/caddyserver/caddy' : 'github.com/coredns/caddy'
  return { caddy, replace, link }
}

/**
 * Builds the judge for a release and returns the program's path. The work directory, and in it the modules that
 * were chosen, is kept; a judge that is up to date is not built again. Throws with Go's output if it cannot be built.
 */
export function buildJudge(release: string): string {
  return build(release, 'judge', '.')
}

/** Builds a CoreDNS that listens on loopback alone (live/coredns), as `buildJudge` builds the judge. */
export function buildServer(release: string): string {
  return build(release, 'live/coredns', 'coredns')
}

/** Builds the program in the folder `source` of the release's work directory, in its folder `target`. */
function build(release: string, source: string, target: string): string {
  const { caddy, replace, link } = needsOf(release)
  const module = join(import.meta.dirname, 'build', release)
  const directory = join(module, target)
  const program = join(directory, basename(source))
  mkdirSync(directory, { recursive: true })

  const sources = join(import.meta.dirname, source)
  let changed = !existsSync(program)
  for (const name of readdirSync(sources)) {
    const text = readFileSync(join(sources, name), 'utf8').replaceAll('"github.com/coredns/caddy', `"${caddy}`)
    const file = join(directory, name)
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    writeFileSync(file, text)
    changed = true
  }
  if (!changed) return program

  if (!existsSync(join(module, 'go.sum'))) {
    writeFileSync(join(module, 'go.mod'), 'module judge\n\ngo 1.17\n')
    try {
      for (const each of replace) go(module, 'mod', 'edit', '-replace', each)
      go(module, 'get', `github.com/coredns/coredns@v${release}`)
    } catch (error) {
      rmSync(join(module, 'go.sum'), { force: true })
      throw error
    }
  }
  rmSync(program, { force: true })
  go(module, 'build', `-ldflags=${['-s', '-w', ...link].join(' ')}`, '-o', program, `./${target}`)
  return program
}

function go(directory: string, ...args: string[]): void {
  const env = { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false' }
  const { status, stderr, error } = spawnSync('go', args, { cwd: directory, env, encoding: 'utf8' })
  if (error) throw new Error(`cannot run go: ${error.message}`)
  if (status !== 0) throw new Error(`go ${args.join(' ')} in ${directory}:\n${stderr}`)
}
