import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Measures whole processes and prints ratios, each from runs that took turns with what they are compared with: the machine's speed
 * may drift, a ratio of neighbours does not. Nothing here decides anything; the aims are printed beside the figures.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'dist/cli.mjs')
const work = mkdtempSync(join(tmpdir(), 'corefile-bench-'))

interface Run {
  readonly seconds: number
  /** Peak of resident memory in bytes, null where the process does not tell. */
  readonly peak: number | null
}

/** Tells its peak memory on standard error when the process ends. */
const probe = join(work, 'probe.mjs')

function run(command: readonly string[]): Run {
  const [file = '', ...args] = command
  const start = process.hrtime.bigint()
  const { stderr, error } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 28, cwd: work })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (error !== undefined) throw error
  const kilobytes = /peak ([0-9]+) kB/.exec(stderr)?.[1]
  return { seconds, peak: kilobytes === undefined ? null : Number(kilobytes) * 1024 }
}

const node = (...args: string[]): string[] => [process.execPath, '--import', pathToFileURL(probe).href, ...args]
const lint = (...args: string[]): string[] => node(program, 'lint', '--fail-on', 'never', ...args)

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** Median of the ratio of two commands, run in turn. */
function ratio(
  a: readonly string[],
  b: readonly string[],
  times: number,
): { ratio: number; seconds: number; peak: number } {
  run(a)
  run(b)
  const pairs = Array.from({ length: times }, () => [run(a), run(b)] as const)
  return {
    ratio: median(pairs.map(([x, y]) => x.seconds / y.seconds)),
    seconds: median(pairs.map(([x]) => x.seconds)),
    peak: Math.max(...pairs.map(([x]) => x.peak ?? 0)),
  }
}

function say(what: string, figure: string, aim: string): void {
  console.log(`${what.padEnd(58)} ${figure.padStart(28)}   ${aim}`)
}

const times = (value: number): string => `${value.toFixed(2)} x`
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`

function hostsBlock(lines: number): { file: string; bytes: number } {
  const entries = Array.from(
    { length: lines },
    (_, n) => `        10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255} host${n}.example.org\n`,
  )
  const text = `.:53 {\n    errors\n    hosts {\n${entries.join('')}        fallthrough\n    }\n    forward . 192.0.2.53\n}\n`
  const file = join(work, `hosts-${lines}.Corefile`)
  writeFileSync(file, text)
  return { file, bytes: text.length }
}

const PLAIN = `.:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
        max_concurrent 1000
    }
    cache 30 {
        disable success cluster.local
        disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
example.org:53 {
    errors
    cache 30
    forward . 192.0.2.53 192.0.2.54 {
        policy sequential
    }
}
`

function configMap(name: string, corefile = PLAIN): string {
  const indented = corefile.replace(/^(?=.)/gm, '    ')
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: kube-system\ndata:\n  Corefile: |\n${indented}`
}

function coldStarts(): void {
  const plain = join(work, 'Corefile')
  writeFileSync(plain, PLAIN)
  const manifest = join(work, 'coredns.yaml')
  writeFileSync(manifest, configMap('coredns'))
  const bare = node('-e', '')
  say(
    'cold lint of a plain 30-line Corefile, to `node -e ""`',
    times(ratio(lint(plain), bare, 15).ratio),
    'aim 1.5, at most 2',
  )
  say('the same in a ConfigMap', times(ratio(lint(manifest), bare, 15).ratio), 'aim 2.0, at most 2.5')
}

