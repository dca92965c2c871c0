import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import packet, { type Answer, type DecodedPacket, type RecordType } from 'dns-packet'

/** What a name server answered. */
export interface Response {
  /** `NOERROR`, `NXDOMAIN`..., or null for no answer in time. */
  readonly rcode: string | null
  /** The answer section as `OWNER TYPE DATA`, in order, without TTLs. */
  readonly answers: readonly string[]
  readonly message: DecodedPacket | null
}

/** How a query is sent. */
export interface QueryOptions {
  readonly protocol?: 'udp' | 'tcp'
  /** Milliseconds to wait for an answer. */
  readonly timeout?: number
  /** The address that is asked; 127.0.0.1 without it. */
  readonly address?: string
  /** The address of loopback that the question comes from; the system's choice without it. */
  readonly from?: string
  /** The class of the question, `CH` to ask about the server itself. */
  readonly class?: 'IN' | 'CH'
}

let lastId = 0

/** Types that are younger than the library. */
const UNNAMED: Readonly<Record<string, string>> = { SVCB: 'UNKNOWN_64', HTTPS: 'UNKNOWN_65' }

/** Asks the name server at a port of loopback once. It never fails: no answer in three seconds is one, too. */
export async function ask(port: number, name: string, type: string, options: QueryOptions = {}): Promise<Response> {
  const { protocol = 'udp', timeout = 3000, class: asked = 'IN' } = options
  lastId = (lastId % 65535) + 1
  const query = {
    type: 'query' as const,
    id: lastId,
    flags: packet.RECURSION_DESIRED,
    questions: [{ name, type: (UNNAMED[type] ?? type) as RecordType, class: asked }],
  }
  const send = protocol === 'udp' ? exchangeDatagrams : exchangeOverTcp
  const encoded = protocol === 'udp' ? packet.encode(query) : packet.streamEncode(query)
  const message = await send(port, encoded, timeout, options)
  if (message === null) return { rcode: null, answers: [], message }
  // The type of the library leaves out the name that it gives to the code.
  const { rcode = null } = message as { rcode?: string }
  return { rcode, answers: (message.answers ?? []).map(recordText), message }
}

/** A record as `OWNER TYPE DATA`, without its TTL. */
export function recordText(record: Answer): string {
  const data = 'data' in record ? record.data : ''
  return `${record.name} ${record.type} ${dataText(data)}`
}

function dataText(data: unknown): string {
  if (typeof data === 'string') return data
  if (Buffer.isBuffer(data)) return data.toString()
  if (Array.isArray(data)) return data.map(dataText).join(' ')
  return Object.values(data as object)
    .map((value) => (typeof value === 'number' ? String(value) : dataText(value)))
    .join(' ')
}

/** Where a message goes to and comes from; see `QueryOptions`. */
type Ends = Pick<QueryOptions, 'address' | 'from'>

/** Sends a message to a port of loopback and gives the answer, null for none in time. */
export function exchangeDatagrams(
  port: number,
  query: Buffer,
  timeout: number,
  { address = '127.0.0.1', from }: Ends = {},
): Promise<DecodedPacket | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const finish = (message: DecodedPacket | null) => {
      clearTimeout(timer)
      socket.removeAllListeners('message').close()
      resolve(message)
    }
    const timer = setTimeout(() => finish(null), timeout)
    socket.on('error', () => {})
    socket.on('message', (message) => {
      if (message.length >= 2 && message.readUInt16BE(0) === query.readUInt16BE(0)) finish(readable(message))
    })
    const send = () => socket.send(query, port, address, () => {})
    if (from === undefined) send()
    else socket.bind(0, from, send)
  })
}

function exchangeOverTcp(
  port: number,
  query: Buffer,
  timeout: number,
  { address = '127.0.0.1', from }: Ends,
): Promise<DecodedPacket | null> {
  return new Promise((resolve) => {
    const ends = { port, host: address, ...(from === undefined ? {} : { localAddress: from }) }
    const connection = connect(ends, () => connection.write(query))
    let received = Buffer.alloc(0)
    connection.setTimeout(timeout, () => connection.destroy())
    connection.on('error', () => {})
    connection.on('close', () => resolve(null))
    connection.on('data', (part) => {
      received = Buffer.concat([received, part])
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return
      // What is no DNS message is no answer.
      resolve(readable(received.subarray(2, 2 + received.readUInt16BE(0))))
      connection.destroy()
    })
  })
}

function readable(message: Buffer): DecodedPacket | null {
  try {
    return packet.decode(message)
  } catch {
    return null
  }
}
