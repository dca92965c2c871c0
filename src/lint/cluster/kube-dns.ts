import { fileText } from '../../embed/inner-text.ts'
import type { KubeDnsConfigMap } from '../../sources/kube-dns.ts'
import { readKubeDnsConfigMap } from '../../sources/kube-dns-configmap.ts'
import { ManifestDocument, objectsIn } from '../../sources/manifest.ts'
import type { ObjectDocument } from './documents.ts'

/** The ConfigMaps named kube-dns in documents; `tag` is that of the kube-dns image, the newest when missing. */
export function kubeDnsConfigMapsIn(documents: readonly ObjectDocument[], tag: string | undefined): KubeDnsConfigMap[] {
  return documents.flatMap(({ path, text, range }) => {
    const objects = new ManifestDocument(fileText(text), range).roots().flatMap((root) => objectsIn(root))
    return objects
      .filter(({ object, kind }) => kind === 'ConfigMap' && isRead(object.identity))
      .map(({ object }) => readKubeDnsConfigMap(path, object, tag))
  })
}

/** kube-dns and NodeLocal DNSCache mount the one of this name, of their own namespace. */
function isRead({
  name,
  namespace = 'kube-system',
}: {
  name: string | undefined
  namespace: string | undefined
}): boolean {
  return name === 'kube-dns' && namespace === 'kube-system'
}
