import { type CoreDnsOptions, createCoreDns } from '../../../src/resolver/coredns/server.ts'
import type { Decider, Decision } from '../../../src/resolver/decision.ts'
import { type Query, queryFor } from '../../../src/resolver/query.ts'
import { viewOf } from '../../verdict/views.ts'

/** What is known around a Corefile: CoreDNS's release, files by path, and the rest of the options. */
export interface Around extends Partial<Omit<CoreDnsOptions, 'servers' | 'fileText' | 'files'>> {
  readonly release?: string
  readonly files?: Readonly<Record<string, string>>
}

/** The model of a Corefile. */
export function modelOf(text: string, { release = '1.15.0', files, ...more }: Around = {}): Decider {
  const servers = viewOf(text, release)
  const known =
    files === undefined ? {} : { fileText: (path: string) => files[path] ?? null, files: Object.keys(files) }
  return createCoreDns({ servers, path: 'Corefile', ...known, ...more })
}

/** What the model of a Corefile says about `NAME TYPE`. */
export function decide(text: string, question: string, around: Around = {}, query: Partial<Query> = {}): Decision {
  const [name = '', type = 'A'] = question.split(' ')
  return modelOf(text, around).decide(queryFor(name, type, query))
}

/** The outcome alone. */
export function outcomeOf(text: string, question: string, around: Around = {}, query: Partial<Query> = {}) {
  return decide(text, question, around, query).outcome
}

/** The path as `PLUGIN ROLE: DID`. */
export function pathOf(text: string, question: string, around: Around = {}, query: Partial<Query> = {}): string[] {
  return decide(text, question, around, query).path.map(({ plugin, role, did }) => `${plugin} ${role}: ${did}`)
}
