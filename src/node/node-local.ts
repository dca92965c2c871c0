import type { Answerer } from '../answerers.ts'
import { behindNodeLocal, clusterDnsOf, renderNodeLocal } from '../resolver/node-local.ts'
import { type AnswererOptions, type Answerers, answerersOfTexts } from './answerers.ts'
import { readGiven } from './given-file.ts'
import { WrongUsage } from './wrong-usage.ts'

/**
 * Servers as pods on a node with NodeLocal DNSCache see them: its cache in front of each, those that are such a cache left out. Throws a
 * WrongUsage where the file holds no Corefile.
 */
export async function behindCache(path: string, found: Answerers, options: AnswererOptions): Promise<Answerers> {
  // Its lines are those of the file.
  const text = renderNodeLocal(readGiven(path, options.cwd ?? '.').text)
  const { answerers } = await answerersOfTexts([{ path, text }], options)
  const [cache] = answerers.filter(({ unit }) => unit !== null)
  if (cache === undefined) throw new WrongUsage(`${path} holds no Corefile of NodeLocal DNSCache`)
  const behind = ({ decider }: Answerer) =>
    behindNodeLocal(cache.decider, decider, clusterDnsOf(cache.decider, decider.vocabulary.clusterDomains))
  return {
    ...found,
    answerers: found.answerers
      .filter(({ isNodeLocal }) => !isNodeLocal)
      .map((answerer) => ({ ...answerer, decider: behind(answerer) })),
    textOf: (asked) => (asked === path ? text : found.textOf(asked)),
  }
}
