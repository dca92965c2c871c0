import { describe, expect, it } from 'vitest'
import type { KubeDnsConfigMap } from '../../src/sources/kube-dns.ts'
import { recognise } from '../../src/sources/recognise.ts'
import { at, placesIn } from './places.ts'

async function configMapsIn(...files: readonly (readonly [path: string, text: string])[]): Promise<KubeDnsConfigMap[]> {
  const { sources } = await recognise(files.map(([path, text]) => ({ path, text })))
  return sources.filter((source) => source.kind === 'kube-dns-configmap')
}

function settings({ asIntended: { stubDomains, upstreamNameservers } }: KubeDnsConfigMap): unknown {
  return [
    Object.fromEntries(stubDomains.map(({ domain, servers }) => [domain.value, servers.map(({ written }) => written)])),
    upstreamNameservers.map(({ written }) => written),
  ]
}

function resource(data: string, type = 'kubernetes_config_map'): string {
  return `resource "${type}" "kube_dns" {
  metadata {
    name      = "kube-dns"
    namespace = "kube-system"
  }

${data}
}
`
}

describe('the ConfigMap of kube-dns in Terraform', () => {
  it.each([
    [
      'a heredoc',
      'data = {\n stubDomains = <<EOF\n{"acme.local": ["10.1.0.1", "10.1.0.2:5353"]}\nEOF\n upstreamNameservers = <<-EOT\n    ["192.0.2.53"]\n  EOT\n}',
    ],
    [
      'strings',
      'data = {\n "stubDomains" = "{\\"acme.local\\": [\\"10.1.0.1\\", \\"10.1.0.2:5353\\"]}", upstreamNameservers: "[\\"192.0.2.53\\"]"\n}',
    ],
    [
      'jsonencode',
      'data = {\n stubDomains = jsonencode({\n # ours\n "acme.local" = ["10.1.0.1", "10.1.0.2:5353"],\n })\n upstreamNameservers = jsonencode(["192.0.2.53"]) # theirs\n}',
    ],
    [
      'a block of old',
      'data {\n stubDomains = "{\\"acme.local\\": [\\"10.1.0.1\\", \\"10.1.0.2:5353\\"]}"\n upstreamNameservers = "[\\"192.0.2.53\\"]"\n}',
    ],
  ])('is read as %s, each value at its place', async (_, data) => {
    for (const type of ['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_config_map_v1_data']) {
      const text = resource(data, type)
      const [found, ...others] = await configMapsIn(['main.tf', text])
      expect(others).toEqual([])
      if (found === undefined) throw new Error('nothing found')
      expect(settings(found)).toEqual([{ 'acme.local': ['10.1.0.1', '10.1.0.2:5353'] }, ['192.0.2.53']])
      expect([found.name, found.object.namespace, found.refusals]).toEqual([`${type}.kube_dns`, 'kube-system', []])
      const servers = found.asRunning.stubDomains.flatMap(({ servers: all }) => all)
      for (const { written, range } of [...servers, ...found.asRunning.upstreamNameservers])
        expect(at(text, range)).toBe(written)
      for (const { range } of placesIn(found)) expect(range.end).toBeLessThanOrEqual(text.length)
    }
  })

  it('is read in kubernetes_manifest', async () => {
    const text = `resource "kubernetes_manifest" "dns" {
  manifest = {
    apiVersion = "v1"
    kind       = "ConfigMap"
    metadata = {
      name = "kube-dns"
    }
    data = {
      stubDomains = jsonencode({ corp = ["10.1.0.1"] })
    }
  }
}
`
    const [found] = await configMapsIn(['main.tofu', text])
    expect(found && settings(found)).toEqual([{ corp: ['10.1.0.1'] }, []])
  })

  it.each([
    'jsonencode(var.stubs)',
    'var.stubs',
    '"${jsonencode(var.stubs)}"',
    '<<EOF\n${jsonencode(var.stubs)}\nEOF\n',
    'file("stubs.json")',
    '"{}" + "a"',
  ])('is not guessed at where %s says it', async (value) => {
    const text = resource(`data = {\n stubDomains = ${value}\n upstreamNameservers = "[\\"192.0.2.53\\"]"\n}`)
    const [found] = await configMapsIn(['main.tf', text])
    expect(found?.notUnderstood.map((one) => [one.text, one.why])).toEqual([['stubDomains', 'Terraform writes it']])
    expect(found && settings(found)).toEqual([{}, ['192.0.2.53']])
    expect(at(text, found?.notUnderstood[0]?.range)).toBe(value.trim())
  })

  it('is what kube-dns would refuse, and has keys that it does not read', async () => {
    const [found] = await configMapsIn([
      'main.tf',
      resource('data = {\n stubDomains = jsonencode({ corp = "10.1.0.1" })\n stubdomains = "x"\n}'),
    ])
    expect(found?.refusals.map(({ message }) => message)).toEqual(['the servers of a domain are a list'])
    expect(found?.unknownKeys.map(({ value }) => value)).toEqual(['stubdomains'])
  })

  it('is no other resource, and every other thing is no error', async () => {
    const other = resource('data = {\n other = "kube-dns"\n}').replace('name      = "kube-dns"', 'name = "coredns"')
    for (const text of [
      other,
      'locals {\n data = {\n stubDomains = "{}"\n }\n}\n',
      'resource "x" "y" { data = { stubDomains = {',
      '}}}kube-dns',
    ])
      expect(await configMapsIn(['main.tf', text])).toEqual([])
  })
})

