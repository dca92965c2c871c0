import type { FakeCluster } from './kubernetes-api.ts'
import type { UpstreamMode } from './upstreams.ts'

/** What is asked of a running server. */
export type Step =
  /** `NAME TYPE`, `NAME TYPE tcp` or `NAME TYPE udp ADDRESS`, from an address of loopback, for DNS; a URL for HTTP. */
  | string
  /** Asks forty times, and records the different results. */
  | { readonly often: string }
  /** Asks forty times at once, and records the different response codes. */
  | { readonly atOnce: string }
  /** Waits for so many seconds. */
  | { readonly wait: number }
  /** Asks once, and records whether the upstreams were then asked a hundred times or more. */
  | { readonly goesRound: string }
  /** Whether the output has a text. */
  | { readonly logged: string }
  /** Waits for the server to end by itself. */
  | 'end'
  /** Ends it, and records how many whole seconds that took. */
  | 'stop'

/** What a rule says about one of its examples, put as questions to servers that run the bad and the good text. */
export interface Claim {
  readonly rule: string
  /** The number of the example in the rule's texts, from 0. */
  readonly example: number
  readonly releases: readonly string[]
  /** What is written otherwise on loopback, in both texts and in the example's files; the first come first. */
  readonly replace?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly upstreams?: readonly UpstreamMode[]
  readonly cluster?: FakeCluster
  /** Variables that both servers see. */
  readonly environment?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/** Puts the block of port 53 on the port of the test. */
export const port = { ':53 {': ':@port@ {' }
/** Asks the fake API. */
export const kubernetes = {
  'kubernetes cluster.local\n': 'kubernetes cluster.local {\n        endpoint @api@\n    }\n',
}
/** The same for a `kubernetes` with a block. */
export const endpoint = { '        fallthrough': '        endpoint @api@\n        fallthrough' }
/** The newest release, and one that many run. */
export const now = ['1.15.0', '1.11.1']
/** A zone with one address. */
export const zoneFile = `@    3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 3600
     3600 IN NS  ns1
www  3600 IN A   10.1.2.3
`
