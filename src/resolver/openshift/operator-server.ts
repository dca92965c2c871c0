import { type OpenShiftRelease, openShiftOf } from '../../../grammar/openshift.ts'
import { programOf } from '../../../grammar/program.ts'
import { NEWEST } from '../../../grammar/releases.ts'
import { expand } from '../../expand/expand.ts'
import type { OperatorDns } from '../../sources/operator-dns.ts'
import { judge } from '../../verdict/judge.ts'
import { ServersView } from '../../verdict/servers-view.ts'
import { createCoreDns } from '../coredns/server.ts'
import type { Decider } from '../decision.ts'
import { operatorCorefile } from './operator-corefile.ts'

/** What its places are called: the Corefile is in the cluster alone. */
const PATH = 'Corefile of the operator'

/** The CoreDNS of a release of OpenShift, with what its operator writes for a resource. */
export function operatorServer(dns: OperatorDns, openshift: OpenShiftRelease): Decider {
  const found = openShiftOf(openshift)
  const release = 'error' in found ? NEWEST : found.release
  const program = programOf(release)
  const { corefile } = operatorCorefile(dns, openshift)
  const configuration = expand(corefile, { release, isDirective: (name) => program.has(name) })
  const servers = new ServersView(configuration, judge(configuration, { release }).served, program)
  return createCoreDns({ servers, path: PATH })
}
