import { parse } from 'yaml'
import type { Decider } from '../../../src/resolver/decision.ts'
import { Random } from '../generate/random.ts'
import { type KubeDnsPrograms, type KubeDnsSetup, startKubeDns } from '../live/kube-dns.ts'
import { within } from '../live/program.ts'
import { askCoredns, askQuestions } from '../resolver/ask-coredns.ts'
import { cluster, clusterAddresses, clusterNames } from '../resolver/cluster.ts'
import { fillIn, type Mode, type Question, UPSTREAMS } from '../resolver/configuration.ts'
import { formatReply, parseReply, type ReplyRecord } from '../resolver/reply.ts'
import { asStarted, dnsmasqProgram, type Pair } from './side-by-side.ts'
import type { SourceCase } from './source-case.ts'
import type { Translated } from './translated.ts'

/** A kube-dns and the result of its migration, which are asked the same questions. */
export interface KubeDnsPair extends Pair {
  readonly setup: KubeDnsSetup
}

/** So many questions about what the configuration mentions, besides those about the cluster. */
const QUESTIONS = 24
/** Where a server without upstreams of its own asks here: the place of /etc/resolv.conf. */
const RESOLVER = '192.0.2.1'
/** Servers that nobody is at here. */
const ELSEWHERE = /\b(?!0\.0\.0\.0|10\.96\.|127\.)(?:\d+\.){3}\d+\b|[\da-f]*:[\da-f:]*:[\da-f]*|dns\.other\.test/gi

/** A case of kube-dns whose servers can all be started here; null for any other. */
export function kubeDnsPairOf(one: SourceCase, { migration, accepted, models }: Translated): KubeDnsPair | null {
  // Who answers is chance where somebody has to decide.
  const isOpen = migration.conflicts.length > 0 || accepted.length > 0
  if (models === null || one.into !== null || isOpen) return null
  const setup = setupOf(one)
  if (setup === null) return null
  const questions = questionsOf(models, new Random(`cluster questions ${one.id}`))
  const base = { id: one.id, topic: one.topic, modes: ['nxdomain'] as const, remembers: true, files: {}, questions }
  return {
    source: { ...base, text: '' },
    result: { ...base, text: asStarted(migration.corefile).replaceAll('/etc/resolv.conf', RESOLVER) },
    dnsmasq: setup.version,
    coredns: one.release,
    models,
    setup: setup.setup,
  }
}

interface Container {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
}

function setupOf({ files, dnsmasq, topic }: SourceCase): { setup: KubeDnsSetup; version: string } | null {
  if (!topic.startsWith('kube-dns')) return null
  const objects = Object.values(files).map((text) => parse(text) as Record<string, unknown>)
  const data = objects.find(({ kind }) => kind === 'ConfigMap')?.data as Record<string, string> | undefined
  const deployment = objects.find(({ kind }) => kind === 'Deployment') as
    | { spec: { template: { spec: { containers: readonly Container[] } } } }
    | undefined
  const servers = [JSON.stringify(data ?? {}), JSON.stringify(deployment?.spec.template.spec.containers ?? [])].join(
    ' ',
  )
  const foreign = [...servers.matchAll(ELSEWHERE)].some(([text]) => !/^192\.0\.2\.[1-4]$/.test(text))
  if (foreign) return null
  const containers = deployment?.spec.template.spec.containers ?? STOCK
  const argsOf = (name: string) => containers.find((one) => one.name === name)?.args ?? null
  const own = argsOf('kubedns')
  const front = argsOf('dnsmasq')
  if (own === null) return null
  const isNanny = front?.includes('--') ?? false
  const reads = own.some((arg) => arg.startsWith('--config-dir='))
  const hasUpstreams = isTaken(data) && /\d/.test(data?.upstreamNameservers ?? '')
  const kubedns = own.flatMap((arg) => {
    if (arg.startsWith('--dns-port=')) return []
    return [arg.startsWith('--config-dir=') ? '--config-dir=@folder@/kubedns' : arg]
  })
  // In place of /etc/resolv.conf, which is that of this machine.
  if (!reads && !own.some((arg) => arg.startsWith('--nameservers='))) kubedns.push(`--nameservers=${RESOLVER}`)
  const read = hasUpstreams ? data : { upstreamNameservers: `["${RESOLVER}"]` }
  const inFolder = (folder: string, map: Readonly<Record<string, string>> | undefined) =>
    Object.entries(map ?? {}).map(([key, text]) => [`${folder}/${key}`, withPlaces(text, ':')] as const)
  return {
    setup: {
      kubedns: kubedns.map((arg) => withPlaces(arg, ':')),
      front: front && {
        isNanny,
        args: front.flatMap((arg) => {
          if (arg === '-k' || /^--log-facility/.test(arg)) return []
          const text = arg.replace(/^-configDir=.*/, '-configDir=@folder@/nanny')
          return [withPlaces(text.replace('127.0.0.1#10053', '127.0.0.1#@port:kubedns@'), '#')]
        }),
      },
      files: Object.fromEntries([...inFolder('kubedns', read), ...inFolder('nanny', data)]),
      resolvers: [withPlaces(RESOLVER, '#')],
    },
    version: deployment === undefined ? (dnsmasq ?? '2.90') : versionOf(containers),
  }
}