describe('very large files of Terraform', () => {
  it.each([
    ['many resources', `${resource('data = {\n stubDomains = jsonencode({ a = ["1.1.1.1"] })\n}')}`.repeat(3000), 3000],
    ['a long list', resource(`data = {\n upstreamNameservers = jsonencode([${'"a",'.repeat(100_000)}])\n}`), 1],
    [
      'an open bracket after the other',
      `resource "kubernetes_config_map" "a" {\n data = {\n stubDomains = jsonencode(${'['.repeat(100_000)}`,
      1,
    ],
  ])('are read in one go: %s', async (_, text, count) => {
    expect(await configMapsIn(['main.tf', text])).toHaveLength(count)
  })
})

describe('a directory for --config-dir', () => {
  const stubs = '{"acme.local": ["10.1.0.1"]}\n'
  const upstreams = '["192.0.2.53"]'

  it('is one ConfigMap, with a path for each key', async () => {
    const [found, ...others] = await configMapsIn(['dns/stubDomains', stubs], ['dns/upstreamNameservers', upstreams])
    expect(others).toEqual([])
    expect(found && settings(found)).toEqual([{ 'acme.local': ['10.1.0.1'] }, ['192.0.2.53']])
    expect(found?.pathOf).toEqual({
      stubDomains: 'dns/stubDomains',
      upstreamNameservers: 'dns/upstreamNameservers',
      federations: 'dns/stubDomains',
    })
    expect(at(upstreams, found?.asRunning.upstreamNameservers[0]?.range)).toBe('192.0.2.53')
  })

  it('is several where there are several directories', async () => {
    expect(await configMapsIn(['a/stubDomains', stubs], ['b/upstreamNameservers', upstreams])).toHaveLength(2)
  })

  it('counts nothing where one file is refused', async () => {
    const [found] = await configMapsIn(['dns/stubDomains', stubs], ['dns/upstreamNameservers', '["ns.example"]'])
    expect(found?.refusals.map(({ key }) => key)).toEqual(['upstreamNameservers'])
    expect(found?.asRunning.stubDomains).toEqual([])
  })

  it('is known by names and contents together', async () => {
    expect(await configMapsIn(['dns/stubDomains', 'nothing of the kind'], ['dns/other', stubs])).toEqual([])
    expect(await configMapsIn(['dns/federations', 'one=fed.example'])).toHaveLength(1)
    const { nothing } = await recognise([
      { path: 'dns/stubDomains', text: stubs },
      { path: 'dns/upstreamNameservers', text: upstreams },
    ])
    expect(nothing).toEqual([])
  })

  it('is read as the release of the kube-dns beside it does', async () => {
    const image = 'k8s.gcr.io/k8s-dns-kube-dns:1.14.8'
    const pod = `kind: Pod\nmetadata: {name: kube-dns}\nspec:\n  containers:\n  - name: kubedns\n    image: ${image}\n`
    const [found] = await configMapsIn(['dns/upstreamNameservers', '["192.0.2.53:5353"]'], ['pod.yaml', pod])
    expect(found?.refusals).toHaveLength(1)
  })
})
