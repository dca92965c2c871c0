import { programOf } from '../../../grammar/program.ts'
import { isPluginOf } from '../../../grammar/releases.ts'
import { fileText } from '../../../src/embed/inner-text.ts'
import { expand } from '../../../src/expand/expand.ts'
import { createCoreDns } from '../../../src/resolver/coredns/server.ts'
import type { Decider } from '../../../src/resolver/decision.ts'
import { createDnsmasq } from '../../../src/resolver/dnsmasq/dnsmasq.ts'
import { queryFor } from '../../../src/resolver/query.ts'
import type { DnsmasqVersion } from '../../../src/sources/dnsmasq.ts'
import { readDnsmasqCommandLine } from '../../../src/sources/dnsmasq-reader.ts'
import { OptionText } from '../../../src/sources/dnsmasq-text.ts'
import { readServers } from '../../../src/verdict/servers.ts'
import { ServersView } from '../../../src/verdict/servers-view.ts'
import { objectsOf } from '../live/kubernetes-api.ts'
import { cluster } from './cluster.ts'
import { type Configuration, fillIn, MODEL_PLACES, type Question } from './configuration.ts'

/**
 * The model of CoreDNS with a configuration, which sees the files and the cluster that the real one sees; without the objects of the
 * cluster where `isSymbolic`.
 */
export function coreDnsModel({ text, files }: Configuration, release: string, isSymbolic = false): Decider {
  const program = programOf(release)
  const configuration = expand(fillIn(text, MODEL_PLACES), {
    release,
    isDirective: (name) => isPluginOf(release, name),
    placeholders: 'literal',
  })
  const servers = new ServersView(configuration, readServers(configuration, release).served, program)
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [`${MODEL_PLACES.files}/${path}`, fillIn(content, MODEL_PLACES)]),
  )
  return createCoreDns({
    servers,
    path: 'Corefile',
    files: [...texts.keys()],
    fileText: (path) => texts.get(path) ?? (path === '/dev/null' ? '' : undefined),
    ...(isSymbolic ? {} : { services: objectsOf(cluster) }),
    localAddresses: [],
  })
}

/** The model of dnsmasq with options on its command line, which sees the files that the real one sees. */
export function dnsmasqModel({ text, files }: Configuration, version: string): Decider {
  const given = new Map(
    Object.entries(files).map(([path, content]): [string, string] => [`${MODEL_PLACES.files}/${path}`, content]),
  )
  const words = fillIn(text, MODEL_PLACES)
    .trimEnd()
    .split('\n')
    .map((word) => ({ text: OptionText.copied(fileText(word), { start: 0, end: word.length }), unresolved: [] }))
  const line = { path: 'dnsmasq', name: 'dnsmasq', range: { start: 0, end: 0 }, words }
  const configuration = readDnsmasqCommandLine(line, {
    read(path) {
      const content = given.get(path)
      return content === undefined ? undefined : { path, text: fileText(content) }
    },
    list: () => undefined,
  })
  return createDnsmasq({ configuration, version: version as DnsmasqVersion })
}

/** A question as a model gets it. */
export function queryOf({ name, type, class: asked, client = '127.0.0.1', server = '127.0.0.1' }: Question) {
  return queryFor(name, type, { class: asked ?? 'IN', client, server: { address: server, port: 53 } })
}