/** The Go program that reads the same text with the library of coredns/corefile-migration; null where Go is missing. */
function goReader(): string | null {
  if (spawnSync('go', ['version']).status !== 0) return null
  const directory = join(work, 'go')
  mkdirSync(directory)
  writeFileSync(
    join(directory, 'main.go'),
    'package main\n\nimport (\n\t"os"\n\n\t"github.com/coredns/corefile-migration/migration/corefile"\n)\n\nfunc main() {\n\ttext, err := os.ReadFile(os.Args[1])\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tif _, err := corefile.New(string(text)); err != nil {\n\t\tpanic(err)\n\t}\n}\n',
  )
  writeFileSync(join(directory, 'go.mod'), 'module reader\n\ngo 1.21\n')
  const go = (...args: string[]) =>
    spawnSync('go', args, { cwd: directory, encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod' } })
  if (go('get', 'github.com/coredns/corefile-migration@v1.0.26').status !== 0) return null
  if (go('build', '-o', 'reader', '.').status !== 0) return null
  return join(directory, 'reader')
}

function hostsBlocks(): void {
  const reader = goReader()
  if (reader === null) console.log('(no Go, or its modules are out of reach: nothing to compare hosts blocks with)')
  const sizes = [10_000, 100_000, 1_000_000].map((lines) => ({ lines, ...hostsBlock(lines) }))
  for (const { lines, file, bytes } of sizes) {
    const count = lines === 1_000_000 ? 3 : 5
    const other = reader === null ? node('-e', '') : [reader, file]
    const measured = ratio(lint(file), other, count)
    const figure = reader === null ? `${measured.seconds.toFixed(2)} s` : times(measured.ratio)
    const aim = lines === 100_000 ? 'aim 2 x the Go library' : lines === 1_000_000 ? 'completes' : ''
    say(`hosts block of ${lines} lines, whole process`, figure, aim)
    say(
      `  peak memory`,
      `${mebibytes(measured.peak)}, ${(measured.peak / bytes).toFixed(1)} x the text`,
      lines === 100_000 ? 'aim 12 x the text' : '',
    )
  }
  for (const [small, large] of [
    [sizes[0], sizes[1]],
    [sizes[1], sizes[2]],
  ] as const) {
    if (small === undefined || large === undefined) continue
    say(
      `growth from ${small.lines} to ${large.lines} lines`,
      times(ratio(lint(large.file), lint(small.file), 3).ratio),
      'at most 11',
    )
  }
  const last = sizes.at(-1)
  if (last === undefined) return
  const { ratio: toLint, seconds } = ratio(node(program, 'fmt', '--check', last.file), lint(last.file), 3)
  say(`fmt --check of ${last.lines} lines, to their lint`, `${times(toLint)}, ${seconds.toFixed(1)} s`, '')
}

function configMaps(): void {
  const directory = join(work, 'manifests')
  mkdirSync(directory)
  for (let n = 0; n < 1000; n++) writeFileSync(join(directory, `cm-${n}.yaml`), configMap(`coredns-${n}`))
  const parse = join(work, 'parse.mjs')
  const yaml = join(root, 'node_modules/yaml/dist/index.js')
  writeFileSync(
    parse,
    `import fs from 'node:fs'\nimport { parseAllDocuments } from ${JSON.stringify(pathToFileURL(yaml).href)}\nfor (const name of fs.readdirSync('manifests')) parseAllDocuments(fs.readFileSync('manifests/' + name, 'utf8'))\n`,
  )
  if (!existsSync(yaml)) {
    console.log('(the yaml package is not installed: nothing to compare ConfigMaps with)')
    return
  }
  say(
    '1,000 ConfigMaps in a directory, to parsing their YAML',
    times(ratio(lint(directory), node(parse), 5).ratio),
    'aim 1.5',
  )
  for (let n = 0; n < 1000; n++)
    writeFileSync(join(directory, `cm-${n}.yaml`), configMap(`coredns-${n}`, PLAIN.replace('example', `example${n}`)))
  say('the same, no two alike', times(ratio(lint(directory), node(parse), 5).ratio), '')
}

/** What `kubectl get configmap -A -o json` prints. */
function kubectlLists(): void {
  let before: number | null = null
  for (const count of [1000, 2500, 5000]) {
    const items = Array.from({ length: count }, (_, n) => ({
      apiVersion: 'v1',
      data: { Corefile: PLAIN.replace('example', `example${n}`) },
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: `cluster-${n}`, uid: `0000-${n}` },
    }))
    const file = join(work, `list-${count}.json`)
    const text = JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, 4)
    writeFileSync(file, text)
    const { seconds, peak } = ratio(lint(file), node('-e', ''), 3)
    const growth = before === null ? '' : `, ${times(seconds / before)} the one before`
    before = seconds
    say(
      `kubectl's list of ${count} ConfigMaps, ${mebibytes(text.length)}`,
      `${seconds.toFixed(1)} s, ${mebibytes(peak)}${growth}`,
      'linear',
    )
  }
}

