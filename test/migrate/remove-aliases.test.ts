import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { removalsOf } from '../../src/migrate/remove-aliases.ts'
import type { MovedAlias } from '../../src/migrate/workloads/translate.ts'
import { overlaid } from '../../src/resolver/overlay.ts'
import { createStub } from '../../src/resolver/stub.ts'
import { recognise } from '../../src/sources/recognise.ts'
import { hasAliases } from '../../src/sources/workload.ts'
import { applyEdits } from '../../src/text/edit.ts'

const path = 'a.yaml'

/** A text without the aliases whose names are to go, and why others stay. */
async function removed(text: string, goes: (name: string) => boolean): Promise<{ after: string; why: string[] }> {
  const { sources } = await recognise([{ path, text }], { allPods: true })
  const workloads = sources.flatMap((source) => (source.kind === 'workload' && hasAliases(source) ? source : []))
  const moved: MovedAlias[] = workloads.flatMap((workload) =>
    (workload.pod.hostAliases?.items ?? []).flatMap(({ ip, hostnames, nameRemovals, range }) =>
      hostnames.map(({ value: name }, at) => ({
        workload,
        name,
        addresses: [ip?.value ?? ''],
        removals: [nameRemovals[at] ?? range],
        conditions: goes(name) ? [] : ['somebody looks'],
      })),
    ),
  )
  const result = overlaid(
    createStub(['192.0.2.53']),
    moved.flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address }))),
  )
  const { edits, kept } = removalsOf(moved, { result, isBehindNodeLocal: false, textOf: () => text })
  return { after: applyEdits(text, edits.get(path) ?? []), why: [...new Set(kept.map(({ why }) => why))] }
}

const parsed = (text: string): unknown => parseAllDocuments(text).map((document) => document.toJS() as unknown)

interface Alias {
  readonly ip: string
  readonly names: readonly string[]
}

/** What is left of the aliases of a pod; null for nothing. */
function leftOf(aliases: readonly Alias[], goes: ReadonlySet<string>): Alias[] | null {
  const left = aliases.flatMap(({ ip, names }) => {
    const stay = names.filter((name) => !goes.has(name))
    return stay.length === 0 ? [] : [{ ip, names: stay }]
  })
  return left.length === 0 ? null : left
}

/** Lines of one pod. A line is written where what it is about stays: the whole list, an item of it, or a name. */
interface Line {
  readonly text: string
  readonly of: { readonly item?: number; readonly name?: string; readonly inList?: true }
}

const pods = fc
  .array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((shape) => {
    let number = 0
    return shape.map((items) =>
      items.map((count): Alias => {
        const names = Array.from({ length: count }, () => `n${number++}.example`)
        return { ip: `10.0.0.${number}`, names }
      }),
    )
  })
const choices = fc.infiniteStream(fc.nat(11))

/** A Deployment in block style, as people indent, quote and comment. */
function blockLines(aliases: readonly Alias[], next: () => number): Line[] {
  const lines: Line[] = []
  const add = (indent: number, text: string, of: Line['of'] = {}) => lines.push({ text: ' '.repeat(indent) + text, of })
  const comment = (indent: number, of: Line['of'] = {}) => {
    const kind = next()
    if (kind === 0) add(indent, `# about ${lines.length}`, of)
    if (kind === 1) lines.push({ text: '', of })
  }
  const quoted = (word: string) => [word, `"${word}"`, `'${word}'`][next() % 3] as string
  const tail = () => (next() === 0 ? ' # why' : '')
  const [list, names] = [next() % 2 === 0 ? 6 : 8, next() % 2 === 0 ? 2 : 4]
  const isFirst = next() % 2 === 0
  add(0, 'apiVersion: apps/v1')
  add(0, 'kind: Deployment')
  add(0, 'metadata: {name: a, namespace: b}')
  add(0, 'spec:')
  add(2, 'template:')
  add(4, 'spec:')
  if (!isFirst) add(6, 'containers: [{name: c, image: d}]')
  comment(6)
  add(6, `hostAliases:${tail()}`, { inList: true })
  for (const [item, { ip, names: all }] of aliases.entries()) {
    comment(list, { inList: true })
    add(list, `- ip: ${quoted(ip)}${tail()}`, { item })
    if (next() % 3 === 0 && all.length === 1) {
      add(list + 2, `hostnames: [${quoted(all[0] ?? '')}]${tail()}`, { item })
    } else {
      add(list + 2, `hostnames:${tail()}`, { item })
      for (const name of all) add(list + names, `- ${quoted(name)}${tail()}`, { item, name })
    }
  }
  if (isFirst) {
    comment(6)
    add(6, 'containers: [{name: c, image: d}]')
  }
  return lines
}

