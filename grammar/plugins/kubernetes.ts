import { labelSelectorError } from '../../src/values/label-selector.ts'
import { reverseVersion } from '../../src/values/reverse.ts'
import { parseUrl } from '../../src/values/url.ts'
import { zonesOf } from '../../src/values/zone.ts'
import {
  any,
  duration,
  file,
  float,
  integer,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  many,
  one,
  oneOf,
  optional,
  origin,
  plugin,
  property,
  since,
  text,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirk, Quirks, ReadOccurrence, Setup, Word } from '../setup.ts'
import { transferTo, transferToProperty, upstreamProperty } from '../zone-properties.ts'

const labels = 'a label selector such as `app=web,tier in (a, b)`'

export default plugin('kubernetes', {
  source: 'plugin/kubernetes/setup.go ParseStanza',
  about:
    'Answers names of Services and their endpoints from the API of Kubernetes, for ZONES, or for the zones of the block where none stand. A name in them that the cluster does not have is NXDOMAIN, unless `fallthrough` passes it on.',
  aboutProperties: {
    endpoint:
      'The URL of the API server, for a CoreDNS that does not run in the cluster. Without it the service account of its pod is used.',
    tls: 'Client certificate, key and CA for `endpoint`.',
    kubeconfig:
      'Reaches the API server as this file says, with CONTEXT or the one that is current in it. It outweighs `endpoint`.',
    apiserver_qps: 'Most requests a second to the API server.',
    apiserver_burst: 'How many requests may exceed `apiserver_qps` for a moment.',
    apiserver_max_inflight: 'Most requests to the API server that are under way at once.',
    namespaces: 'Only these namespaces are answered for; without it all are.',
    labels: 'Only objects with these labels are answered for.',
    namespace_labels: 'Only namespaces with these labels are answered for.',
    pods: "Names made of a pod's address, such as 10-0-0-1.default.pod.cluster.local. `disabled` answers NXDOMAIN, `insecure` gives back the address in the name without looking, `verified` answers where such a pod exists and watches all pods for it.",
    endpoint_pod_names: 'Endpoints without a host name are called after their pod, not after their address.',
    ttl: 'The TTL of its answers, in seconds; 0 keeps them out of caches.',
    noendpoints: 'Does not watch endpoints: headless Services and names of endpoints are NXDOMAIN.',
    zonal:
      'Headless Services also answer for one topology zone: ZONE.pin._zone.SERVICE... gives endpoints of that zone alone, ZONE.prefer._zone.SERVICE... all of them where that zone has none.',
    fallthrough:
      'Names that the cluster does not have go on to the next plugin, in all its zones or only in those named. Without it they are NXDOMAIN.',
    ignore:
      '`empty_service`: a Service without a ready endpoint is NXDOMAIN, as if it did not exist, so that the search list of the client goes on.',
    multicluster: 'Zones of the Multi-Cluster Services API. They must be among those that this plugin answers for.',
    startup_timeout:
      'How long the start waits for the objects of the cluster. After that CoreDNS serves without them and answers SERVFAIL for what it does not know yet.',
  },
  occurrences: since({ '1.0.0': 'each', '1.0.6': 'once' }),
  line: line(any('ZONES', origin())),
  properties: {
    endpoint: property({ line: line(many('URL')) }),
    tls: property({ line: line(one('CERT'), one('KEY'), one('CA')) }),
    kubeconfig: property({
      since: '1.2.3',
      line: since({
        '1.2.3': line(one('FILE'), one('CONTEXT')),
        '1.8.2': line(one('FILE'), optional('CONTEXT')),
      }),
    }),
    apiserver_qps: property({ since: '1.14.0', line: line(one('QPS', float({ min: 0, bits: 32 }))) }),
    apiserver_burst: property({ since: '1.14.0', line: line(one('BURST', integer({ min: 0 }))) }),
    apiserver_max_inflight: property({ since: '1.14.0', line: line(one('MAX', integer({ min: 0 }))) }),
    namespaces: property({ line: line(many('NAMESPACE')), repeat: 'adds' }),
    labels: property({ line: line(many('EXPRESSION', text())), quirk: 'label-selector' }),
    namespace_labels: property({
      since: '1.5.0',
      line: line(many('EXPRESSION', text())),
      quirk: 'label-selector',
    }),
    pods: property({ line: line(one('POD-MODE', oneOf('disabled', 'insecure', 'verified'))), default: 'disabled' }),
    endpoint_pod_names: property(),
    ttl: property({
      line: since({
        '1.0.0': lineIgnoringRest(one('SECONDS', integer({ min: 5, max: 3600 }))),
        '1.3.0': lineIgnoringRest(one('SECONDS', integer({ min: 0, max: 3600 }))),
      }),
      default: '5',
    }),
    noendpoints: property({ since: '1.0.6' }),
    zonal: property({ since: '1.14.7' }),
    fallthrough: property({ line: since({ '1.0.0': line(), '1.0.3': line(any('ZONES', origin())) }) }),
    ignore: property({
      since: '1.1.3',
      line: lineIgnoringRest(optional('WHAT', oneOf('empty_service'))),
    }),
    multicluster: property({ since: '1.12.2', line: line(any('ZONES', origin())) }),
    startup_timeout: property({ since: '1.12.3', line: lineIgnoringRest(one('DURATION', duration())), default: '5s' }),
    resyncperiod: property({
      until: '1.7.0',
      deprecated: '1.5.0',
      ignored: '1.6.0',
      instead: '',
      line: since({ '1.0.0': lineIgnoringRest(one('DURATION', duration())), '1.6.0': lineLeavingRest() }),
    }),
    upstream: upstreamProperty('1.0.6', { until: '1.7.0' }),
    transfer: transferToProperty('1.0.6'),
  },
  afterOccurrence: 'connection-and-zones',
})

