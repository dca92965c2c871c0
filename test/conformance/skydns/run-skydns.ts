import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareReleases } from '../build.ts'
import { ask } from '../live/client.ts'
import { type Live, start, startLive } from '../live/live.ts'
import { startProgram } from '../live/program.ts'
import { asStarted } from '../migrate/side-by-side.ts'
import { fingerprint } from '../migrate/source-case.ts'
import type { Question } from '../resolver/configuration.ts'
import { formatReply, type Reply, type ReplyRecord, replyOf } from '../resolver/reply.ts'
import { configurations, type SkyDnsConfiguration } from './configurations.ts'
import { buildSkyDns, type Etcd, hasEtcd, startEtcd } from './programs.ts'
import { questionsFor, questionText } from './questions.ts'
import {
  fingerprintOf,
  formatSkyDnsRecording,
  MODES,
  type RecordedSkyDns,
  type Replies,
  readSkyDnsRecording,
  recordingFile,
  type SkyDnsMode,
} from './record.ts'
import { migrationOf, RELEASE } from './translated.ts'

/** So often a SkyDNS that has just started is asked until it answers. */
const ATTEMPTS = 50

/** How to ask. */
export interface SkyDnsRunOptions {
  /** The sources of kubernetes/dns at a tag, FOLDER/1.26.7, with their vendor directory. */
  readonly folder: string
  /** Write nothing, and fail where anything is not as recorded. */
  readonly check: boolean
}

/** Asks a running SkyDNS about every configuration and records what it says. True where nothing could be asked, and says why. */
export async function runSkyDns({ folder, check }: SkyDnsRunOptions): Promise<boolean> {
  const program = newestSkyDns(folder)
  if (program === null || !hasEtcd()) {
    const missing = program === null ? 'the folder has no sources of kubernetes/dns' : 'the machine has no etcd'
    console.log(`no SkyDNS is asked: ${missing}`)
    return true
  }
  const before = readSkyDnsRecording()
  const now: Record<string, RecordedSkyDns> = {}
  const etcd = await startEtcd()
  try {
    for (const configuration of configurations) now[configuration.id] = await askOne(configuration, program, etcd)
  } finally {
    await etcd.stop()
  }
  let count = 0
  for (const [id, { replies, result }] of Object.entries(now)) {
    for (const [mode, said] of [...Object.entries(replies), ['result', result?.replies.ok ?? {}] as const]) {
      const old = mode === 'result' ? before[id]?.result?.replies.ok : before[id]?.replies[mode as SkyDnsMode]
      for (const [question, reply] of Object.entries(said)) {
        count++
        if (old?.[question] !== reply)
          console.log(`${id} ${mode}: ${question}: ${old?.[question] ?? 'new'} -> ${reply}`)
      }
    }
  }
  console.log(`${configurations.length} configurations, ${count} replies`)
  const text = formatSkyDnsRecording(now)
  if (check) return text === formatSkyDnsRecording(before)
  writeFileSync(recordingFile, text)
  return true
}

function newestSkyDns(folder: string): string | null {
  if (!existsSync(folder)) return null
  const releases = readdirSync(folder).filter((name) => /^\d+\.\d+\.\d+$/.test(name))
  const [newest] = releases.toSorted(compareReleases).toReversed()
  return newest === undefined ? null : buildSkyDns(join(folder, newest), newest)
}

async function askOne(configuration: SkyDnsConfiguration, program: string, etcd: Etcd): Promise<RecordedSkyDns> {
  const questions = questionsFor(configuration.domain)
  const replies = {} as Record<SkyDnsMode, Replies>
  for (const mode of MODES) {
    const live = await startSkyDns(configuration, program, etcd, mode)
    try {
      const reached = (question: Question) =>
        mode === 'ok' || replies.ok[questionText(question)]?.includes(' <') === true
      replies[mode] = await repliesOf(live, questions.filter(reached))
    } finally {
      await live.stop()
    }
  }
  const of = fingerprintOf(configuration)
  if (!configuration.isMigrated) return { of, replies }
  const { corefile } = await migrationOf(configuration)
  // What stands in the second store has to be moved.
  if (configuration.store === 2) await etcd.fill(3, configuration.keys)
  const live = await startLive({
    release: RELEASE,
    corefile: asStarted(inPlace(corefile, etcd)),
    upstreams: ['ok', 'ok'],
  })
  try {
    const result = {
      of: fingerprint(corefile),
      release: RELEASE,
      replies: { ok: await repliesOf(live, questions, false) },
    }
    return { of, replies, result }
  } finally {
    await live.stop()
  }
}

/** A text with the fakes in the places of its servers. */
function inPlace(text: string, etcd: Etcd): string {
  return text
    .replaceAll('http://192.0.2.80:2379', etcd.url)
    .replaceAll('0.0.0.0:53', '127.0.0.1:@port@')
    .replace(/\b192\.0\.2\.([12]):53\b/g, '@upstream$1@')
}

function startSkyDns(
  { command, store, keys }: SkyDnsConfiguration,
  program: string,
  etcd: Etcd,
  mode: SkyDnsMode,
): Promise<Live> {
  const [variables, flags] = inPlace(command, etcd).split(/ ?\bskydns(?: |$)/) as [string, string]
  const files = { variables, flags, keys: inPlace(JSON.stringify(keys), etcd) }
  return start({ files, upstreams: [mode, mode] }, async (folder, port) => {
    const filled = (name: keyof typeof files) => readFileSync(join(folder, name), 'utf8')
    await etcd.fill(store, JSON.parse(filled('keys')) as Record<string, string>)
    const words = (text: string) => text.split(' ').filter((word) => word !== '')
    const environment = Object.fromEntries(words(filled('variables')).map((word) => word.split('=', 2)))
    const started = await startProgram(program, words(filled('flags')), { folder, environment, ready: /for udp/ })
    // It says that it listens before it does.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { rcode } = await ask(port, 'version.bind', 'TXT', { class: 'CH', timeout: 200 })
      if (rcode !== null) break
    }
    return started
  })
}

/** The replies to the questions; without who was asked for servers that remember. */
async function repliesOf(live: Live, questions: readonly Question[], tellsAsked = true): Promise<Replies> {
  const replies: [string, string][] = []
  for (const question of questions) {
    // Two servers take turns by the number of the message.
    const both = [await replyTo(live, question, tellsAsked), await replyTo(live, question, tellsAsked)]
    replies.push([questionText(question), [...new Set(both)].sort().join(' | ')])
  }
  return Object.fromEntries(replies)
}

async function replyTo(live: Live, question: Question, tellsAsked: boolean): Promise<string> {
  const { name, type, class: asked = 'IN' } = question
  const { asked: reached, ...response } = await live.query(name.replace(/(?<=.)\.$/, ''), type, { class: asked })
  const upstreams = reached.filter((one) => !(one.name === '' && one.type === 'NS' && name !== '.'))
  return live.unfill(formatReply(inOrder(replyOf(response, tellsAsked ? upstreams : [])), question))
}

/** A reply with its records in an order of their own: which comes first is chance. */
function inOrder(reply: Reply): Reply {
  const key = ({ name, type, data }: ReplyRecord) => `${name} ${type} ${data}`
  return { ...reply, answers: reply.answers.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) }
}
