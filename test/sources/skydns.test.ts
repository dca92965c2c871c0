import { describe, expect, it } from 'vitest'
import { recognise } from '../../src/sources/recognise.ts'
import type { SkyDnsDeployment } from '../../src/sources/skydns-deployment.ts'
import { at } from './places.ts'

async function skydns(path: string, text: string): Promise<SkyDnsDeployment> {
  const { sources } = await recognise([{ path, text }])
  const [found] = sources
  if (found?.kind !== 'skydns') throw new Error(`${found?.kind}`)
  return found
}

describe('SkyDNS', () => {
  it('is read from a ReplicationController', async () => {
    const text = `kind: ReplicationController
metadata: {name: skydns, namespace: kube-system}
spec:
  template:
    spec:
      containers:
      - name: etcd
        image: example/etcd:2.0.12
        command: [/usr/local/bin/etcd, -data-dir, /var/etcd/data]
      - name: kube2sky
        image: example/kube2sky:1.12
        args:
        - --etcd-server=http://10.16.42.200:4012
        - --domain=domeos.sohu
        - --kube_master_url=http://10.16.42.200:8080
      - name: skydns
        image: example/skydns
        env:
        - {name: ETCD_MACHINES, value: "http://a:1,http://b:2"}
        - {name: SKYDNS_DOMAIN, value: other.example.}
        args: [-addr=0.0.0.0:53, -ns-rotate=false, -domain=domeos.sohu., --nonsense]
`
    const read = await skydns('rc.yaml', text)
    expect(read.skydns).toMatchObject({ rotatesServers: false, isEtcd3: false, isRecursionOff: false, ndots: 2 })
    expect(at(text, read.skydns?.domain?.range)).toBe('domeos.sohu')
    expect(at(text, read.skydns?.address?.range)).toBe('0.0.0.0:53')
    expect(read.skydns?.machines.map(({ value }) => value)).toEqual(['http://a:1', 'http://b:2'])
    expect(at(text, read.kube2sky?.masterUrl?.range)).toBe('http://10.16.42.200:8080')
    expect(read.etcd?.map(({ name, value }) => [name, value?.value])).toEqual([['data-dir', '/var/etcd/data']])
    expect(read.notUnderstood.map(({ text: flag, why }) => [flag, why])).toEqual([
      ['--nonsense', 'skydns has no such flag'],
    ])
  })

  it('is read from command lines', async () => {
    const text = `skydns: ETCD_MACHINES=https://e1:2379,https://e2:2379 -etcd3 -domain=skydns.local. -path-prefix=mydns \\
  -nameservers=192.0.2.53:53,192.0.2.54:53 -ca-cert=/c/ca.pem -tls-pem=/c/c.pem -tls-key=/c/k.pem -username=u -password=p
kube2sky args: --domain=domeos.sohu
`
    const read = await skydns('notes.txt', text)
    expect(read.skydns).toMatchObject({
      isEtcd3: true,
      domain: { value: 'skydns.local' },
      pathPrefix: { value: 'mydns' },
      username: { value: 'u' },
      tlsCertificate: { value: '/c/c.pem' },
    })
    expect(read.skydns?.machines.map(({ value }) => value)).toEqual(['https://e1:2379', 'https://e2:2379'])
    expect(read.skydns?.nameservers.map(({ range }) => at(text, range))).toEqual(['192.0.2.53:53', '192.0.2.54:53'])
    expect(read.kube2sky?.domain?.value).toBe('domeos.sohu')
    expect(read.notUnderstood).toEqual([])
  })

  it('is read from what stands in etcd', async () => {
    const text =
      '{"dns_addr": "0.0.0.0:53", "domain": "skydns.local.", "nameservers": ["8.8.8.8:53"], "no_rec": true, "x": 1}'
    const read = await skydns('config.json', text)
    expect(read.skydns).toMatchObject({ isRecursionOff: true, domain: { value: 'skydns.local' } })
    expect(read.skydns?.nameservers.map(({ range }) => at(text, range))).toEqual(['8.8.8.8:53'])
    expect(read.notUnderstood.map(({ text: key }) => key)).toEqual(['x'])
  })

  it('reads the number of labels there as the program does, and not as its description says', async () => {
    const text = '{"dns_addr": "0.0.0.0:53", "ndots": 1, "ndot": 3, "ns_rotate": false}'
    const read = await skydns('config.json', text)
    expect(read.skydns).toMatchObject({ ndots: 3, rotatesServers: false })
    expect(read.notUnderstood.map(({ text: key }) => key)).toEqual(['ndots'])
  })
})
