import { parseForwardTarget, splitServerName } from '../values/endpoint.ts'
import { isInvalid } from '../values/invalid.ts'
import { isSubdomain } from '../values/name.ts'
import { isSince } from '../values/release.ts'
import type { Transport } from '../values/transport.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** One upstream that is written as an address. */
export interface Upstream {
  readonly word: WordView
  readonly transport: Transport
  /** An IP address, or the path of a socket. */
  readonly host: string
  readonly port: string
}

/** A `forward` (or `grpc`, `proxy`) as it was written: which names it takes, and where it sends them. */
export interface ForwardView {
  readonly occurrence: OccurrenceView
  /** The zone whose names it takes. */
  readonly from: string
  /** Zones below `from` that it leaves to the next plugin. */
  readonly except: readonly string[]
  /** Whether some answers of its upstreams make it pass the query on (`next`, `next_on_nodata`). */
  readonly passesAnswers: boolean
  readonly targets: readonly WordView[]
}

const forwards = new WeakMap<OccurrenceView, ForwardView | null>()

/** Reads FROM and `except`; null where a word of them is not known, or FROM is no zone. */
export function readForward(occurrence: OccurrenceView): ForwardView | null {
  let forward = forwards.get(occurrence)
  if (forward === undefined) {
    forward = forwardOf(occurrence)
    forwards.set(occurrence, forward)
  }
  return forward
}

function forwardOf(occurrence: OccurrenceView): ForwardView | null {
  const [first, ...targets] = occurrence.args
  if (first === undefined || !first.known) return null
  const [from] = occurrence.zones([first])
  if (from === undefined) return null
  const except: string[] = []
  let passesAnswers = false
  for (const line of occurrence.lines()) {
    if (!line.name.known) return null
    const name = line.name.value
    if (name === 'next' || name === 'next_on_nodata') passesAnswers = true
    if (name !== 'except') continue
    if (line.args.some(({ known }) => !known)) return null
    if (line.args.length > 0) for (const zone of occurrence.zones(line.args)) except.push(zone)
  }
  return { occurrence, from, except, passesAnswers, targets }
}

/** Whether a `forward` takes a name, by its zones alone (plugin/forward/forward.go match). */
export function takesName({ from, except }: ForwardView, name: string): boolean {
  return isSubdomain(from, name) && !except.some((zone) => isSubdomain(zone, name))
}

/** The upstream that a word is, null where it is a file, a host name, or not known. */
export function upstreamOf(word: WordView, release: string): Upstream | null {
  if (!word.known) return null
  const text = isSince(release, '1.13.2') ? splitServerName(word.value, release).word : word.value
  const read = parseForwardTarget(text, release)
  if (isInvalid(read) || read.kind !== 'address') return null
  return { word, transport: read.transport, host: read.host, port: read.port }
}
