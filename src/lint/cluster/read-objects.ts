import type { ManifestValue } from '../../embed/manifest-value.ts'
import { byteLength } from '../../values/text.ts'
import type { ClusterObject, ClusterRole, ClusterRoleBinding, ConfigMap, ConfigMapEntry, Service } from './objects.ts'
import { StatedReader } from './place.ts'

/** Reads an object's name and where it stands; `kind` where an object is an item of a list that says so for it. */
export function readObject(path: string, manifest: ManifestValue, kind: string): ClusterObject {
  const stated = new StatedReader(path)
  const metadata = manifest.get('metadata')
  return {
    ...stated.place(manifest),
    kind,
    apiVersion: manifest.get('apiVersion')?.text,
    name: stated.text(metadata?.get('name')),
    namespace: stated.text(metadata?.get('namespace')),
    manifest,
  }
}

/** Reads what a Service says. */
export function readService(object: ClusterObject): Service {
  const stated = new StatedReader(object.path)
  const spec = object.manifest.get('spec')
  const several = stated.texts(spec?.get('clusterIPs'))
  const one = stated.text(spec?.get('clusterIP'))
  return {
    ...object,
    type: spec?.get('type')?.text ?? 'ClusterIP',
    clusterIps: several.length > 0 || one === null ? several : [one],
    selector: stated.map(spec?.get('selector')),
    ports: (spec?.get('ports')?.items() ?? []).map((port) => ({
      ...stated.place(port),
      name: stated.text(port.get('name')),
      port: stated.number(port.get('port')),
      targetPort: stated.text(port.get('targetPort')),
      protocol: port.get('protocol')?.text ?? 'TCP',
    })),
  }
}

/** Reads what a ClusterRole allows. */
export function readClusterRole(object: ClusterObject): ClusterRole {
  const stated = new StatedReader(object.path)
  const rules = (object.manifest.get('rules')?.items() ?? []).map((rule) => ({
    ...stated.place(rule),
    apiGroups: stated.texts(rule.get('apiGroups')),
    resources: stated.texts(rule.get('resources')),
    verbs: stated.texts(rule.get('verbs')),
  }))
  return { ...object, rules }
}

/** Reads who has a ClusterRole. */
export function readClusterRoleBinding(object: ClusterObject): ClusterRoleBinding {
  const stated = new StatedReader(object.path)
  const subjects = (object.manifest.get('subjects')?.items() ?? []).map((subject) => ({
    kind: subject.get('kind')?.text ?? '',
    name: subject.get('name')?.text ?? '',
    namespace: subject.get('namespace')?.text,
  }))
  return { ...object, roleName: stated.text(object.manifest.get('roleRef')?.get('name')), subjects }
}

/** Reads the keys and the size of a ConfigMap. */
export function readConfigMap({ manifest, name, namespace, path, range }: ClusterObject): ConfigMap {
  const data = new Map<string, ConfigMapEntry>()
  let size = 0
  for (const { key, value } of manifest.get('data')?.entries() ?? []) {
    if (value.text === undefined) continue
    data.set(key, { text: value.text, path, range: value.range })
    size += byteLength(key) + byteLength(value.text)
  }
  for (const { key, value } of manifest.get('binaryData')?.entries() ?? []) {
    size += byteLength(key) + byteLength(value.text ?? '')
  }
  return { path, range, name: name?.value, namespace: namespace?.value, data, size }
}
