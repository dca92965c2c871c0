import { aliasSources, hostsSources, kubeDnsSources } from './cluster-sources.ts'
import { dnsmasqSources } from './dnsmasq-sources.ts'
import { runningKubeDnsSources } from './kube-dns-sources.ts'
import type { SourceCase } from './source-case.ts'

/** All generated sources, the same every time. */
export function sourceCases(): readonly SourceCase[] {
  return [...dnsmasqSources(), ...kubeDnsSources(), ...runningKubeDnsSources(), ...aliasSources(), ...hostsSources()]
}
