import type { InnerText } from '../embed/inner-text.ts'
import type { ConfigMapObject, SourceFiles, SourceText } from './source.ts'
import type { PodContainer, PodSpec } from './workload.ts'

/**
 * The files of a container that come from ConfigMaps, and behind them those that `others` knows. `find` gives the ConfigMap of a
 * name in the pod's namespace.
 */
export function mountedFiles(
  pod: PodSpec,
  container: PodContainer,
  find: (name: string) => ConfigMapObject | undefined,
  others?: SourceFiles,
): SourceFiles {
  const files = new Map<string, SourceText>()
  const directories = new Map<string, string[]>()
  for (const mount of container.mounts) {
    const root = withoutFinalSlash(mount.path)
    for (const volume of pod.volumes) {
      if (volume.name !== mount.volume) continue
      const map = find(volume.configMap)
      if (!map) continue
      const items = volume.items ?? [...map.entries.keys()].map((key) => ({ key, path: key }))
      for (const { key, path } of items) {
        const text = map.entries.get(key)
        if (!text) continue
        if (mount.subPath === undefined) add(files, directories, `${root}/${path}`, map.path, text)
        else if (mount.subPath === path) add(files, directories, root, map.path, text)
        else if (path.startsWith(`${mount.subPath}/`)) {
          add(files, directories, `${root}/${path.slice(mount.subPath.length + 1)}`, map.path, text)
        }
      }
    }
  }
  return {
    read: (path) => files.get(withoutFinalSlash(path)) ?? others?.read(path),
    list: (directory) => directories.get(withoutFinalSlash(directory)) ?? others?.list(directory),
  }
}

function add(
  files: Map<string, SourceText>,
  directories: Map<string, string[]>,
  path: string,
  outer: string,
  text: InnerText,
): void {
  files.set(path, { path: outer, text })
  const slash = path.lastIndexOf('/')
  const directory = path.slice(0, slash)
  const names = directories.get(directory)
  if (names) names.push(path.slice(slash + 1))
  else directories.set(directory, [path.slice(slash + 1)])
}

function withoutFinalSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path
}
