import { programOf } from '../../../grammar/program.ts'
import { isPluginOf } from '../../../grammar/releases.ts'
import { expand } from '../../../src/expand/expand.ts'
import { probesOf } from '../../../src/resolver/probes.ts'
import { readServers } from '../../../src/verdict/servers.ts'
import { ServersView } from '../../../src/verdict/servers-view.ts'
import { Random } from '../generate/random.ts'
import { type Adapted, adapt, Unsupported } from './adapt.ts'
import { isAccepted } from './ask-coredns.ts'
import type { Configuration, Mode, Question } from './configuration.ts'
import { type CorpusText, corpusTexts } from './corpus-texts.ts'
import { coreDnsModel } from './model.ts'

/** The release whose texts are taken, and whose model says what they mention. */
const RELEASE = '1.15.0'
/** So many questions are asked of each listener. */
const QUESTIONS = 40

/** What the shared corpus gives to ask, and how many of its texts are left out for which reason. */
export interface Corpus {
  readonly texts: number
  readonly configurations: readonly Configuration[]
  readonly skipped: ReadonlyMap<string, number>
}

/** Reads the shared corpus; nothing is in it where it is missing. */
export async function readCorpus(): Promise<Corpus> {
  const texts = await corpusTexts()
  const configurations: Configuration[] = []
  const skipped = new Map<string, number>()
  for (const each of texts) {
    try {
      configurations.push(...configurationsOf(each))
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      skipped.set(error.message, (skipped.get(error.message) ?? 0) + 1)
    }
  }
  return { texts: texts.length, configurations, skipped }
}

function configurationsOf({ id, source, text }: CorpusText): Configuration[] {
  if (!isAccepted({ text, files: {} }, RELEASE)) throw new Unsupported(`CoreDNS ${RELEASE} refuses it`)
  const expanded = expand(text, {
    release: RELEASE,
    isDirective: (name) => isPluginOf(RELEASE, name),
    placeholders: 'literal',
    findImport: (pattern) => (/[*?[]/.test(pattern) ? { kind: 'files', files: [] } : { kind: 'unknown' }),
  })
  const servers = new ServersView(expanded, readServers(expanded, RELEASE).served, programOf(RELEASE))
  const listeners = adapt(servers)
  if (listeners.length === 0) throw new Unsupported('nothing in it answers')
  return listeners.map((each, number) => configurationOf(`${id}-${number + 1}`, source, each))
}

function configurationOf(id: string, topic: string, { text, files, directives }: Adapted): Configuration {
  const remembers = directives.has('cache')
  const modes: Mode[] = directives.has('forward') ? ['nxdomain'] : []
  const configuration = { id, topic, text, files, modes, remembers, questions: [] }
  if (!isAccepted(configuration, RELEASE)) throw new Unsupported('refused without what only its owner has')
  return { ...configuration, questions: questionsOf(configuration) }
}

function questionsOf(configuration: Configuration): Question[] {
  const probes = probesOf([coreDnsModel(configuration, RELEASE).vocabulary])
  const questions = new Map<string, Question>()
  for (const { query } of probes) {
    const { name, type } = query
    // Escapes are for another suite; a cache spares the second spelling of a name.
    if (!/^[\w*.-]+$/.test(name)) continue
    const key = `${configuration.remembers ? name.toLowerCase() : name} ${type}`
    if (!questions.has(key)) questions.set(key, { name, type })
  }
  return new Random(`corpus ${configuration.id}`).some([...questions.values()], QUESTIONS)
}