/** Whether kube-dns takes a ConfigMap: of one that it refuses nothing counts. */
function isTaken(data: Readonly<Record<string, string>> | undefined): boolean {
  return !/Acme_Local|"acme\.local": "|\{"a":"b"\}|(?:"[\d.]+",?){4}/.test(
    JSON.stringify(data ?? {}).replaceAll('\\', ''),
  )
}

/** What is started without a Deployment. */
const STOCK: readonly Container[] = [
  { name: 'kubedns', image: '', args: ['--domain=cluster.local.', '--config-dir=/kube-dns-config'] },
  {
    name: 'dnsmasq',
    image: '',
    args: [
      '-configDir=/etc/k8s/dns/dnsmasq-nanny',
      '--',
      '--cache-size=1000',
      ...['cluster.local', 'in-addr.arpa', 'ip6.arpa'].map((zone) => `--server=/${zone}/127.0.0.1#10053`),
    ],
  },
]

const IMAGES: Readonly<Record<string, string>> = {
  '1.14.13': '2.78',
  '1.14.4': '2.76',
  '1.21.1': '2.85',
  '1.22.28': '2.88',
  '1.26.7': '2.90',
  '1.4': '2.76',
}

function versionOf(containers: readonly Container[]): string {
  const image = containers.find(({ name }) => name === 'dnsmasq')?.image
  return image === undefined ? '2.90' : (IMAGES[image.slice(image.lastIndexOf(':') + 1)] ?? '2.90')
}

