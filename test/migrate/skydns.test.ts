import { describe, expect, it } from 'vitest'
import { runExample } from './run-example.ts'

/** What the report says of each text of a command line, as `FIDELITY CODES: NOTE`. */
async function told(command: string): Promise<Map<string, string>> {
  const { migration } = await runExample({ files: { 'skydns.sh': `${command}\n` } })
  return new Map(
    migration.items.map(({ source, fidelity, codes, note }) => [
      source.text,
      `${[fidelity, ...codes].join(' ')}: ${note}`,
    ]),
  )
}

describe('the report of a SkyDNS', () => {
  it('says what etcd answers otherwise from the same keys', async () => {
    const items = await told('skydns -etcd3 -nameservers=192.0.2.53:53')
    expect(items.get('-etcd3')).toMatch(/^differs D-ETCD: names without a key do not exist/)
    expect(items.get('skydns.sh')).toMatch(/^differs D-TTL D-ETCD D-REV: .*300 seconds.*dns\/apex/)
  })

  it('says nothing of a flag that is switched off', async () => {
    const items = await told('skydns -etcd3 -nameservers=192.0.2.53:53 -no-rec=false -stubzones=0')
    expect(items.get('-no-rec=false')).toMatch(/^exact/)
    expect(items.get('-stubzones=0')).toMatch(/^exact/)
  })

  it('says who is refused where nobody is asked', async () => {
    const items = await told('skydns -etcd3 -no-rec')
    expect(items.get('-no-rec')).toMatch(/^differs D-ERR: .*refused/)
    expect(items.get('skydns.sh')).toMatch(/D-CNAME-RES.*\/arpa\) are refused/)
  })

  it('leaves servers out that SkyDNS does not start with', async () => {
    const items = await told('skydns -etcd3 -nameservers=ns.example:53,192.0.2.1:0,192.0.2.2:53,192.0.2.3')
    expect(items.get('ns.example:53')).toMatch(/^untranslatable/)
    expect(items.get('192.0.2.1:0')).toMatch(/^untranslatable/)
    expect(items.get('192.0.2.3')).toMatch(/^differs D-ERR/)
    const { migration } = await runExample({
      files: { 'skydns.sh': 'skydns -etcd3 -nameservers=ns.example:53,192.0.2.2:53\n' },
    })
    expect(migration.corefile).toContain('    forward . 192.0.2.2:53\n')
  })

  it('speaks of no etcd where kube2sky is beside it', async () => {
    const items = await told(
      'skydns -machines=http://192.0.2.80:2379 -hostmaster=a.b && kube2sky -domain=cluster.local',
    )
    expect(items.get('-machines=http://192.0.2.80:2379')).toBe('exact: no etcd in between')
    expect(items.get('-hostmaster=a.b')).toMatch(/^differs D-K8S/)
    expect(items.get('skydns.sh')).toMatch(/patched kube2sky.*NAMESPACE\.svc\.cluster\.local/)
  })
})
