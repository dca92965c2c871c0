import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/endpoint-port-conflict.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (zone: string, ...lines: string[]) => `${zone} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('endpoint-port-conflict', () => {
  it.each([
    ['the ports they have by themselves', block('.', 'health', 'ready', 'prometheus', 'pprof')],
    [
      'one plugin in several blocks',
      block('a.example', 'prometheus :9253', 'ready') + block('.', 'prometheus :9253', 'ready'),
    ],
    ['health at addresses of its own', block('a.example', 'health 10.0.0.1:8080') + block('.', 'health 10.0.0.2:8080')],
    ['another address', block('.', 'health 127.0.0.1:8080', 'ready :8080')],
    ['another port', block('.:8080', 'health :8081')],
    ['DNS at another address', block('.:8080', 'bind 10.0.0.1', 'health 127.0.0.1:8080')],
    ['QUIC, which is UDP', block('quic://.:8080', 'health')],
    ['a port that is not known', block('.', 'health :{$PORT}', 'ready :{$PORT}')],
    ['health twice in one block, of which the last counts', block('.', 'health', 'health')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('finds two plugins on one port, in any blocks and spellings', async () => {
    expect(await find(block('.', 'health', 'ready :8080'))).toHaveLength(1)
    expect(await find(block('.', 'health 0.0.0.0:8080', 'ready [::]:8080'))).toHaveLength(1)
    expect(await find(block('.', 'prometheus localhost:9153', 'pprof 127.0.0.1:9153'))).toHaveLength(1)
    const text = block('a.example', 'health :8181') + block('.', 'ready')
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe(':8181')
    expect(found?.related).toHaveLength(1)
  })

  it('finds the port of DNS', async () => {
    const [found] = await find(block('.:9153', 'prometheus :9153'))
    expect(found?.message).toContain('answers DNS over TCP')
    expect(await find(block('.:8080', 'bind 127.0.0.1', 'health localhost:8080'))).toHaveLength(1)
  })

  it('says what happens by release', async () => {
    const text = block('.', 'health', 'ready :8080')
    expect((await find(text))[0]?.severity).toBe('warning')
    const [older] = await find(text, { release: '1.6.5' })
    expect(older?.severity).toBe('error')
    expect(older?.message).toContain('stops at its start')
  })

  it('weighs health in two blocks by what it costs', async () => {
    const twice = (health: string) => block('a.example', health) + block('.', health)
    expect((await find(twice('health')))[0]?.severity).toBe('info')
    expect((await find(twice('health {\n        lameduck 5s\n    }')))[0]?.severity).toBe('warning')
    expect((await find(twice('health'), { release: '1.6.5' }))[0]?.severity).toBe('error')
  })

  it('moves a plugin to its own port only where that is free', async () => {
    const edits = async (text: string) => (await find(text))[0]?.fix?.edits.map((edit) => edit.text) ?? null
    expect(await edits(block('.', 'ready :8181', 'health :8181'))).toEqual([':8080'])
    expect(await edits(block('.', 'ready :8080', 'health :8080', 'prometheus :8181'))).toBeNull()
    expect(await edits(block('.', 'health', 'prometheus :8080'))).toEqual([':9153'])
    expect(await edits(block('.', 'health', 'ready :8080', 'prometheus :8181'))).toBeNull()
  })

  it('says nothing of sockets that old releases do not open twice', async () => {
    const lameduck = 'health {\n        lameduck 5s\n    }'
    const found = await find(block('a.example', lameduck) + block('.', lameduck), { release: '1.6.5' })
    expect(found.map(({ effect }) => effect)).toEqual(['refused'])
    const dns = await find(block('.:9153', 'prometheus :9153'), { release: '1.6.5' })
    expect(dns.filter(({ effect }) => effect !== 'refused')).toEqual([])
  })

  it('names where the other one stands', async () => {
    const text = block('.', 'health', 'ready :8080')
    const [old] = await find(text, { release: '1.6.5' })
    expect(old?.related.map(({ message }) => message)).toEqual(['opened here first'])
    const [found] = await find(text)
    expect(found?.related.map(({ message }) => message)).toEqual(['health listens there'])
  })

  it('weighs the wait of health only where both blocks have one', async () => {
    const lameduck = 'health {\n        lameduck 5s\n    }'
    const [one] = await find(block('a.example', lameduck) + block('.', 'health'))
    const [two] = await find(block('a.example', lameduck) + block('.', lameduck))
    expect([one?.severity, two?.severity]).toEqual(['info', 'warning'])
    expect(two?.message).not.toBe(one?.message)
  })
})
