import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import packet, { type Answer, type Packet, type Question } from 'dns-packet'
import { exchangeDatagrams } from './client.ts'

/** What a fake upstream does with a query; `back` sends it back to the server that asks, up to 200 times in all. */
export type UpstreamMode = 'ok' | 'nxdomain' | 'servfail' | 'refused' | 'silent' | 'back'

const ROUNDS = 200

/** A query that reached an upstream; `tls` is the beginning of an encrypted connection, whose query nobody can read here. */
export interface Asked {
  /** From 1, in the order in which the upstreams were started. */
  readonly upstream: number
  readonly protocol: 'udp' | 'tcp' | 'tls'
  /** Without the dot at its end; empty for the root and for `tls`. */
  readonly name: string
  readonly type: string
}

/** Fake name servers on 127.0.0.1. */
export interface Upstreams {
  /** The port of upstream N, for UDP and TCP. */
  port(upstream: number): number
  /** Queries since the last call, in order. */
  take(): Asked[]
  stop(): Promise<void>
}

/**
 * Starts one upstream for each mode. Upstream N answers A with 100.64.0.N and AAAA with 100::N for every name, TXT with its own name, and
 * other types, as well as `nxdomain`, with an SOA of its own name, `upstream-N.invalid`. TTLs are 30 seconds. `server` is the port of the
 * server that asks.
 */
export async function startUpstreams(modes: readonly UpstreamMode[], server: number): Promise<Upstreams> {
  const asked: Asked[] = []
  let rounds = 0
  const started: Upstream[] = []
  const stop = async () => {
    await Promise.all(started.map((upstream) => upstream.stop()))
  }
  const responder = (upstream: number, mode: UpstreamMode): Respond => {
    return async (query, protocol) => {
      const [question] = query?.questions ?? []
      asked.push({ upstream, protocol, name: question?.name.replace(/^\.$/, '') ?? '', type: question?.type ?? '' })
      if (query === null || question === undefined) return null
      if (mode === 'back' && rounds++ < ROUNDS) return exchangeDatagrams(server, packet.encode(query), 5000)
      return answer(query, question, upstream, mode)
    }
  }
  try {
    for (const [index, mode] of modes.entries()) started.push(await startUpstream(responder(index + 1, mode)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    port(upstream) {
      const found = started[upstream - 1]
      if (found === undefined) throw new RangeError(`there is no upstream ${upstream}`)
      return found.port
    },
    take: () => asked.splice(0),
    stop,
  }
}

function answer(query: Packet, question: Question, upstream: number, mode: UpstreamMode): Packet | null {
  if (mode === 'silent') return null
  const answers = mode === 'ok' ? answersOf(question, upstream) : []
  const isNegative = mode === 'nxdomain' || (mode === 'ok' && answers.length === 0)
  const rcode = { ok: 0, nxdomain: 3, servfail: 2, refused: 5, back: 2 }[mode]
  return {
    type: 'response',
    ...(query.id === undefined ? {} : { id: query.id }),
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcode,
    questions: [question],
    answers,
    authorities: isNegative ? [soa(upstream)] : [],
  }
}

function answersOf({ name, type }: Question, upstream: number): Answer[] {
  const ttl = 30
  if (type === 'A') return [{ name, type, ttl, data: `100.64.0.${upstream}` }]
  if (type === 'AAAA') return [{ name, type, ttl, data: `100::${upstream.toString(16)}` }]
  if (type === 'TXT') return [{ name, type, ttl, data: `upstream ${upstream}` }]
  return []
}

function soa(upstream: number): Answer {
  const mname = `upstream-${upstream}.invalid`
  const times = { serial: 1, refresh: 60, retry: 60, expire: 60, minimum: 30 }
  return { name: '.', type: 'SOA', ttl: 30, data: { mname, rname: `hostmaster.${mname}`, ...times } }
}

interface Upstream {
  readonly port: number
  stop(): Promise<void>
}

/** Answers a query, or null for what cannot be read; null for no answer. */
type Respond = (query: Packet | null, protocol: Asked['protocol']) => Promise<Packet | null>

async function startUpstream(respond: Respond): Promise<Upstream> {
  // The port that UDP got may be taken for TCP.
  for (let attempt = 1; ; attempt++) {
    const udp = createSocket('udp4')
    udp.bind(0, '127.0.0.1')
    await once(udp, 'listening')
    const { port } = udp.address()
    const connections = new Set<Socket>()
    const tcp = createServer((connection) => {
      connections.add(connection.on('close', () => connections.delete(connection)))
      serveConnection(connection, respond)
    })
    tcp.listen(port, '127.0.0.1')
    try {
      await once(tcp, 'listening')
    } catch (error) {
      udp.close()
      if (attempt === 10) throw error
      continue
    }
    serveDatagrams(udp, respond)
    return { port, stop: () => close(udp, tcp, connections) }
  }
}

function serveDatagrams(udp: UdpSocket, respond: Respond): void {
  udp.on('message', async (message, from) => {
    const response = await respond(packet.decode(message), 'udp')
    if (response !== null) udp.send(packet.encode(response), from.port, from.address, () => {})
  })
}

/** The first byte of a TLS record that begins a connection; a query as long as that would make it does not come. */
const HANDSHAKE = 22

function serveConnection(connection: Socket, respond: Respond): void {
  let received = Buffer.alloc(0)
  connection.on('error', () => connection.destroy())
  connection.on('data', (part) => {
    received = Buffer.concat([received, part])
    if (received[0] === HANDSHAKE) {
      respond(null, 'tls')
      connection.destroy()
      return
    }
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0)
      const query = packet.streamDecode(received.subarray(0, end))
      received = received.subarray(end)
      respond(query, 'tcp').then((response) => {
        if (response !== null) connection.write(packet.streamEncode(response))
      })
    }
  })
}

async function close(udp: UdpSocket, tcp: Server, connections: ReadonlySet<Socket>): Promise<void> {
  for (const connection of connections) connection.destroy()
  await Promise.all([
    new Promise<void>((done) => udp.close(() => done())),
    new Promise<void>((done) => tcp.close(() => done())),
  ])
}
