import type { PluginModel } from '../model.ts'
import { transparent } from './transparent.ts'

/** The models of all plugins that have one, by directive. */
export const models: ReadonlyMap<string, PluginModel> = new Map([
  ...[
    'bufsize',
    'cancel',
    'dnstap',
    'errors',
    'geoip',
    'loadbalance',
    'log',
    'loop',
    'metadata',
    'nsid',
    'prometheus',
    'trace',
    'tsig',
    'view',
  ].map((name) => [name, transparent] as const),
])
