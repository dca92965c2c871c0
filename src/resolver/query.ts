/** How a query reaches a server. */
export type Transport = 'udp' | 'tcp' | 'tls' | 'https' | 'https3' | 'grpc' | 'quic'

/** One question, as a client sends it. */
export interface Query {
  /** Fully qualified, with the dot at its end, in the case in which it is asked. */
  readonly name: string
  /** The type's mnemonic in capitals: `A`, `PTR`, `HTTPS`, `ANY`, or `TYPE65280` for one without a name. */
  readonly type: string
  /** The class's mnemonic in capitals, `IN` nearly always; `CH` asks the server about itself. */
  readonly class: string
  readonly transport: Transport
  /** The address that the client asks from; null where nobody said, and then what depends on it is unknown. */
  readonly client: string | null
  /** The address and port of the server that it is sent to; null for any that the server listens on, its usual port. */
  readonly server: { readonly address: string | null; readonly port: number } | null
}

/** A question over UDP to wherever the server listens, from nobody in particular. */
export function queryFor(name: string, type: string, more?: Partial<Query>): Query {
  const query: Query = {
    name: name.endsWith('.') ? name : `${name}.`,
    type: type.toUpperCase(),
    class: 'IN',
    transport: 'udp',
    client: null,
    server: null,
  }
  return more === undefined ? query : { ...query, ...more }
}