/** Deployments with some aliases that they share and one of their own, each in a file. */
function aliases(): void {
  const directory = join(work, 'workloads')
  for (let n = 0; n < 10_000; n++) {
    const folder = join(directory, `team-${n % 100}`)
    mkdirSync(folder, { recursive: true })
    const shared = Array.from({ length: 10 }, (_, at) => (n + at) % 50).map(
      (at) => `      - ip: 10.200.0.${at}\n        hostnames:\n        - db${at}.corp.internal\n`,
    )
    const own = `      - {ip: 10.201.${n >> 8}.${n & 255}, hostnames: ["own${n}.corp.internal"]}\n`
    const environment = Array.from({ length: 20 }, (_, at) => `        - {name: SETTING_${at}, value: "${n}"}\n`)
    writeFileSync(
      join(folder, `app-${n}.yaml`),
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app-${n}\n  namespace: team-${n % 100}\nspec:\n  template:\n    spec:\n      hostAliases:\n${shared.join('')}${own}      containers:\n      - name: app\n        image: registry.example/app:${n}\n        env:\n${environment.join('')}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: app-${n}\n  namespace: team-${n % 100}\nspec:\n  ports: [{port: 80}]\n`,
    )
  }
  const { seconds, peak } = ratio(node(program, 'migrate', directory), node('-e', ''), 3)
  say('migrate 10,000 manifests with aliases', `${seconds.toFixed(1)} s, ${mebibytes(peak)}`, '10 s, 500 MB')
}

/** Long proofs: questions in proportion to the names, and room for what differs alone. */
function proofs(): void {
  const hosts = join(work, 'hosts')
  const line = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255} host${n}.example.org\n`
  writeFileSync(hosts, Array.from({ length: 100_000 }, (_, n) => line(n)).join(''))
  const servers = join(work, 'servers.conf')
  writeFileSync(servers, Array.from({ length: 10_000 }, (_, n) => `server=/d${n}.example/10.0.0.1\n`).join(''))
  const old = hostsBlock(100_000).file
  const later = join(work, 'later.Corefile')
  writeFileSync(later, readFileSync(old, 'utf8').replace(/ 10\.0\.(\d+)\./g, ' 10.9.$1.'))
  const lines: readonly (readonly [string, readonly string[], string])[] = [
    ['migrate a hosts file of 100,000 lines', ['migrate', hosts], '15 s, 500 MB'],
    ['migrate 10,000 servers of dnsmasq', ['migrate', servers], '10 s'],
    ['compare 100,000 names with themselves', ['compare', old, old], '10 s, 600 MB'],
    ['the same where 65,536 of them differ', ['compare', old, later], '10 s, 600 MB'],
  ]
  for (const [what, words, aim] of lines) {
    const { seconds, peak } = ratio(node(program, ...words), node('-e', ''), 3)
    say(what, `${seconds.toFixed(1)} s, ${mebibytes(peak)}`, aim)
  }
}

try {
  writeFileSync(
    probe,
    "process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS} kB\\n`))\n",
  )
  console.log(`Node ${process.versions.node}; ratios of whole processes, medians of paired runs\n`)
  coldStarts()
  hostsBlocks()
  configMaps()
  kubectlLists()
  aliases()
  proofs()
} finally {
  rmSync(work, { recursive: true, force: true })
}
