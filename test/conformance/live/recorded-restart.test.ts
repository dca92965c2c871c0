import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerersOf } from '../../../src/answerers.ts'
import { compared } from '../../../src/comparison.ts'
import { type RecordedReload, reloadFile } from './record-restart.ts'
import { reloadCases } from './restart-cases.ts'

const recorded = JSON.parse(readFileSync(reloadFile, 'utf8')) as RecordedReload[]

async function answererOf(release: string, text: string) {
  const ports: Readonly<Record<string, string>> = { a: '20001', b: '20002' }
  const filled = text.replace(/@(?:up)?\w+(?::(\w))?@/g, (_, name) => ports[name] ?? '20000')
  const options = {
    releases: [release],
    releasesFrom: 'flag',
    build: 'official',
    severities: {},
    pedantic: false,
  } as const
  const settings = { clusterDomain: null, clusterDnsIp: [] }
  const [answerer] = await answerersOf([{ path: 'Corefile', text: filled }], { ...options, settings, rules: [] })
  if (answerer === undefined) throw new Error(`no server in ${text}`)
  return answerer
}

/** Whether the server did what its new text says, all of it, without being started again. */
function hasTakenOver({ id, before, behind }: RecordedReload): boolean {
  const [dns] = [behind[0] ?? behind[1]]
  const listens = (at: number) => behind[at] === 200
  if (id.startsWith('a block')) return behind.includes('10.0.0.2')
  if (dns !== '10.0.0.2') return false
  if (id.endsWith('goes')) return !listens(1)
  return id.endsWith('stays') ? listens(1) : before.length === 1 || listens(2)
}

describe('what is said of restarts', () => {
  it('was asked of every case', () => {
    const releases = new Set(recorded.map(({ release }) => release))
    expect(recorded.map(({ release, id }) => `${release} ${id}`)).toEqual(
      [...releases].flatMap((release) => reloadCases.map(({ id }) => `${release} ${id}`)),
    )
  })

  // Whether an address is free nobody can know from the text.
  it.each(recorded.filter(({ id }) => !id.includes('cannot be opened')))('$release: $id', async (reload) => {
    const found = reloadCases.find(({ id }) => id === reload.id)
    const [old, later] = await Promise.all(
      [found?.old, found?.later].map((text = '') => answererOf(reload.release, text)),
    )
    if (old === undefined || later === undefined) throw new Error('no such case')
    const textOf = () => undefined
    const { restart, notes } = compared({ answerer: old, textOf }, { answerer: later, textOf })
    const isRefused = notes.length > 0
    expect(isRefused).toBe(reload.id.includes('refused'))
    if (isRefused) expect(restart?.because).toContain('keeps the old text')
    expect(hasTakenOver(reload)).toBe(!isRefused && restart?.needed === false)
  })
})
