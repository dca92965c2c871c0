import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Live, startLive } from './live.ts'
import { type ReloadCase, reloadCases } from './restart-cases.ts'

/** What answered before and behind the change: an address, a status of HTTP, or null where nobody did. */
export interface RecordedReload {
  readonly id: string
  readonly release: string
  readonly before: readonly (string | number | null)[]
  readonly behind: readonly (string | number | null)[]
}

/** The file that has what was recorded. */
export const reloadFile = join(import.meta.dirname, 'recorded-restart.json')

/** A server looks every 2 seconds, 1 more or less, and takes a second look before it believes a change. */
const WAIT = 8_000

/** Gives running servers of some releases another text, and writes down what answers then. */
export async function recordReloads(releases: readonly string[]): Promise<void> {
  const recorded: RecordedReload[] = []
  for (const release of releases) {
    const some = await Promise.all(reloadCases.map((each) => recordReload(release, each)))
    recorded.push(...some)
  }
  const lines = recorded.map((each) => `  ${JSON.stringify(each)}`)
  writeFileSync(reloadFile, `[\n${lines.join(',\n')}\n]\n`)
}

async function recordReload(release: string, { id, old, later, asks }: ReloadCase): Promise<RecordedReload> {
  // The later text is a file too, so that its ports are among those that are free.
  const live = await startLive({ release, corefile: old, files: { later, asks: asks.join('\n') } })
  try {
    await sleep(1_000)
    const before = await answers(live, asks)
    writeFileSync(live.fill('@folder@/Corefile'), live.fill(later))
    await sleep(WAIT)
    return { id, release, before, behind: await answers(live, asks) }
  } finally {
    await live.stop()
  }
}

async function answers(live: Live, asks: readonly string[]): Promise<(string | number | null)[]> {
  const said: (string | number | null)[] = []
  for (const ask of asks) {
    if (ask.startsWith('http')) {
      said.push((await live.http(ask))?.status ?? null)
      continue
    }
    const [name = '', type = '', port = ''] = live.fill(ask).split(' ')
    const response = await live.query(name, type, { port: Number(port) }).catch(() => null)
    said.push(response?.answers?.[0]?.split(' ').at(-1) ?? response?.rcode ?? null)
  }
  return said
}
