import { type Functions, UNKNOWN_VALUE, UnknownValue, type Value } from '../../values/expression-run.ts'
import { ExpressionError } from '../../values/expression-tokens.ts'
import { isInvalid } from '../../values/invalid.ts'
import { contains, parseCidr, parseIp } from '../../values/ip.ts'
import { normalizeName } from '../../values/name.ts'
import type { BlockContext, Request } from './model.ts'

/** The client's address where only its networks are known, if those. */
const CLIENT = new UnknownValue('the address of the client')

/** The functions that an expression may ask about a query (plugin/pkg/expression DefaultEnv). */
export function queryFunctions(context: BlockContext, request: Request): Functions {
  const { query } = request
  const known = (value: Value | null | undefined): Value => value ?? UNKNOWN_VALUE
  return {
    incidr(ip, network) {
      if (typeof network !== 'string') return UNKNOWN_VALUE
      const read = parseCidr(network)
      if (isInvalid(read)) throw new ExpressionError(read.error)
      if (ip === CLIENT) return known(context.clientIn(request, read.network))
      if (typeof ip !== 'string') return UNKNOWN_VALUE
      const address = parseIp(ip)
      if (address === undefined) throw new ExpressionError('first argument is not an IP address')
      return contains(read.network, address)
    },
    metadata(label) {
      return typeof label === 'string'
        ? known(request.notes?.get(label) ?? (context.block.has('metadata') ? null : ''))
        : UNKNOWN_VALUE
    },
    type: () => request.type,
    name: () => normalizeName(request.name),
    class: () => request.class,
    proto: () =>
      query.transport === 'udp' || query.transport === 'https3' || query.transport === 'quic' ? 'udp' : 'tcp',
    opcode: () => 0n,
    do: () => false,
    client_ip: () => query.client ?? CLIENT,
    server_ip: () => known(query.server?.address),
    server_port: () => (query.server === null ? UNKNOWN_VALUE : String(query.server.port)),
    size: () => UNKNOWN_VALUE,
    port: () => UNKNOWN_VALUE,
    id: () => UNKNOWN_VALUE,
    bufsize: () => UNKNOWN_VALUE,
  }
}