/** ParseStanza: the words of the line, joined, are one selector (apimachinery ParseToLabelSelector). */
const labelSelector: Quirk = (setup) => {
  const name = setup.word
  const words = setup.remainingArgs()
  const [first] = words
  if (first === undefined) {
    setup.report('argument-count', { at: name, property: name.value, expected: 'EXPRESSION...' })
    return
  }
  if (words.some(({ known }) => !known)) return
  const message = labelSelectorError(words.map(({ value }) => value).join(' '), setup.release)
  if (message !== null) setup.report('invalid-value', { at: first, property: name.value, expected: labels, message })
}

const connectionAndZones: OccurrenceQuirk = (setup, occurrence) => {
  checkZones(setup, occurrence)
  checkEndpoints(setup, occurrence)
  checkNamespaces(setup, occurrence)
  if (setup.since('1.12.2')) checkMulticluster(setup, occurrence)
  checkZonal(setup, occurrence)
  checkConnection(setup, occurrence)
}

/** ParseStanza: one of the zones must not be a reverse zone. */
function checkZones(setup: Setup, { name, args }: ReadOccurrence): void {
  if (args.some(({ known }) => !known)) return
  const zones = args.length === 0 ? setup.zones : args.flatMap((word) => zonesOfWord(word, setup))
  if (zones === null || zones.some((zone) => reverseVersion(zone) === 0)) return
  setup.report('needs', {
    at: args[0] ?? name,
    expected: 'a zone that is no reverse zone, such as `cluster.local`',
    message: 'non-reverse zone name must be used',
  })
}

/** From 1.6.5 to 1.8.3 an unreadable zone became an empty one, which is no reverse zone. */
function zonesOfWord({ value }: Word, setup: Setup): string[] {
  const zones = zonesOf(value, setup.release)
  return zones.length === 0 && !setup.since('1.8.4') ? [''] : zones
}

/** ParseStanza (1.3.1 only): several endpoints had to be http. */
function checkEndpoints(setup: Setup, { properties }: ReadOccurrence): void {
  if (!setup.since('1.3.1') || setup.since('1.4.0')) return
  for (const { name, args } of properties) {
    if (name.value !== 'endpoint' || args.length < 2) continue
    const other = args.find(({ value, known }) => known && value.includes('://') && !value.startsWith('http://'))
    if (other === undefined) continue
    setup.report('conflict', {
      at: other,
      property: 'endpoint',
      expected: 'one endpoint, or several that are all http',
      message: `multiple endpoints can only accept http, found: ${other.value}`,
    })
  }
}

function checkNamespaces(setup: Setup, { properties }: ReadOccurrence): void {
  const names = properties.map(({ name }) => name)
  const byLabels = names.find(({ value }) => value === 'namespace_labels')
  if (byLabels === undefined || !names.some(({ value }) => value === 'namespaces')) return
  setup.report('conflict', {
    at: byLabels,
    property: 'namespace_labels',
    message: 'namespaces and namespace_labels cannot both be set',
  })
}

/** ParseStanza: every multicluster zone must be one of the plugin's. */
function checkMulticluster(setup: Setup, { args, properties }: ReadOccurrence): void {
  const last = properties.findLast(({ name }) => name.value === 'multicluster')
  if (last === undefined || [...args, ...last.args].some(({ known }) => !known)) return
  const own = args.length === 0 ? setup.zones : args.flatMap(({ value }) => zonesOf(value, setup.release))
  if (own === null) return
  for (const word of last.args) {
    if (zonesOf(word.value, setup.release).every((zone) => own.includes(zone))) continue
    setup.report('conflict', {
      at: word,
      property: 'multicluster',
      expected: 'a zone that the plugin serves',
      message: `is not authoritative for the multicluster zone ${word.value}`,
    })
  }
}

