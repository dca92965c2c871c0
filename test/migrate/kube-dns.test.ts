import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/migrate/kube-dns/config-map.ts'
import { translateKubeDns } from '../../src/migrate/kube-dns/translate.ts'
import { recognise } from '../../src/sources/recognise.ts'

interface Parts {
  readonly configMap?: string
  readonly kubedns?: readonly string[]
  /** Arguments of the nanny, or of a dnsmasq without one. */
  readonly nanny?: readonly string[]
  readonly dnsmasq?: readonly string[]
  readonly tag?: string
}

const nannyArgs = ['-configDir=/etc/k8s/dns/dnsmasq-nanny', '--', '--server=/cluster.local/127.0.0.1#10053']
const plainArgs = ['--no-resolv', '--server=127.0.0.1#10053']

/** What became of everything: `fidelity text: note`. */
async function told(
  { configMap, kubedns, nanny, dnsmasq, tag = '1.14.13' }: Parts,
  reading: Reading = null,
): Promise<string[]> {
  const containers = [
    { name: 'kubedns', image: `k8s-dns-kube-dns:${tag}`, args: kubedns },
    { name: 'dnsmasq', image: 'k8s-dns-dnsmasq-nanny:1.14.13', args: nanny },
    { name: 'dnsmasq', image: 'kube-dnsmasq-amd64:1.4', args: dnsmasq },
  ].filter(({ args }) => args !== undefined)
  const deployment = {
    kind: 'Deployment',
    metadata: { name: 'kube-dns' },
    spec: { template: { spec: { containers } } },
  }
  const { sources } = await recognise([
    ...(configMap === undefined
      ? []
      : [{ path: 'cm.yaml', text: `kind: ConfigMap\nmetadata: {name: kube-dns}\ndata:\n${configMap}` }]),
    ...(kubedns === undefined ? [] : [{ path: 'deployment.json', text: JSON.stringify(deployment) }]),
  ])
  const { items } = translateKubeDns(
    sources.find((source) => source.kind === 'kube-dns-configmap') ?? null,
    sources.find((source) => source.kind === 'kube-dns-deployment') ?? null,
    { release: '1.15.0', reading, clusterDomain: 'cluster.local', dnsmasqVersion: null, addressesOf: new Map() },
  )
  return items.map(({ fidelity, source, note }) => `${fidelity} ${source.text}: ${note}`)
}

function about(all: readonly string[], text: string): string[] {
  return all.filter((line) => line.includes(text))
}

const stubs = `  stubDomains: '{"acme.local": ["10.1.0.1"]}'\n  upstreamNameservers: '["10.2.0.1"]'\n`

