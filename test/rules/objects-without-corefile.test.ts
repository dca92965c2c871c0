import { describe, expect, it } from 'vitest'
import { lint } from '../../src/lint/run.ts'
import customConfigmapKey from '../../src/rules/custom-configmap-key.ts'
import customConfigmapName from '../../src/rules/custom-configmap-name.ts'
import kubeDnsClusterDomain from '../../src/rules/kube-dns-cluster-domain.ts'
import kubeDnsConfigmapInvalid from '../../src/rules/kube-dns-configmap-invalid.ts'
import kubeDnsServer from '../../src/rules/kube-dns-server.ts'
import kubeDnsUnknownKey from '../../src/rules/kube-dns-unknown-key.ts'
import { optionsFor } from './lint-text.ts'

const rules = [
  customConfigmapKey,
  customConfigmapName,
  kubeDnsClusterDomain,
  kubeDnsConfigmapInvalid,
  kubeDnsServer,
  kubeDnsUnknownKey,
]

const configMap = (metadata: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {${metadata}}\ndata:\n${data}`

const kubeDns = (data: string, metadata = 'name: kube-dns, namespace: kube-system') => configMap(metadata, data)

const options = { ...optionsFor('', { rules, pedantic: false }), releasesFrom: 'assumed' }

/** `RULE SEVERITY "words"` of what is found in files that are documents of one directory. */
async function found(...texts: readonly string[]): Promise<string[]> {
  const around = texts.map((text, at) => ({ path: `dns/${at}.yaml`, text }))
  const { files } = await lint(around, options)
  return files.flatMap(({ text, findings }) =>
    findings.map(({ ruleId, severity, range }) => `${ruleId} ${severity} ${text.slice(range.start, range.end)}`),
  )
}

describe('the ConfigMap of kube-dns', () => {
  it.each([
    [
      'what kube-dns takes',
      `  stubDomains: '{"corp.example": ["10.0.0.53", "10.0.0.54:5353"]}'\n  upstreamNameservers: '["10.0.0.1"]'\n`,
    ],
    [
      'three upstreams',
      `  upstreamNameservers: '["10.0.0.1", "10.0.0.2", "[2001:db8::1]"]'\n`.replace('[2001:db8::1]', '2001:db8::1'),
    ],
    ['a stub below the domain of the cluster', `  stubDomains: '{"db.cluster.local": ["10.0.0.53"]}'\n`],
    ['a stub above it, for kube-dns alone', `  stubDomains: '{"local": ["10.0.0.53"]}'\n`],
    ['a stub for it without servers', `  stubDomains: '{"cluster.local": []}'\n`],
    ['nothing', ''],
  ])('is left alone: %s', async (_, data) => {
    expect(await found(kubeDns(data))).toEqual([])
  })

  it('is another one in another namespace, or by another name', async () => {
    const bad = `  stubDomains: '[]'\n`
    expect(await found(kubeDns(bad, 'name: kube-dns, namespace: other'))).toEqual([])
    expect(await found(kubeDns(bad, 'name: kube-dns-autoscaler, namespace: kube-system'))).toEqual([])
    expect(await found(kubeDns(bad, 'name: settings, namespace: kube-system'))).toEqual([])
    expect(await found(kubeDns(bad, 'name: kube-dns'))).toHaveLength(1)
    // What is no JSON at all is one fault.
    expect(await found(kubeDns(bad.replace('[]', 'nothing')))).toHaveLength(1)
  })

  it('tells what makes kube-dns take nothing, and then nothing of its servers', async () => {
    expect(await found(kubeDns(`  stubDomains: '{"corp.example": "[2001:db8::1]:53"}'\n`))).toEqual([
      'kube-dns-configmap-invalid error [2001:db8::1]:53',
    ])
    expect(await found(kubeDns(`  upstreamNameservers: '["ns.example"]'\n`))).toEqual([
      'kube-dns-configmap-invalid error ns.example',
    ])
    expect(await found(kubeDns(`  upstreamNameservers: '["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4"]'\n`))).toEqual([
      'kube-dns-configmap-invalid error 10.0.0.4',
    ])
    expect(await found(kubeDns(`  stubDomains: '{"Corp.example": ["10.0.0.53"]}'\n`))).toEqual([
      'kube-dns-configmap-invalid error Corp.example',
    ])
  })

  it('tells keys that are not read, servers that dnsmasq cannot use, and the domain of the cluster', async () => {
    expect(await found(kubeDns(`  upstreamNameServers: '["10.0.0.1"]'\n`))).toEqual([
      'kube-dns-unknown-key warning upstreamNameServers',
    ])
    expect(
      await found(kubeDns(`  stubDomains: '{"a.example": ["[2001:db8::1]:53", "ns.example", "10.0.0.1:"]}'\n`)),
    ).toEqual([
      'kube-dns-server error [2001:db8::1]:53',
      'kube-dns-server warning ns.example',
      'kube-dns-server warning 10.0.0.1:',
    ])
    expect(await found(kubeDns(`  stubDomains: '{"cluster.local": ["10.0.0.1"]}'\n`))).toEqual([
      'kube-dns-cluster-domain error cluster.local',
    ])
  })

  it('goes by the domain that the configuration names', async () => {
    const text = kubeDns(`  stubDomains: '{"corp.example": ["10.0.0.1"]}'\n`)
    const settings = { clusterDomain: 'corp.example', clusterDnsIp: [] }
    const { files } = await lint([{ path: 'a.yaml', text }], { ...options, settings })
    expect(files[0]?.findings.map(({ ruleId }) => ruleId)).toEqual(['kube-dns-cluster-domain'])
  })

  it('warns of a stub above the domain where NodeLocal DNSCache reads it', async () => {
    const cache = configMap(
      'name: node-local-dns, namespace: kube-system',
      '  Corefile: |\n    .:53 {\n        forward . __PILLAR__UPSTREAM__SERVERS__\n    }\n',
    )
    expect(await found(kubeDns(`  stubDomains: '{"local": ["10.0.0.1"]}'\n`), cache)).toEqual([
      'kube-dns-cluster-domain warning local',
    ])
  })

  it('is of kube-dns before 1.14.9 where its image says so: an upstream takes no port there', async () => {
    const text = kubeDns(`  upstreamNameservers: '["10.0.0.1:53"]'\n`)
    const image =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: kube-dns}\nspec: {template: {spec: {containers: [{name: kubedns, image: "gcr.io/k8s-dns-kube-dns-amd64:1.14.5"}]}}}\n'
    expect(await found(text)).toEqual([])
    expect(await found(`${text}---\n${image}`)).toEqual(['kube-dns-configmap-invalid error 10.0.0.1:53'])
  })

  it('is read in templates as far as it is written there', async () => {
    expect(await found(kubeDns('  stubDomains: |\n    {{ toJson .Values.stubDomains }}\n'))).toEqual([])
  })
})

describe('coredns-custom', () => {
  const custom = (data: string, metadata = 'name: coredns-custom, namespace: kube-system') => configMap(metadata, data)
  const server = 'corp.server: |\n    corp.example:53 {\n        forward . 10.0.0.53\n    }\n'

  it.each([
    ['keys that are imported', custom(`  ${server}  log.override: |\n    log\n`)],
    ['no namespace', custom(`  ${server}`, 'name: coredns-custom')],
    [
      'a file that another key names',
      custom(
        '  names.hosts: |\n    log 10.0.0.1\n  a.override: |\n    hosts custom/names.hosts {\n        fallthrough\n    }\n',
      ),
    ],
    ['something else', custom('  README: |\n    Ask the network team.\n  db.corp: |\n    $ORIGIN corp.example.\n')],
    [
      'another name for something else',
      configMap('name: custom-coredns, namespace: kube-system', '  names: |\n    10.0.0.1 a\n'),
    ],
    ['another name altogether', configMap('name: corp-dns, namespace: kube-system', `  ${server}`)],
  ])('is left alone: %s', async (_, text) => {
    expect(await found(text)).toEqual([])
  })

  it('tells keys with other endings that hold what CoreDNS would read', async () => {
    const said = async (data: string) => (await found(custom(data))).map((one) => one.replace(/ [|'"].*$/s, ''))
    expect(await said('  my.conf: |\n    # why\n    log\n')).toEqual(['custom-configmap-key warning'])
    expect(await said(`  ${server.replace('corp.server', 'corp')}`)).toEqual(['custom-configmap-key warning'])
    expect(await said('  a.overrides: |\n    rewrite name a b\n')).toEqual(['custom-configmap-key warning'])
  })

  it('is silent where a Corefile of the run imports the key', async () => {
    const root = configMap(
      'name: coredns, namespace: kube-system',
      '  Corefile: |\n    .:53 {\n        whoami\n        import custom/*.conf\n    }\n',
    )
    expect(await found(root, custom('  my.conf: |\n    log\n'))).toEqual([])
  })

  it('tells another namespace and another name, unless a workload mounts it', async () => {
    const elsewhere = custom(`  ${server}`, 'name: coredns-custom, namespace: dns')
    const renamed = custom(`  ${server}`, 'name: custom-coredns, namespace: kube-system')
    const workload = (namespace: string, name: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: coredns, namespace: ${namespace}}\nspec: {template: {spec: {containers: [{name: c, image: coredns, volumeMounts: [{name: v, mountPath: /c}]}], volumes: [{name: v, configMap: {name: ${name}}}]}}}\n`
    expect(await found(elsewhere)).toEqual(['custom-configmap-name warning c'])
    expect(await found(renamed)).toEqual(['custom-configmap-name warning |'])
    expect(await found(`${elsewhere}---\n${workload('dns', 'coredns-custom')}`)).toEqual([])
    expect(await found(`${renamed}---\n${workload('kube-system', 'custom-coredns')}`)).toEqual([])
  })
})
