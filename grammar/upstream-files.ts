import type { parseForwardTarget } from '../src/values/endpoint.ts'
import { isInvalid } from '../src/values/invalid.ts'
import { nameServersOf } from '../src/values/resolv-conf.ts'
import type { Setup, Word } from './setup.ts'

/**
 * plugin/pkg/parse HostPortOrFile since 1.6.8: of all files that are named as upstreams one must have a name server, where there are no
 * other upstreams. A directory can be opened and has none. `each`: every file must have one.
 */
export function refuseNoServers(
  setup: Setup,
  targets: readonly Word[],
  read: (word: string, release: string) => ReturnType<typeof parseForwardTarget>,
  each = false,
): void {
  const isEmpty = ({ value, known }: Word) => {
    const target = read(value, setup.release)
    if (!known || isInvalid(target) || target.kind !== 'file needed') return false
    const text = setup.fileText(target.path)
    const isDirectory = text === null || (text === undefined && (target.isDirectory || target.path.endsWith('/')))
    if (isDirectory) return setup.fileExists(target.path) === true
    return text !== undefined && nameServersOf(text).length === 0
  }
  const empty = targets.filter(isEmpty)
  const [first] = empty
  if (first === undefined || (!each && empty.length < targets.length)) return
  setup.report('invalid-value', {
    at: first,
    expected: 'an upstream, or a file with a line like `nameserver 192.0.2.1`',
    message: 'no nameservers found',
  })
}
