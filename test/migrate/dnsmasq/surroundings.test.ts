import { describe, expect, it } from 'vitest'
import { runExample } from '../run-example.ts'

describe('what stands around a dnsmasq', () => {
  it('is decided by a person where several answer', async () => {
    const files = { 'start.sh': 'dnsmasq -k -S 192.0.2.1 &\ndnsmasq -k -p 5353 -S 192.0.2.2\n' }
    const { migration } = await runExample({ files })
    expect(migration.conflicts).toMatchObject([
      { code: 'several-dnsmasq', places: [{ text: 'start.sh (1)' }, { text: 'start.sh (2)' }], choices: [] },
    ])
  })

  it('is no matter of one that only leases addresses', async () => {
    const files = { 'start.sh': 'dnsmasq -k -p 0 -F 10.0.0.2,10.0.0.9 &\ndnsmasq -k -S 192.0.2.2\n' }
    const { migration } = await runExample({ files })
    expect(migration.conflicts).toEqual([])
  })

  it('is said of files of NetworkManager, which knows the servers alone', async () => {
    const path = 'etc-copy/NetworkManager/dnsmasq.d/corp.conf'
    const { migration } = await runExample({ files: { [path]: 'server=/corp.test/10.0.0.1\n' }, dnsmasq: '2.90' })
    expect(migration.items).toMatchObject([
      { fidelity: 'untranslatable', note: expect.stringContaining('NetworkManager tells its dnsmasq the servers') },
      { fidelity: 'exact', source: { text: 'server=/corp.test/10.0.0.1' } },
    ])
  })
})
