import { externalPlugin } from '../../grammar/external-plugins.ts'
import { NEWEST } from '../../grammar/releases.ts'
import { loadClusterObjects } from '../lint/cluster/cluster.ts'
import type { ClusterObject } from '../lint/cluster/objects.ts'
import type { LintResult } from '../lint/result.ts'
import { findUnits } from '../lint/units.ts'
import type { CorefileUnit } from '../lint/workspace.ts'
import { listed } from '../report/words.ts'
import type { Directive } from '../syntax/tree.ts'
import { FileLines } from '../text/file-lines.ts'
import { visible } from '../text/width.ts'
import { isIp } from '../values/ip.ts'
import type { Prepared } from './prepare.ts'

/** Something that files say, and the places where they do: `deploy/coredns.yaml:12`. */
interface Sight {
  readonly value: string
  readonly places: string[]
}

/** More places than this are not named. */
const mostPlaces = 3

const schemaUrl = 'https://raw.githubusercontent.com/corefile/corefile/main/schema/corefile-config.schema.json'

/**
 * The text of a first `.corefile.yaml` for these files: what they say themselves is filled in, with the place, the rest stands there as
 * a comment to be taken up.
 */
export async function firstConfiguration(prepared: Prepared, result: LintResult): Promise<string> {
  const { files, options } = prepared
  const found = await Promise.all(files.map(findUnits))
  const units = found.flatMap((file) => file.units)
  const cluster = await loadClusterObjects([...files, ...(options.around ?? [])], units)
  const texts = new Map([...files, ...(options.around ?? [])].map(({ path, text }) => [path, text]))
  const lines = new FileLines((path) => texts.get(path))

  const domains: Sight[] = []
  const plugins: Sight[] = []
  for (const unit of units) {
    for (const directive of directivesOf(unit)) {
      const { name, parts } = directive
      const here = lines.nameOf({ path: unit.path, range: unit.toOuter(name.range) })
      if (externalPlugin(name.value) !== null) note(plugins, name.value, here)
      const zones = parts.flatMap((part) => (part.kind === 'argument' ? [part.value.replace(/\.$/, '')] : []))
      const zone = zones.find((one) => isClusterDomain(one))
      if (name.value === 'kubernetes' && zone !== undefined) note(domains, zone.toLowerCase(), here)
    }
  }
  const services = cluster.services
    .filter(isDnsService)
    .map(({ clusterIps }): Sight[] =>
      clusterIps
        .filter(({ value }) => isIp(value))
        .map(({ value, path, range }) => ({ value, places: [lines.nameOf({ path, range })] })),
    )
  const parts = [
    heading,
    releasePart(result),
    domainPart(domains),
    addressPart(services.filter((own) => own.length > 0)),
    pluginPart(plugins),
    ending,
  ]
  return parts.join('\n')
}

const heading = `# yaml-language-server: $schema=${schemaUrl}
# What corefile judges by. Every key may be missing; corefile lint --print-config FILE shows what counts for a file.
`

const ending = `# How grave findings are to you: error, warning, info or off. corefile rules lists the rules.
# rules:
#   forward-loop: warning

# What differs for some files; patterns are those of .gitignore, and of several that match the last one counts.
# overrides:
#   - files: [clusters/old/]
#     coredns: 1.9.3

# Files that are not checked.
# ignore:
#   - vendor/
`

function releasePart(result: LintResult): string {
  const sights: Sight[] = []
  for (const { path, corefiles } of result.files) {
    for (const { target } of corefiles) {
      if (target.from === 'assumed') note(sights, 'assumed', path)
      else note(sights, target.coredns, target.from.replace(/^(image|add-on) /, 'the $1 in '))
    }
  }
  const assumed = sights.find(({ value }) => value === 'assumed')
  const told = sights.filter((sight) => sight !== assumed)
  const lines = [
    '# The CoreDNS release to judge by: 1.12.0, 1.12 (its newest patch), or a range such as ">=1.11 <1.13";',
    '# or the Kubernetes release whose kubeadm installs it, as kubernetes: 1.33. It counts before what images say.',
    ...told.map((sight) => `# ${sight.value} is what ${places(sight)} says; that needs no line here.`),
    ...(assumed === undefined ? [] : [`# Nothing says it of ${places(assumed)}: the newest is assumed.`]),
    `# coredns: ${told[0]?.value ?? NEWEST}`,
  ]
  return `${lines.join('\n')}\n`
}

function domainPart(domains: readonly Sight[]): string {
  const why = '# The DNS domain of the cluster.'
  const [only] = domains
  if (only === undefined || domains.length > 1)
    return `${[why, ...several(domains), '# clusterDomain: cluster.local'].join('\n')}\n`
  return `${why}\nclusterDomain: ${quoted(only.value)}  # ${places(only)}\n`
}

/** Services of several clusters are told apart by a person. */
function addressPart(services: readonly (readonly Sight[])[]): string {
  const why = '# The address of the cluster DNS Service; pods send their queries there.'
  const [only = []] = services
  const values = only.map(({ value }) => quoted(value))
  if (services.length !== 1) return `${[why, ...several(services.flat()), '# clusterDnsIP: 10.96.0.10'].join('\n')}\n`
  const value = values.length === 1 ? values[0] : `[${values.join(', ')}]`
  return `${why}\nclusterDnsIP: ${value}  # ${places({ places: only.flatMap((one) => one.places) })}\n`
}

function pluginPart(plugins: readonly Sight[]): string {
  const why = '# Plugins of your own build that CoreDNS does not come with.'
  if (plugins.length === 0) return `${why}\n# externalPlugins: [fanout]\n`
  const lines = plugins.map((sight) => `#   ${sight.value}: ${places(sight)}`)
  return `${[why, ...lines].join('\n')}\nexternalPlugins: [${plugins.map(({ value }) => quoted(value)).join(', ')}]\n`
}

function several(sights: readonly Sight[]): string[] {
  return sights.map((sight) => `# ${visible(sight.value)}: ${places(sight)}`)
}

function note(sights: Sight[], value: string, place: string): void {
  const own = sights.find((sight) => sight.value === value)
  if (own === undefined) sights.push({ value, places: [place] })
  else if (!own.places.includes(place)) own.places.push(place)
}

function places({ places: seen }: Pick<Sight, 'places'>): string {
  const all = [...new Set(seen)]
  const rest = all.length > mostPlaces ? [`${all.length - mostPlaces} more`] : []
  return visible(listed([...all.slice(0, mostPlaces), ...rest]))
}

function quoted(value: string): string {
  return /^[a-z0-9][\w.-]*$/i.test(value) ? value : JSON.stringify(value)
}

/** The directives of all server blocks and snippets, or those of a fragment. */
function directivesOf({ tree, isFragment }: CorefileUnit): Directive[] {
  if (isFragment) return []
  return tree.items.flatMap((item) =>
    item.kind === 'import' ? [] : item.items.flatMap((one) => (one.kind === 'directive' ? [one] : [])),
  )
}

function isClusterDomain(zone: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(zone) && !/\.arpa$/i.test(zone)
}

/** The names under which distributions install it. */
const dnsServices = new Set(['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns'])

function isDnsService({ name, namespace }: ClusterObject): boolean {
  return dnsServices.has(name?.value ?? '') && (namespace?.value ?? 'kube-system') === 'kube-system'
}