describe('aliases that go', () => {
  it('take their lines along and leave every other byte', async () => {
    await fc.assert(
      fc.asyncProperty(pods, choices, fc.constantFrom('\n', '\r\n'), async (all, stream, end) => {
        const next = () => stream.next().value
        const goes = new Set(all.flat().flatMap(({ names }) => names.filter(() => next() % 2 === 0)))
        const documents = all.map((aliases) => ({ aliases, lines: blockLines(aliases, next) }))
        const write = (some: readonly (readonly Line[])[]) =>
          some.map((lines) => lines.map(({ text }) => text + end).join('')).join(`---${end}`)
        const text = write(documents.map(({ lines }) => lines))
        const wanted = documents.map(({ aliases, lines }) => {
          const isGone = leftOf(aliases, goes) === null
          const last = lines.findLastIndex(({ of }) => of.item !== undefined)
          return lines.filter(({ of: { item, name, inList } }, at) => {
            if (isGone && (inList || item !== undefined) && at <= last) return false
            if (item === undefined) return true
            const some = aliases[item]?.names ?? []
            return !some.every((one) => goes.has(one)) && !(name !== undefined && goes.has(name))
          })
        })
        const { after } = await removed(text, (name) => goes.has(name))
        expect(after).toBe(write(wanted))
      }),
      { numRuns: 400 },
    )
  })

  it('take their commas along in flow style', async () => {
    await fc.assert(
      fc.asyncProperty(pods, choices, fc.boolean(), fc.boolean(), async (all, stream, isJson, isAtEnd) => {
        const next = () => stream.next().value
        const goes = new Set(all.flat().flatMap(({ names }) => names.filter(() => next() % 2 === 0)))
        const space = () => [' ', '', '  ', '\n      '][next() % 4] as string
        const quoted = (word: string) => (isJson || next() % 2 === 0 ? `"${word}"` : word)
        const itemOf = ({ ip, names }: Alias) =>
          `{${space()}"ip":${' '}"${ip}",${space()}"hostnames":${' '}[${names.map((name) => space() + quoted(name)).join(',')}${space()}]}`
        const documents = all.map((aliases) => {
          const pairs = [
            `"hostAliases": [${space()}${aliases.map(itemOf).join(`,${space()}`)}${space()}]`,
            '"containers": [{"name": "c"}]',
          ]
          const spec = (isAtEnd ? pairs.toReversed() : pairs).join(`,${space()}`)
          return `{"kind": "Pod",${space()}"spec": {${spec}}}`
        })
        const text = documents.join('\n---\n')
        const { after } = await removed(text, (name) => goes.has(name))
        const wanted = all.map((aliases) => {
          const left = leftOf(aliases, goes)?.map(({ ip, names }) => ({ ip, hostnames: names }))
          return { kind: 'Pod', spec: { ...(left ? { hostAliases: left } : {}), containers: [{ name: 'c' }] } }
        })
        expect(parsed(after)).toEqual(wanted)
        if (isJson) for (const document of after.split('\n---\n')) JSON.parse(document)
      }),
      { numRuns: 400 },
    )
  })
})

describe('aliases that stay', () => {
  const pod = (spec: string) => `kind: Pod\nmetadata: {name: a}\nspec:\n${spec}`
  const anchor = 'an anchor makes its text a part of something else too'

  it.each([
    [
      'an anchor on the list',
      `${pod('  hostAliases: &x\n  - {ip: 10.0.0.1, hostnames: [n]}\n  containers: [{name: c}]\n')}other: *x\n`,
    ],
    [
      'an alias for the list',
      `x: &x\n- {ip: 10.0.0.1, hostnames: [n]}\n${pod('  hostAliases: *x\n  containers: [{name: c}]\n')}`,
    ],
    [
      'an anchor on a name',
      `${pod('  hostAliases:\n  - ip: 10.0.0.1\n    hostnames: [&x n]\n  containers: [{name: *x}]\n')}`,
    ],
    [
      'a pod with an anchor',
      `kind: Pair\na: &x\n  hostAliases:\n  - {ip: 10.0.0.1, hostnames: [n]}\n  containers: [{name: c}]\nb: *x\n`,
    ],
    [
      'something merged',
      `kind: Pod\nx: &x\n  hostAliases:\n  - {ip: 10.0.0.1, hostnames: [n]}\nspec:\n  <<: *x\n  containers: [{name: c}]\n`,
    ],
  ])('have %s', async (_, text) => {
    const { after, why } = await removed(text, () => true)
    expect(after).toBe(text)
    expect(why).toContain(anchor)
  })

  it.each([
    ['values of a chart', 'hostAliases:\n- {ip: 10.0.0.1, hostnames: [n]}\nother: 1\n', 'it stands in values'],
    ['a patch', pod('  hostAliases:\n  - {ip: 10.0.0.1, hostnames: [n]}\n'), 'its manifest has no containers'],
  ])('are in %s', async (_, text, reason) => {
    const { after, why } = await removed(text, () => true)
    expect([after, why]).toEqual([text, [expect.stringContaining(reason)]])
  })
})
