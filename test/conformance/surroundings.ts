import { posix } from 'node:path'
import type { Case } from './case.ts'

/** The variables that the judge gives to every case; see `surroundings` in judge/judge.go. */
const environment: Readonly<Record<string, string>> = {
  KUBERNETES_SERVICE_HOST: '127.0.0.1',
  KUBERNETES_SERVICE_PORT: '6443',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
  GCE_METADATA_HOST: '127.0.0.1:1',
}

const directory = '/tmp/judge'

/** What every system has on which the judge works. */
const everywhere = new Set([
  '/',
  '/dev',
  '/dev/null',
  '/etc',
  '/etc/hosts',
  '/etc/passwd',
  '/etc/resolv.conf',
  '/proc',
  '/root',
  '/run',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/var',
  '/var/run',
  '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
  '/var/run/secrets/kubernetes.io/serviceaccount/token',
])

/** The value of a variable where a case is judged; empty if it is not set. */
export function variablesOf({ env = {} }: Pick<Case, 'env'>): (name: string) => string {
  return (name) => env[name] ?? environment[name] ?? ''
}

/** The files that every system has and that name servers, hosts or users in lines of their own. */
const textsEverywhere: Readonly<Record<string, string>> = {
  '/dev/null': '',
  '/etc/hosts': '127.0.0.1 localhost\n',
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
  '/etc/resolv.conf': 'nameserver 127.0.0.1\n',
}

/**
 * The text of a file where a case is judged, null for a directory; undefined for what does not exist and for credentials that the
 * judge makes.
 */
export function textsOf(one: Pick<Case, 'files' | 'path' | 'text'>): (path: string) => string | null | undefined {
  const { files = {}, path = 'Corefile', text } = one
  const exists = pathsOf(one)
  const texts = new Map(Object.entries(textsEverywhere))
  for (const [file, content] of Object.entries({ ...files, [path]: text }))
    texts.set(posix.join(directory, file), content)
  return (asked) => {
    const whole = posix.resolve(directory, asked)
    return texts.get(whole) ?? (exists(asked) && !whole.includes('serviceaccount') ? null : undefined)
  }
}

/** Tells which paths exist where a case is judged: a working directory with its files alone, on a system that has little else. */
export function pathsOf({ files = {}, path = 'Corefile' }: Pick<Case, 'files' | 'path'>): (path: string) => boolean {
  const existing = new Set([...everywhere, directory])
  for (const file of [path, ...Object.keys(files)]) {
    for (let at = posix.join(directory, file); at !== directory; at = posix.dirname(at)) existing.add(at)
  }
  return (asked) => asked !== '' && existing.has(posix.resolve(directory, asked))
}