function checkZonal(setup: Setup, { properties }: ReadOccurrence): void {
  const zonal = properties.find(({ name }) => name.value === 'zonal')
  if (zonal === undefined || !properties.some(({ name }) => name.value === 'noendpoints')) return
  setup.report('conflict', {
    at: zonal.name,
    property: 'zonal',
    message: 'zonal requires the endpoint cache; remove noendpoints',
  })
}

/**
 * plugin/kubernetes/kubernetes.go getClientConfig: a kubeconfig, or an endpoint with the files of `tls`, or, without both, the service
 * account of the pod. Files are opened here; `tls` without an endpoint is never looked at.
 */
function checkConnection(setup: Setup, { properties }: ReadOccurrence): void {
  const lastOf = (property: string): readonly Word[] | undefined =>
    properties.findLast(({ name }) => name.value === property)?.args
  const [configuration, context] = lastOf('kubeconfig') ?? []
  if (configuration !== undefined) {
    if (!configuration.known) return
    if (configuration.value === '') checkContext(setup, configuration, '', context)
    else if (setup.check(file(), configuration, 'kubeconfig'))
      checkContext(setup, configuration, setup.fileText(configuration.value), context)
    return
  }
  const [server] = lastOf('endpoint') ?? []
  if (server === undefined || server.value === '') {
    setup.assume('CoreDNS runs in a pod with a service account')
    return
  }
  // Up to 1.0.5 one word held the endpoints, with commas; up to 1.3.x several went through a proxy of their own.
  const written = setup.since('1.0.6') ? server.value : (server.value.split(',')[0]?.trim() ?? '')
  if (server.known && !isApiServer(written, setup.release)) {
    setup.report('invalid-value', {
      at: server,
      property: 'endpoint',
      expected: 'a URL or `HOST:PORT`',
      message: `host must be a URL or a host:port pair: "${written}"`,
    })
  }
  const [certificate, key, authority] = lastOf('tls') ?? []
  if (certificate === undefined || key === undefined || authority === undefined) return
  if (certificate.known && certificate.value !== '') {
    if (key.known && key.value === '') {
      setup.report('needs', { at: key, property: 'tls', expected: 'the key of the certificate' })
    }
    for (const path of [certificate, key]) if (path.value !== '') setup.check(file(), path, 'tls')
  }
  if (authority.value !== '') setup.check(file(), authority, 'tls')
}

/** client-go clientcmd: a kubeconfig is a mapping, and has the context that is named. Read here are lines as kubectl writes them. */
function checkContext(setup: Setup, path: Word, text: string | null | undefined, context: Word | undefined): void {
  if (typeof text !== 'string' || /^\s*\{/.test(text)) return
  const first = text.split('\n').find((line) => !/^(?:---|%.*|\s*(?:#.*)?)\s*$/.test(line))
  if (first !== undefined && !/^[^:]+:(?:\s|$)/.test(first)) {
    setup.report('invalid-value', { at: path, property: 'kubeconfig', expected: 'a kubeconfig in YAML' })
    return
  }
  if (context === undefined || !context.known || context.value === '') return
  const list = /^contexts:[ \t]*\n((?:[ \t-].*\n)*)/m.exec(`${text}\n`)?.[1] ?? ''
  const names = [...list.matchAll(/^(?:- | {2,}(?:- )?)name:[ \t]*["']?([^"'\n]*?)["']?[ \t]*$/gm)].map(
    ([, name]) => name,
  )
  if (!names.includes(context.value)) {
    const message = `context "${context.value}" does not exist`
    setup.report('invalid-value', { at: context, property: 'kubeconfig', expected: 'a context of that file', message })
  }
}

/** client-go rest DefaultServerURL: what is no URL with a host must be one once a scheme is put in front, and then has no path. */
function isApiServer(server: string, release: string): boolean {
  const url = parseUrl(server, release)
  if (url !== null && url.scheme !== '' && url.host !== '') return true
  const completed = parseUrl(`https://${server}`, release)
  return completed !== null && (completed.path === '' || completed.path === '/')
}

export const quirks: Quirks = {
  lines: { 'label-selector': labelSelector, 'transfer-to': transferTo },
  afterOccurrence: { 'connection-and-zones': connectionAndZones },
}
