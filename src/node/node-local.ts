import { resolve } from 'node:path'
import type { Decider } from '../resolver/decision.ts'
import { behindNodeLocal, NODE_LOCAL_DEFAULTS, renderNodeLocal } from '../resolver/node-local.ts'
import { type AnswererOptions, answerersOfTexts } from './answerers.ts'
import { readText } from './files.ts'
import { WrongUsage } from './wrong-usage.ts'

/** A cluster's DNS as pods on a node with NodeLocal DNSCache see it. Throws a WrongUsage where the file holds no Corefile. */
export async function nodeLocalOf(path: string, cluster: Decider, options: AnswererOptions): Promise<Decider> {
  const read = readText(resolve(options.cwd ?? '.', path))
  if ('error' in read) throw new WrongUsage(`cannot read ${path}: ${read.error}`)
  const { answerers } = await answerersOfTexts([{ path, text: renderNodeLocal(read.text) }], options)
  const [cache] = answerers.filter(({ unit }) => unit !== null)
  if (cache === undefined) throw new WrongUsage(`${path} holds no Corefile of NodeLocal DNSCache`)
  const { __PILLAR__CLUSTER__DNS__: clusterDns = '', __PILLAR__DNS__SERVER__: server = '' } = NODE_LOCAL_DEFAULTS
  return behindNodeLocal(cache.decider, cluster, new Set([clusterDns, server]))
}
