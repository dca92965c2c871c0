import { fileText } from '../embed/inner-text.ts'
import type { KubeDnsConfigMap } from './kube-dns.ts'
import { isKubeDnsKey, type KubeDnsEntry, readKubeDnsSettings } from './kube-dns-configmap.ts'
import type { KubeDnsTag } from './kube-dns-servers.ts'

/** A file of a directory. */
interface FileText {
  readonly path: string
  readonly text: string
}

/** Whether a file is one of those that `--config-dir` of kube-dns names a directory of: by its name, and by what is in it. */
function isKubeDnsFile({ path, text }: FileText): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!isKubeDnsKey(name)) return false
  if (text.trim() === '') return true
  return name === 'federations' ? /^\s*(?:\{|[^\s=,]+=)/.test(text) : /^\s*(?:[[{"]|null\b)/.test(text)
}

/** For each of the files that are such the ones of its directory, itself among them. */
export function kubeDnsDirectories(files: readonly FileText[]): ReadonlyMap<string, readonly FileText[]> {
  const folderOf = ({ path }: FileText) => path.slice(0, path.lastIndexOf('/') + 1)
  const groups = Map.groupBy(files.filter(isKubeDnsFile), folderOf)
  return new Map([...groups.values()].flatMap((group) => group.map((file) => [file.path, group] as const)))
}

/** The settings in a directory with a file for each key, as a ConfigMap is mounted for `--config-dir` (pkg/dns/config/sync_dir.go). */
export function readKubeDnsDirectory(files: readonly FileText[], tag?: KubeDnsTag): KubeDnsConfigMap {
  const entries = files.map(({ path, text }): KubeDnsEntry => {
    const range = { start: 0, end: text.length }
    const key = path.slice(path.lastIndexOf('/') + 1)
    return { key, path, keyRange: range, range, text: fileText(text), writer: undefined }
  })
  const [first] = files
  const path = first?.path ?? ''
  return readKubeDnsSettings(
    {
      path,
      name: path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.',
      range: { start: 0, end: first?.text.length ?? 0 },
      object: { apiVersion: undefined, kind: 'ConfigMap', name: undefined, namespace: undefined },
      entries,
      problems: [],
    },
    tag,
  )
}