describe('what a migration says of kube-dns', () => {
  it('is what it takes for granted where an object is missing', async () => {
    expect((await told({ configMap: stubs }))[0]).toMatch(
      /^differs ConfigMap kube-dns: read as by .* with dnsmasq 2\.90, as no Deployment was given; kubernetes answers for Services and pods: names with \* do not exist, /,
    )
    const alone = await told({ kubedns: ['--config-dir=/kube-dns-config'], nanny: nannyArgs })
    expect(about(alone, 'was not given')).toEqual(
      ['--config-dir=/kube-dns-config', '-configDir=/etc/k8s/dns/dnsmasq-nanny'].map(
        (flag) =>
          `differs ${flag}: the ConfigMap behind it was not given: its stub domains and upstreams are not in the result`,
      ),
    )
    const both = await told({ configMap: stubs, kubedns: ['--config-dir=/kube-dns-config'], nanny: nannyArgs })
    expect(about(both, 'given')).toEqual([])
    const old = await told({ kubedns: ['--config-map=kube-dns'], dnsmasq: plainArgs, tag: '1.9' })
    expect(about(old, '--config-map')).toEqual([
      'exact --config-map=kube-dns: this kube-dns takes nothing but federations from its ConfigMap',
    ])
  })

  it('is which values a kube-dns without a nanny does not read', async () => {
    const old = await told({ configMap: stubs, kubedns: [], dnsmasq: plainArgs })
    expect(about(old, 'acme.local')).toEqual([
      'untranslatable acme.local: 10.1.0.1: this kube-dns does not ask it: its dnsmasq has no nanny that would read the ConfigMap',
    ])
    expect(about(old, '10.2.0.1')[0]).toMatch(/^untranslatable 10\.2\.0\.1: this kube-dns does not ask it/)
    const reading = await told({ configMap: stubs, kubedns: ['--config-map=kube-dns'], dnsmasq: plainArgs })
    expect(about(reading, '10.2.0.1')).toEqual(['exact 10.2.0.1: kubedns asks it: forward .'])
  })

  it('is every value of a ConfigMap that kube-dns refuses as a whole', async () => {
    const data = `  stubDomains: '{"acme.local": ["10.1.0.1"], "corp": "10.1.0.2", "none": []}'\n  upstreamNameservers: '["10.2.0.1"]'\n  federations: a=b.test\n`
    const running = await told({ configMap: data }, 'running')
    const why = 'kube-dns runs without the whole ConfigMap, so this does not count today'
    expect(about(running, why)).toEqual(
      ['acme.local: 10.1.0.1', 'none', '10.2.0.1', 'a=b.test'].map((text) => `untranslatable ${text}: ${why}`),
    )
    expect(about(await told({ configMap: data }, 'intended'), why)).toEqual([])
  })

  it('is what nobody can know, and what kube-dns does not read, each once', async () => {
    const data = '  stubDomains: {{ .Values.stubs | quote }}\n  upstreamNameServers: "x"\n'
    const all = await told({ configMap: data })
    expect(about(all, 'stubDomains')).toEqual(['untranslatable stubDomains: a template writes it'])
    expect(about(all, 'upstreamNameServers')).toEqual([
      'untranslatable upstreamNameServers: kube-dns does not read the key upstreamNameServers',
    ])
  })

  it.each([
    [['--nameservers=10.0.0.8'], plainArgs, '1.14.13', 'exact --nameservers=10.0.0.8: forward .'],
    [
      ['--nameservers=10.0.0.8,b1-.test'],
      plainArgs,
      '1.14.13',
      'untranslatable --nameservers=10.0.0.8,b1-.test: b1-.test is no address: kubedns takes none of them',
    ],
    [
      ['--nameservers=10.0.0.8'],
      ['--server=/cluster.local/127.0.0.1#10053'],
      '1.14.13',
      'differs --nameservers=10.0.0.8: kubedns asks them for reverse names',
    ],
    [
      ['--nameservers=10.0.0.8', '--config-dir=/x'],
      plainArgs,
      '1.14.13',
      'exact --nameservers=10.0.0.8: without effect',
    ],
    [['--nameservers=10.0.0.8', '--config-dir=/x'], plainArgs, '1.14.4', 'exact --nameservers=10.0.0.8: forward .'],
  ])('is for which names kubedns asks %j behind %j in %s', async (kubedns, dnsmasq, tag, expected) => {
    const [found] = about(await told({ kubedns, dnsmasq, tag }), '--nameservers')
    expect(found).toContain(expected)
  })

  it('is which values of flags nobody gave', async () => {
    const flags = ['--domain=$(DOMAIN).', '--nameservers=$(SERVERS)', '--kube-master-url=$(API)', '--v=$(V)']
    expect((await told({ kubedns: flags, dnsmasq: plainArgs })).slice(1, 5)).toEqual([
      'differs --domain=$(DOMAIN).: nobody gave the value of DOMAIN: cluster.local was taken',
      'untranslatable --nameservers=$(SERVERS): nobody gave the value of SERVERS',
      'untranslatable --kube-master-url=$(API): nobody gave the value of API',
      'exact --v=$(V): only logging',
    ])
  })

  it('is who asks the servers of the machine in place of dnsmasq', async () => {
    expect(about(await told({ kubedns: [], dnsmasq: plainArgs }), '--no-resolv')).toEqual([
      'exact --no-resolv: dnsmasq asks kubedns alone, which asks the servers of /etc/resolv.conf: forward .',
    ])
    const others = await told({ kubedns: ['--nameservers=10.0.0.8'], dnsmasq: plainArgs })
    expect(about(others, '--no-resolv')).toEqual(['exact --no-resolv: /etc/resolv.conf is not among the servers'])
  })
})
