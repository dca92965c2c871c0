import type { Invalid } from './invalid.ts'
import { invalid } from './invalid.ts'

/** What a file of a TLS argument list is: the certificate and its key, or the authorities to trust. */
export type TlsFile = 'certificate' | 'key' | 'authority'

const ROLES: readonly (readonly TlsFile[])[] = [
  [],
  ['authority'],
  ['certificate', 'key'],
  ['certificate', 'key', 'authority'],
]

/**
 * plugin/pkg/tls `NewTLSConfigFromArgs`: what each of `count` files is, the same in all releases: none, `CA`, `CERT KEY` or `CERT KEY CA`.
 * Every file is read at start: one that is missing or is no PEM is an error of that function too.
 */
export function tlsFiles(count: number): readonly TlsFile[] | Invalid {
  return ROLES[count] ?? invalid(`maximum of three arguments allowed for TLS config, found ${count}`)
}