/** Addresses as places that are filled in, with what stands between address and port. */
function withPlaces(text: string, joint: ':' | '#'): string {
  return fillIn(text.replace(/(192\.0\.2\.\d)[:#]\d+/g, '$1'), {
    port: '@port@',
    files: '@folder@',
    api: '@api@',
    upstream: (upstream) => `127.0.0.1${joint}@upstreamport${upstream}@`,
  })
}

const TYPES = ['A', 'AAAA', 'SRV', 'TXT', 'CNAME']

const MENTIONED = ['A', 'AAAA', 'TXT', 'MX', 'PTR']

/** What is asked of every kube-dns: names of the cluster, reverse names, single labels, and what either configuration mentions. */
function questionsOf({ source, result }: { source: Decider; result: Decider }, random: Random): Question[] {
  const [domain = 'cluster.local.'] = source.vocabulary.clusterDomains
  const ofCluster = clusterNames.flatMap((short) =>
    // kubedns chooses one of the endpoints of a port at random.
    TYPES.filter((type) => !short.startsWith('_sql') || type === 'SRV')
      .map((type) => ({ name: `${short}.${domain}`, type }))
      .filter(isBearable),
  )
  const always = ['kubernetes.default.svc', 'web.default.svc', 'db.default.svc'].map((short) => ({
    name: `${short}.${domain}`,
    type: 'A',
  }))
  const reverse = clusterAddresses.map((address) => ({
    name: `${address.split('.').toReversed().join('.')}.in-addr.arpa.`,
    type: 'PTR',
  }))
  const others = ['single.', 'www.example.org.'].flatMap((name) => ['A', 'AAAA'].map((type) => ({ name, type })))
  const mentioned = [source, result].flatMap(({ vocabulary: { names, domains } }) => [...names, ...domains])
  const all = [...new Set(mentioned)]
    .filter((name) => name !== '.')
    .sort()
    .flatMap((name) => [name, `zzprobe.${name}`, `x${name}`])
    .flatMap((name) => MENTIONED.map((type) => ({ name, type })))
    .filter(isBearable)
  const known = new Set<string>()
  return [...always, ...random.some(ofCluster, 30), ...reverse, ...others, ...random.some(all, QUESTIONS)].filter(
    ({ name, type }) => {
      const id = `${name.toLowerCase()} ${type}`
      return !known.has(id) && known.add(id)
    },
  )
}

/** Asked for the name of a pod and other types kubedns ends (slice out of range in third_party/forked/skydns/msg, seen on 1.26.7). */
function isBearable({ name, type }: Question): boolean {
  return !/\.pod\./i.test(name) || ['A', 'AAAA', 'TXT', 'CNAME', 'MX'].includes(type)
}

/** Replies with their records in an order of their own: which comes first is chance. */
function inOrder(replies: readonly string[], questions: readonly Question[]): string[] {
  return replies.map((text, at) => {
    const question = questions[at] as Question
    const reply = parseReply(text, question)
    const key = ({ name, type, data }: ReplyRecord) => `${name} ${type} ${data}`
    return formatReply({ ...reply, answers: reply.answers.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) }, question)
  })
}

/** What both sides of the pairs said, by id and mode; a side that did not start is told by `refused`. */
export async function askKubeDns(
  pairs: readonly KubeDnsPair[],
  programs: KubeDnsPrograms,
  folder: string | null,
  refused: (id: string, who: string, output: string) => void,
): Promise<ReadonlyMap<string, Record<Mode, { source: readonly string[]; result: readonly string[] }>>> {
  const all = new Map<string, Record<string, { source: readonly string[]; result: readonly string[] }>>()
  for (const mode of ['ok', 'nxdomain'] as const) {
    const results = new Map<string, readonly string[]>()
    for (const [release, some] of Map.groupBy(pairs, ({ coredns }) => coredns)) {
      const asked = await askCoredns(
        release,
        some.map(({ result }) => result),
        mode,
        ({ id }, output) => refused(id, `CoreDNS ${release}`, output),
      )
      for (const [id, replies] of asked) results.set(id, replies)
    }
    for (const pair of pairs) {
      const { source, dnsmasq } = pair
      const result = results.get(source.id)
      if (result === undefined) continue
      const said = await askOne(pair, programs, dnsmasqProgram(dnsmasq, folder) ?? 'dnsmasq', mode)
      if (typeof said === 'string') refused(source.id, 'kube-dns', said)
      else {
        const sides = { source: inOrder(said, source.questions), result: inOrder(result, source.questions) }
        all.set(source.id, { ...all.get(source.id), [mode]: sides })
      }
    }
  }
  return all as ReadonlyMap<string, Record<Mode, { source: readonly string[]; result: readonly string[] }>>
}

/** Another program may take a port before ours has it. */
const ATTEMPTS = 3

/** The replies of a kube-dns, or what it wrote where it ended before its time. */
async function askOne(
  { source, setup }: KubeDnsPair,
  programs: KubeDnsPrograms,
  dnsmasq: string,
  mode: Mode,
): Promise<readonly string[] | string> {
  let output = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const live = await startKubeDns(programs, setup, {
      dnsmasq,
      upstreams: Array.from({ length: UPSTREAMS }, () => mode),
      cluster,
    })
    try {
      const said = (await within(live.ended, 1)) === null ? await askQuestions(live, source, live.port) : []
      if ((await within(live.ended, 1)) === null) return said
      output = live.output()
    } finally {
      await live.stop()
    }
  }
  return output
}
