import { Random } from '../../generate/random.ts'
import type { Configuration, Mode } from '../configuration.ts'
import { severalBlocks } from './blocks.ts'
import type { Piece, Scene } from './piece.ts'
import { pieces } from './pieces.ts'
import { questionsFor } from './questions.ts'
import { writtenConfigurations } from './written.ts'

/** So many questions are asked of each configuration. */
const QUESTIONS = 12

/** Plugins that answer: for the others something must stand behind them. */
const ANSWERING = new Set([
  'hosts',
  'kubernetes',
  'forward',
  'template',
  'file',
  'auto',
  'whoami',
  'erratic',
  'k8s_external',
  'chaos',
])

/** Plugins that are tried in pairs, each with each. */
const PAIRED = [
  'hosts',
  'kubernetes',
  'forward',
  'rewrite',
  'template',
  'file',
  'cache',
  'acl',
  'auto',
  'dns64',
  'autopath',
  'any',
  'minimal',
  'erratic',
]

/** A server block in the making. */
export interface Block {
  readonly text: string
  readonly pieces: readonly Piece[]
  readonly zones: readonly string[]
}

/** Writes a block with plugins in an order by chance; the forward at its end is there for those that answer nothing. */
export function writeBlock(
  random: Random,
  keys: readonly string[],
  plugins: readonly string[],
  first: readonly string[] = [],
): Block {
  const scene: Scene = { random, zones: keys }
  const written = new Map<string, Piece>()
  const write = (plugin: string) => {
    const piece = pieces[plugin]
    if (piece === undefined || written.has(plugin)) return
    const made = piece(scene)
    written.set(plugin, made)
    for (const beside of made.beside ?? []) write(beside)
  }
  for (const plugin of plugins) write(plugin)
  if (!plugins.some((plugin) => ANSWERING.has(plugin)) || (!written.has('forward') && random.chance(0.6))) {
    written.set('forward', { lines: [`forward . 192.0.2.${1 + random.below(4)}`], modes: ['nxdomain'] })
  }
  const made = random.chance(0.5) ? [...written.values()] : [...written.values()].reverse()
  const lines = [...first, ...made.flatMap(({ lines }) => lines)]
  const head = keys.map((key) => `${key}:@port@`).join(' ')
  return { text: `${head} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`, pieces: made, zones: keys }
}

/** A configuration of blocks, and questions about all that they mention. */
export function configurationOf(
  random: Random,
  id: string,
  topic: string,
  blocks: readonly Block[],
  {
    servers = ['127.0.0.1'],
    clients = [] as readonly string[],
    names = [] as readonly string[],
    questions = QUESTIONS,
  } = {},
): Configuration {
  const all = blocks.flatMap((block) => block.pieces)
  const remembers = all.some((piece) => piece.remembers === true)
  const told = [...new Set([...all.flatMap((piece) => piece.clients ?? []), ...clients])]
  return {
    id,
    topic,
    text: blocks.map(({ text }) => text).join(''),
    files: Object.assign({}, ...all.map(({ files = {} }) => files)) as Record<string, string>,
    modes: [...new Set(all.flatMap(({ modes = [] }) => modes as readonly Mode[]))],
    questions: questionsFor(
      random,
      {
        names: [...names, ...all.flatMap((piece) => piece.names ?? [])],
        zones: blocks.flatMap(({ zones }) => zones),
        addresses: all.flatMap((piece) => piece.addresses ?? []),
        types: all.flatMap((piece) => piece.types ?? []),
        clients: told.length === 0 ? ['127.0.0.1'] : told,
        servers,
        remembers,
      },
      questions,
    ),
    remembers,
  }
}

/** Keys of a single block. */
function keysFor(random: Random, plugins: readonly string[]): string[] {
  if (plugins.some((plugin) => ['kubernetes', 'autopath', 'k8s_external'].includes(plugin)) && random.chance(0.5)) {
    return random.one([['.'], ['cluster.local'], ['cluster.local', 'in-addr.arpa']])
  }
  return random.one([
    ['.'],
    ['.'],
    ['example.org'],
    ['example.org', 'corp.test'],
    ['EXAMPLE.org'],
    ['.', 'example.org'],
  ])
}

/** All configurations, the same every time for a seed; those without one are recorded. */
export function configurations(seed = ''): readonly Configuration[] {
  const all: Configuration[] = [...writtenConfigurations()]
  const seeded = (id: string, topic: string, plugins: readonly string[]) => {
    const random = new Random(`resolver ${seed}${id}`)
    all.push(configurationOf(random, id, topic, [writeBlock(random, keysFor(random, plugins), plugins)]))
  }
  for (const plugin of Object.keys(pieces)) {
    const many = PAIRED.includes(plugin) ? 6 : 2
    for (let number = 1; number <= many; number++) seeded(`${plugin}-${number}`, plugin, [plugin])
  }
  for (const [at, one] of PAIRED.entries()) {
    for (const other of PAIRED.slice(at + 1)) seeded(`${one}+${other}`, `${one} + ${other}`, [one, other])
  }
  for (let number = 1; number <= 50; number++) {
    const id = `blocks-${number}`
    all.push(severalBlocks(new Random(`resolver ${seed}${id}`), id))
  }
  return all
}
