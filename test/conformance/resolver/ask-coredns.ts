import { isPluginOf } from '../../../grammar/releases.ts'
import { expand } from '../../../src/expand/expand.ts'
import { judge } from '../../../src/verdict/judge.ts'
import { type Live, startLive } from '../live/live.ts'
import { within } from '../live/program.ts'
import { cluster } from './cluster.ts'
import { type Configuration, fillIn, MODEL_PLACES, type Mode, UPSTREAMS } from './configuration.ts'
import { formatReply, replyOf } from './reply.ts'

/** So many configurations share one process, each with ports of its own. */
const TOGETHER = 60

/** A configuration's replies as they are recorded, by id; nothing of those that the release refuses. */
export type Replies = ReadonlyMap<string, readonly string[]>

/** Whether a release starts with a configuration, as far as we can tell. */
export function isAccepted({ text, files }: Pick<Configuration, 'text' | 'files'>, release: string): boolean {
  const filled = fillIn(text, MODEL_PLACES)
  const configuration = expand(filled, {
    release,
    isDirective: (name) => isPluginOf(release, name),
    placeholders: 'literal',
  })
  const paths = new Set(Object.keys(files).map((path) => `${MODEL_PLACES.files}/${path}`))
  const isDirectory = (path: string) => [...paths].some((each) => each.startsWith(`${path}/`))
  const { verdict } = judge(configuration, {
    release,
    fileExists: (path) => (path.startsWith(MODEL_PLACES.files) ? paths.has(path) || isDirectory(path) : undefined),
  })
  return verdict.kind !== 'refused'
}

/**
 * Asks a CoreDNS release every question of the configurations that have the mode. Many of them run in one process; where it does not
 * start they are tried in halves, and one that is refused alone is told by `refused`.
 */
export async function askCoredns(
  release: string,
  configurations: readonly Configuration[],
  mode: Mode,
  refused: (configuration: Configuration, output: string) => void,
): Promise<Replies> {
  const replies = new Map<string, readonly string[]>()
  for (let from = 0; from < configurations.length; from += TOGETHER) {
    await askTogether(release, configurations.slice(from, from + TOGETHER), mode, refused, replies)
  }
  return replies
}

async function askTogether(
  release: string,
  configurations: readonly Configuration[],
  mode: Mode,
  refused: (configuration: Configuration, output: string) => void,
  replies: Map<string, readonly string[]>,
): Promise<void> {
  const texts = configurations.map((configuration, number) => fillIn(configuration.text, livePlaces(number)))
  const files = configurations.flatMap(({ files }, number) =>
    Object.entries(files).map(([path, text]) => [`${number}/${path}`, fillIn(text, livePlaces(number))] as const),
  )
  const live = await startLive({
    release,
    corefile: texts.join('\n'),
    files: Object.fromEntries(files),
    upstreams: Array.from({ length: UPSTREAMS }, () => mode),
    cluster,
  })
  try {
    const ended = await within(live.ended, 1)
    if (ended === null) {
      for (const [number, configuration] of configurations.entries()) {
        replies.set(configuration.id, await askQuestions(live, configuration, Number(live.fill(`@port:c${number}@`))))
      }
      return
    }
    const [only] = configurations
    if (configurations.length === 1 && only !== undefined) {
      refused(only, ended.output)
      return
    }
  } finally {
    await live.stop()
  }
  const middle = configurations.length >> 1
  await askTogether(release, configurations.slice(0, middle), mode, refused, replies)
  await askTogether(release, configurations.slice(middle), mode, refused, replies)
}

function livePlaces(number: number) {
  return {
    port: `@port:c${number}@`,
    files: `@folder@/${number}`,
    api: '@api@',
    upstream: (upstream: number) => `@upstream${upstream}@`,
  }
}

/** Asks a server that runs all questions of a configuration at a port. */
export async function askQuestions(live: Live, { questions, text }: Configuration, port: number): Promise<string[]> {
  const replies: string[] = []
  for (const question of questions) {
    const { name, type, client, server, class: asked } = question
    const { asked: reached, ...response } = await live.query(name.replace(/(?<=.)\.$/, ''), type, {
      port,
      // What is meant to stay without a reply is not waited for.
      timeout: /\bdrop\b/.test(text) ? 800 : 3000,
      ...(client === undefined ? {} : { from: client }),
      ...(server === undefined ? {} : { address: server }),
      ...(asked === undefined ? {} : { class: asked }),
    })
    replies.push(formatReply(replyOf(response, reached.filter(isNoHealthCheck)), question))
  }
  return replies
}

/** `forward` asks an upstream that failed for the name servers of the root, to see whether it is back. */
function isNoHealthCheck({ name, type }: { readonly name: string; readonly type: string }): boolean {
  return !(name === '' && type === 'NS')
}
