import type { ManifestNode } from '../sources/manifest.ts'
import { operatorDnsIn } from '../sources/openshift-dns.ts'
import { recognise } from '../sources/recognise.ts'
import type { CorefileSource } from '../sources/source.ts'

/** The file that a migration goes into. */
export type MigrationTarget = {
  readonly path: string
  readonly file: string
} & (
  | { readonly kind: 'corefile'; readonly source: CorefileSource }
  /** The resource from which OpenShift's operator writes the Corefile. */
  | { readonly kind: 'operator'; readonly object: ManifestNode }
)

/** Finds the one Corefile in a text, or the resource of OpenShift's operator; `error` says why it holds none to go into. */
export async function targetIn(path: string, text: string): Promise<MigrationTarget | { readonly error: string }> {
  const [object, ...others] = operatorDnsIn(text)
  if (others.length > 0)
    return { error: `${path} holds ${others.length + 1} DNS resources of OpenShift: give a file with one` }
  if (object !== undefined) return { kind: 'operator', path, file: text, object }
  const { sources } = await recognise([{ path, text }])
  const corefiles = sources.filter((source) => source.kind === 'corefile')
  const found =
    corefiles.length > 1
      ? corefiles.filter(({ role, embedded }) => role === 'coredns' && embedded?.kind !== 'fragment')
      : corefiles
  const [source] = found
  if (source === undefined) return { error: `${path} holds no Corefile to go into` }
  const key = source.embedded?.key ?? ''
  if (source.embedded?.kind === 'fragment' || /\.(?:server|override)$/.test(key)) {
    const whole = 'give the whole one (ConfigMap coredns), into which it is imported'
    return { error: `${path} holds ${key}, a part of a Corefile: ${whole}` }
  }
  if (found.length > 1) {
    const names = found.map(({ name }) => name).join(', ')
    return { error: `${path} holds ${found.length} Corefiles (${names}): give a file with one` }
  }
  if (source.embedded?.document.namespace === 'openshift-dns') {
    const resource = 'give its resource (oc get dns.operator/default -o yaml)'
    return { error: `${path} holds what the DNS operator of OpenShift writes, and writes again: ${resource}` }
  }
  return { kind: 'corefile', path, file: text, source }
}
