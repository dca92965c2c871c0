import { describe, expect, it } from 'vitest'
import { entryOf, evidence, failed, from, local } from './evidence.ts'

describe('view-order', () => {
  it('the block without a view takes what the view is for, and leaves it where it stands last', async () => {
    const { says, bad, good } = await evidence('view-order', 0)
    expect(says).toContain('gets no query')
    expect(bad[0]).toEqual(from(1, 'a.example'))
    expect(good).toEqual([from(2, 'a.example'), [{ rcode: 'NOERROR', asked: ['1 udp'] }]])
  })

  it('up to 1.14.2 CoreDNS does not start', () => {
    const refusal = { refused: expect.stringContaining('it is already defined') }
    expect(entryOf('view-order', 1).said.map(({ bad }) => bad)).toEqual([refusal])
  })
})

describe('k8s-external-without-kubernetes', () => {
  it('CoreDNS does not start, and before 1.11.0 the names go on', async () => {
    expect(entryOf('k8s-external-without-kubernetes', 0).said[0]?.bad).toEqual({
      refused: 'plugin/k8s_external: kubernetes plugin not loaded',
    })
    const { says, bad, good } = await evidence('k8s-external-without-kubernetes', 1, '1.10.1')
    expect(says).toContain('it answers nothing')
    expect(bad).toEqual([from(1, 'web.default.example.org')])
    expect(good).toEqual([[{ rcode: 'NXDOMAIN' }]])
  })
})

describe('kubernetes-multiple-endpoints', () => {
  it('the second is only a line in the log', async () => {
    const { says, bad, good } = await evidence('kubernetes-multiple-endpoints', 0)
    expect(says).toContain('asks http://10.0.0.1:8080 alone')
    expect(bad).toEqual([local('web.default.svc.cluster.local A 10.96.0.20'), [{ logged: true }]])
    expect(good).toEqual([bad[0], [{ logged: false }]])
  })
})

describe('ready-wrong-block', () => {
  it('/ready says OK while kubernetes knows nothing yet', async () => {
    const { says, bad, good } = await evidence('ready-wrong-block', 0)
    expect(says).toContain('/ready says OK before kubernetes has its data')
    expect(bad).toEqual([[{ status: 200 }], failed])
    expect(good).toEqual([[{ status: 503 }], failed])
  })
})

describe('probe-mismatch', () => {
  it('nothing listens where the probe asks, until ready is there', async () => {
    const { says, bad, good } = await evidence('probe-mismatch', 0)
    expect(says).toContain('asks port 8181, where nothing listens')
    expect([bad, good]).toEqual([[[{ status: null }]], [[{ status: 200 }]]])
  })
})
