import { releaseNumber } from '../src/values/release.ts'
import type { Build } from './builds.ts'

/** A word of a Corefile that the program of NodeLocal DNSCache replaces before CoreDNS reads it. */
export interface FilledIn {
  /** The first tag whose program does. */
  readonly since: string
  /** What a judge reads in its place: of the kind of what the program puts there. */
  readonly standIn: string
  /**
   * Where the word comes out right whatever the program puts in its place; everywhere when missing. `bind`: in that directive, which takes
   * any number of addresses. `bind-further`: there, behind another word, for nothing is put in its place.
   */
  readonly only?: 'bind' | 'bind-further'
}

/**
 * Source: kubernetes/dns cmd/node-cache/app/configmap.go updateCorefile by tag. __PILLAR__DNS__DOMAIN__ is not among them: who installs
 * it replaces that. Up to 1.15.12 several local addresses came with a comma between them, which `bind` does not read.
 */
const FILLED_IN: ReadonlyMap<string, FilledIn> = new Map([
  ['__PILLAR__CLUSTER__DNS__', { since: '1.15.6', standIn: '192.0.2.10' }],
  ['__PILLAR__UPSTREAM__SERVERS__', { since: '1.15.6', standIn: '192.0.2.53' }],
  ['__PILLAR__LOCAL__DNS__', { since: '1.15.13', standIn: '192.0.2.20', only: 'bind' }],
  ['__PILLAR__DNS__SERVER__', { since: '1.15.13', standIn: '192.0.2.30', only: 'bind-further' }],
])

/**
 * What a build fills in, by the word: that of the tag that it names, of the newest one where it is a `node-cache` without a tag, and
 * nothing for other builds.
 */
export function filledInBy(build: Build): ReadonlyMap<string, FilledIn> {
  if (typeof build !== 'string' || !build.startsWith('node-cache')) return new Map()
  const tag = build.split(' ')[1]
  if (tag === undefined || !/^\d+(?:\.\d+)+$/.test(tag)) return FILLED_IN
  return new Map([...FILLED_IN].filter(([, { since }]) => releaseNumber(since) <= releaseNumber(tag)))
}
