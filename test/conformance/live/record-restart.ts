import { readFileSync, writeFileSync } from 'node:fs'
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

/** The newest releases and those around which something changed; older ones cannot be built. */
const RELEASES = ['1.15.0', '1.11.1', '1.8.0', '1.7.1', '1.6.9', '1.6.2']

/** Gives running servers another text and writes down what answers then; with `check` says whether it is as written instead. */
export async function recordReloads(check: boolean): Promise<boolean> {
  const recorded: RecordedReload[] = []
  for (const release of RELEASES) {
    recorded.push(...(await Promise.all(reloadCases.map((each) => recordReload(release, each)))))
  }
  const text = `[\n${recorded.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`
  if (check) return readFileSync(reloadFile, 'utf8') === text
  writeFileSync(reloadFile, text)
  return true
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
