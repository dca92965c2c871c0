import type { PluginModel } from '../model.ts'
import { acl } from './acl.ts'
import { auto } from './auto.ts'
import { autopath } from './autopath.ts'
import { cache } from './cache.ts'
import { dns64 } from './dns64.ts'
import { dynupdate, nomad, siit } from './elsewhere.ts'
import { federation } from './federation.ts'
import { file } from './file.ts'
import { forward, grpc, proxy } from './forward.ts'
import { hosts } from './hosts.ts'
import { k8sExternal } from './k8s-external.ts'
import { kubernetes } from './kubernetes.ts'
import { rewrite } from './rewrite.ts'
import { any, chaos, erratic, local, minimal, tsig, whoami } from './small.ts'
import { template } from './template.ts'
import { transparent, view } from './transparent.ts'
import { azure, clouddns, dnssec, etcd, route53, secondary, transfer } from './zones-elsewhere.ts'

/** The models of all plugins that have one, by directive. */
export const models: ReadonlyMap<string, PluginModel> = new Map([
  ['acl', acl],
  ['any', any],
  ['auto', auto],
  ['autopath', autopath],
  ['azure', azure],
  ['bufsize', transparent],
  ['cache', cache],
  ['cancel', transparent],
  ['chaos', chaos],
  ['clouddns', clouddns],
  ['dns64', dns64],
  ['dnssec', dnssec],
  ['dnstap', transparent],
  ['dynupdate', dynupdate],
  ['erratic', erratic],
  ['errors', transparent],
  ['etcd', etcd],
  ['federation', federation],
  ['file', file],
  ['forward', forward],
  ['geoip', transparent],
  ['grpc', grpc],
  ['header', transparent],
  ['hosts', hosts],
  ['k8s_external', k8sExternal],
  ['kubernetes', kubernetes],
  ['loadbalance', transparent],
  ['local', local],
  ['log', transparent],
  ['loop', transparent],
  ['metadata', transparent],
  ['minimal', minimal],
  ['nomad', nomad],
  ['nsid', transparent],
  ['prometheus', transparent],
  ['proxy', proxy],
  ['rewrite', rewrite],
  ['route53', route53],
  ['secondary', secondary],
  ['shed', transparent],
  ['siit', siit],
  ['template', template],
  ['trace', transparent],
  ['transfer', transfer],
  ['tsig', tsig],
  ['view', view],
  ['whoami', whoami],
])
