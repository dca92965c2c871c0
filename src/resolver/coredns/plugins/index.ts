import type { PluginModel } from '../model.ts'
import { forward, grpc } from './forward.ts'
import { hosts } from './hosts.ts'
import { kubernetes } from './kubernetes.ts'
import { transparent } from './transparent.ts'

/** The models of all plugins that have one, by directive. */
export const models: ReadonlyMap<string, PluginModel> = new Map([
  ['bufsize', transparent],
  ['cancel', transparent],
  ['dnstap', transparent],
  ['errors', transparent],
  ['forward', forward],
  ['geoip', transparent],
  ['grpc', grpc],
  ['hosts', hosts],
  ['kubernetes', kubernetes],
  ['loadbalance', transparent],
  ['log', transparent],
  ['loop', transparent],
  ['metadata', transparent],
  ['nsid', transparent],
  ['prometheus', transparent],
  ['trace', transparent],
  ['tsig', transparent],
  ['view', transparent],
])
