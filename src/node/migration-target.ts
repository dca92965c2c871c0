import type { ManifestNode } from '../sources/manifest.ts'
import { operatorDnsIn } from '../sources/openshift-dns.ts'
import { recognise } from '../sources/recognise.ts'
import type { CorefileSource } from '../sources/source.ts'
import { readGiven } from './given-file.ts'
import { withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** The file that a migration goes into. */
export type MigrationTarget = {
  /** With slashes. */
  readonly path: string
  readonly file: string
} & (
  | { readonly kind: 'corefile'; readonly source: CorefileSource }
  /** The resource from which OpenShift's operator writes the Corefile. */
  | { readonly kind: 'operator'; readonly object: ManifestNode }
)

/** Finds the one Corefile in a file, or the resource of OpenShift's operator. Throws a WrongUsage where there is none to go into. */
export async function targetOf(path: string, cwd: string): Promise<MigrationTarget> {
  const read = readGiven(path, cwd)
  if (!read.isUtf8) throw new WrongUsage(`${path} is not UTF-8: it is never written`)
  const shown = withSlashes(path)
  const [object, ...others] = operatorDnsIn(read.text)
  if (others.length > 0)
    throw new WrongUsage(`${path} holds ${others.length + 1} DNS resources of OpenShift: give a file with one`)
  if (object !== undefined) return { kind: 'operator', path: shown, file: read.text, object }
  const { sources } = await recognise([{ path: shown, text: read.text }])
  const corefiles = sources.filter((source) => source.kind === 'corefile')
  const found =
    corefiles.length > 1
      ? corefiles.filter(({ role, embedded }) => role === 'coredns' && embedded?.kind !== 'fragment')
      : corefiles
  const [source] = found
  if (source === undefined) throw new WrongUsage(`${path} holds no Corefile to go into`)
  const key = source.embedded?.key ?? ''
  if (source.embedded?.kind === 'fragment' || /\.(?:server|override)$/.test(key))
    throw new WrongUsage(
      `${path} holds ${key}, a part of a Corefile: give the whole one (ConfigMap coredns), into which it is imported`,
    )
  if (found.length > 1)
    throw new WrongUsage(
      `${path} holds ${found.length} Corefiles (${found.map(({ name }) => name).join(', ')}): give a file with one`,
    )
  return { kind: 'corefile', path: shown, file: read.text, source }
}
