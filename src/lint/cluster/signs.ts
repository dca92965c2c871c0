import { isComposeName } from '../images-by-lines.ts'

const speaksOfDns = /coredns|core-dns|node-?cache|node-?local-?dns|kube-dns/i

const kinds =
  /\bkind["']?[ \t]{0,60}:[ \t]{0,60}["']?(?:Deployment|DaemonSet|StatefulSet|ReplicaSet|Pod|Job|CronJob|Service|ClusterRole|ClusterRoleBinding|ConfigMap|Kustomization|\w{0,40}List)\b/

/** True for the name of a file that kustomize reads. */
export function isKustomizationName(path: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path)
}

/** True for a file without a Corefile that may hold what stands around one in a cluster, or what is made of such; a cheap look for words. */
export function mayHoldClusterObjects(path: string, text: string): boolean {
  if (isKustomizationName(path)) return true
  return (kinds.test(text) || isComposeName(path)) && speaksOfDns.test(text)
}
