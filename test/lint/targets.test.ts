import { describe, expect, it } from 'vitest'
import { NEWEST } from '../../grammar/releases.ts'
import type { TargetOptions } from '../../src/lint/run.ts'
import { configMap, run } from './probes.ts'

const corefile = '. {\n    whoami\n}\n'
const cm = configMap(corefile)

function deployment(image: string, name = 'coredns', namespace = 'kube-system'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  template:
    spec:
      containers:
        - name: dns
          image: ${image}
          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: ${name}}}]
`
}

/** What each Corefile is judged by: `RELEASE[..RELEASE] BUILD from FROM`. */
async function targets(
  files: Readonly<Record<string, string>>,
  { around = {}, ...options }: Partial<TargetOptions> & { readonly around?: Readonly<Record<string, string>> } = {},
): Promise<string[]> {
  const inputs = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([path, text]) => ({ path, text }))
  const { files: results } = await run(inputs(files), [], {
    releases: [NEWEST],
    releasesFrom: 'assumed',
    ...options,
    around: inputs(around),
  })
  return results
    .flatMap(({ corefiles }) => corefiles)
    .map(({ target }) => `${target.releases.join(' ')} ${target.build} from ${target.from}`)
}

const assumed = `${NEWEST} official from assumed`

describe('the release of a Corefile comes from', () => {
  it('nothing: the newest is assumed', async () => {
    expect(await targets({ 'cm.yaml': cm })).toEqual([assumed])
    expect(await targets({ Corefile: corefile, 'd.yaml': deployment('coredns/coredns:1.11.1') })).toEqual([assumed])
  })

  it('the image of the workload that mounts its ConfigMap', async () => {
    const both = `${cm}---\n${deployment('registry.k8s.io/coredns/coredns:v1.11.1')}`
    expect(both.split('\n')[19]).toContain('image:')
    expect(await targets({ 'cm.yaml': both })).toEqual(['1.11.1 official from image cm.yaml:20'])
    const around = { 'app/d.yaml': deployment('rancher/hardened-coredns:v1.10.1-build20230406') }
    expect(await targets({ 'cm.yaml': cm }, { around })).toEqual(['1.10.1 official from image app/d.yaml:9'])
  })

  it('the image in the same machine configuration of Talos', async () => {
    const inline = (text: string) => `    - name: x\n      contents: |\n${text.replace(/^(?=.)/gm, '        ')}`
    const talos = `machine: {}\ncluster:\n  inlineManifests:\n${inline(`---\n${cm}---\n${deployment('coredns/coredns:1.12.1')}`)}`
    const [target = ''] = await targets({ 'talos.yaml': talos })
    const line = Number(/^1\.12\.1 official from image talos\.yaml:(\d+)$/.exec(target)?.[1])
    expect(talos.split('\n')[line - 1]).toContain('image: coredns/coredns:1.12.1')
  })

  it('not from an image without a release', async () => {
    for (const image of ['coredns/coredns', 'coredns/coredns:latest', 'busybox:1.12.0', '"{{ .Values.image }}"'])
      expect(await targets({ 'cm.yaml': `${cm}---\n${deployment(image)}` })).toEqual([assumed])
  })

  it('the image of NodeLocal DNSCache, which has a build of its own', async () => {
    const local = configMap(corefile).replace('name: coredns', 'name: node-local-dns')
    const image = 'registry.k8s.io/dns/k8s-dns-node-cache:1.22.20'
    const text = `${local}---\n${deployment(image, 'node-local-dns').replace('Deployment', 'DaemonSet')}`
    expect(await targets({ 'l.yaml': text })).toEqual(['1.10.0 node-cache 1.22.20 from image l.yaml:20'])
    const unknown = text.replace(':1.22.20', ':9.9.9')
    expect(await targets({ 'l.yaml': unknown })).toEqual([`${NEWEST} node-cache from assumed`])
    const chosen = { releases: ['1.9.4'], releasesFrom: 'flag' }
    expect(await targets({ 'l.yaml': text }, chosen)).toEqual(['1.9.4 node-cache from flag'])
    expect(await targets({ 'l.yaml': text }, { ...chosen, isBuildChosen: true })).toEqual(['1.9.4 official from flag'])
  })

  it('images of several clusters, each for its own', async () => {
    const files = {
      'a/cm.yaml': cm,
      'a/d.yaml': deployment('coredns/coredns:1.8.6'),
      'b/cm.yaml': cm,
      'b/d.yaml': deployment('coredns/coredns:1.9.3'),
      'c/cm.yaml': cm,
    }
    expect(await targets(files)).toEqual([
      '1.8.6 official from image a/d.yaml:9',
      '1.9.3 official from image b/d.yaml:9',
      assumed,
    ])
  })

  it('all images where several workloads mount it', async () => {
    const around = {
      'd.yaml': `${deployment('coredns/coredns:1.9.3')}---\n${deployment('coredns/coredns:1.8.6')}---\n${deployment('coredns/coredns:1.9.3')}`,
    }
    expect(await targets({ 'cm.yaml': cm }, { around })).toEqual([
      '1.8.6 1.9.3 official from image d.yaml:21 and d.yaml:9',
    ])
  })

  it('Helm values beside the servers, or beside a Corefile', async () => {
    const servers = 'servers:\n  - zones: [{zone: .}]\n    plugins: [{name: whoami}]\n'
    const image = 'image:\n  repository: registry.example.org/coredns\n  tag: "1.11.3"\n'
    expect(await targets({ 'values.yaml': image + servers })).toEqual(['1.11.3 official from image values.yaml:3'])
    const tagOnly = image.replace(/ {2}repository.*\n/, '')
    expect(await targets({ 'values.yaml': servers + tagOnly })).toEqual(['1.11.3 official from image values.yaml:5'])
    const own = `corefile: |\n  ${corefile.replaceAll('\n', '\n  ')}\n`
    expect(await targets({ 'values.yaml': own + image })).toEqual(['1.11.3 official from image values.yaml:8'])
    expect(await targets({ 'values.yaml': own + tagOnly })).toEqual([assumed])
    const release = `kind: HelmRelease\nmetadata: {name: dns}\nspec:\n  values:\n${(tagOnly + servers).replace(/^/gm, '    ')}\n`
    expect(await targets({ 'hr.yaml': release })).toEqual(['1.11.3 official from image hr.yaml:6'])
    const chart = `kind: HelmChartConfig\nmetadata: {name: rke2-coredns}\nspec:\n  valuesContent: |-\n${(tagOnly + servers).replace(/^/gm, '    ')}\n`
    expect(await targets({ 'hcc.yaml': chart })).toEqual(['1.11.3 official from image hcc.yaml:6'])
  })

  it('kustomize, which changes the image of the workload', async () => {
    const image = 'registry.k8s.io/coredns/coredns'
    const base = 'resources: [cm.yaml, d.yaml]\n'
    const overlay = (tag: string) => `resources:\n  - ../../base\nimages:\n  - name: ${image}\n    newTag: ${tag}\n`
    const files = { 'k/base/cm.yaml': cm }
    const around = {
      'k/base/d.yaml': deployment(`${image}:v1.8.6`),
      'k/base/kustomization.yaml': base,
      'k/overlays/dev/kustomization.yaml': overlay('v1.12.0'),
    }
    const dev = 'k/overlays/dev/kustomization.yaml:5'
    expect(await targets(files, { around })).toEqual([`1.12.0 official from image ${dev}`])
    const two = { ...around, 'k/overlays/prod/kustomization.yaml': overlay('v1.11.1') }
    expect(await targets(files, { around: two })).toEqual([
      `1.11.1 1.12.0 official from image k/overlays/prod/kustomization.yaml:5 and ${dev}`,
    ])
    const renamed = overlay('v1.12.0').replace('newTag', 'newName: eu.example.org/coredns\n    newTag')
    expect(await targets(files, { around: { ...around, 'k/overlays/dev/kustomization.yaml': renamed } })).toEqual([
      '1.12.0 official from image k/overlays/dev/kustomization.yaml:6',
    ])
    const digest = overlay('x').replace('newTag: x', 'digest: sha256:00')
    expect(await targets(files, { around: { ...around, 'k/overlays/dev/kustomization.yaml': digest } })).toEqual([
      assumed,
    ])
  })

  it('kustomize alone, where the workload is elsewhere', async () => {
    const literal = `resources: [github.com/example/coredns]\nimages: [{name: coredns/coredns, newTag: 1.9.4}]\nconfigMapGenerator:\n  - name: coredns\n    literals: ["Corefile=. {\\n  whoami\\n}\\n"]\n`
    expect(await targets({ 'kustomization.yaml': literal })).toEqual(['1.9.4 official from image kustomization.yaml:2'])
  })

  it('the workload that mounts what kustomize makes of a file', async () => {
    const around = {
      'dns/kustomization.yaml':
        'resources: [d.yaml]\nnamespace: kube-system\nconfigMapGenerator: [{name: coredns, files: [Corefile=conf/prod.corefile]}]\n',
      'dns/d.yaml': deployment('coredns/coredns:1.10.1'),
    }
    expect(await targets({ 'dns/conf/prod.corefile': corefile }, { around })).toEqual([
      '1.10.1 official from image dns/d.yaml:9',
    ])
  })

  it('the version of an EKS add-on', async () => {
    const json = JSON.stringify(JSON.stringify({ corefile }))
    const terraform = `resource "aws_eks_addon" "coredns" {\n  addon_name = "coredns"\n  addon_version = "v1.11.4-eksbuild.2"\n  configuration_values = jsonencode({\n    corefile = ${JSON.stringify(corefile)}\n  })\n}\n`
    const from = (place: string) => [`1.11.4 official from add-on ${place}`]
    expect(await targets({ 'eks.tf': terraform })).toEqual(from('eks.tf:3'))
    const string = terraform.replace(/jsonencode[\s\S]*\}\)/, json)
    expect(await targets({ 'eks.tf': string })).toEqual(from('eks.tf:3'))
    const addOn = `{\n"addonName": "coredns",\n"addonVersion": "v1.11.4-eksbuild.2",\n"configurationValues": ${json}\n}\n`
    expect(await targets({ 'addon.json': addOn })).toEqual(from('addon.json:3'))
    const eksctl = `kind: ClusterConfig\naddons:\n  - name: coredns\n    version: v1.11.4-eksbuild.2\n    configurationValues: ${json}\n`
    expect(await targets({ 'eksctl.yaml': eksctl })).toEqual(from('eksctl.yaml:4'))
    const module = `module "eks" {\n  cluster_addons = {\n    coredns = {\n      addon_version = "v1.11.4-eksbuild.2"\n      configuration_values = jsonencode({ corefile = ${JSON.stringify(corefile)} })\n    }\n  }\n}\n`
    expect(await targets({ 'eks.tf': module })).toEqual(from('eks.tf:4'))
  })

  it('the one image of the same template or Terraform file', async () => {
    const template = `${cm.replace('name: coredns', 'name: {{ .Release.Name }}')}---\n{{- if .Values.on }}\n${deployment('coredns/coredns:1.11.3')}{{- end }}\n`
    expect(await targets({ 't.yaml': template })).toEqual(['1.11.3 official from image t.yaml:21'])
    const two = `${template}---\n${deployment('coredns/coredns:1.11.1')}`
    expect(await targets({ 't.yaml': two })).toEqual([assumed])
    const tf = `resource "kubernetes_config_map" "dns" {\n  data = { Corefile = ${JSON.stringify(corefile)} }\n}\nresource "kubernetes_deployment" "dns" {\n  image = "coredns/coredns:1.11.3"\n  x = "image: busybox:1.0.0"\n  # image = "coredns/coredns:1.1.3"\n}\n`
    expect(await targets({ 'm.tf': tf })).toEqual(['1.11.3 official from image m.tf:5'])
    const compose = `services:\n  dns:\n    image: coredns/coredns:1.11.3 # the newest then\n    configs: [{source: dns, target: /Corefile}]\nconfigs:\n  dns:\n    content: |\n${corefile.replace(/^(?=.)/gm, '      ')}`
    expect(await targets({ 'compose.yaml': compose })).toEqual(['1.11.3 official from image compose.yaml:3'])
  })

  it('the service of Compose that mounts its file', async () => {
    const compose = (source: string) =>
      `services:\n  dns:\n    image: "coredns/coredns:1.11.3"\n    volumes:\n      - ${source}:/etc/coredns:ro\n`
    const judged = (source: string, path = 'stack/docker-compose.yml') =>
      targets({ 'stack/dns/Corefile': corefile }, { around: { [path]: compose(source) } })
    const found = ['1.11.3 official from image stack/docker-compose.yml:3']
    for (const source of ['./dns', './dns/', './dns/Corefile', '.', '../stack/dns'])
      expect(await judged(source)).toEqual(found)
    for (const source of ['./other', './dn', '/etc/dns', '../../dns', 'volume'])
      expect(await judged(source)).toEqual([assumed])
    expect(await judged('./dns', 'stack/other.yml')).toEqual([assumed])
  })

  it('a person first', async () => {
    const text = `${cm}---\n${deployment('coredns/coredns:1.11.1')}`
    const chosen = (releasesFrom: string) => targets({ 'cm.yaml': text }, { releases: ['1.9.4'], releasesFrom })
    expect(await chosen('flag')).toEqual(['1.9.4 official from flag'])
    expect(await chosen('config')).toEqual(['1.9.4 official from config'])
  })
})
