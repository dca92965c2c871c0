import { createHash } from 'node:crypto'
import { cluster } from './cluster.ts'

/** One question to a configuration. */
export interface Question {
  /** With its final dot, in the case in which it is asked. */
  readonly name: string
  readonly type: string
  readonly class?: 'CH'
  /** The address of loopback that is asked, and the one that asks; 127.0.0.1 where missing. */
  readonly server?: string
  readonly client?: string
}

/** How the fake upstreams answer: every name, NXDOMAIN for everything, or SERVFAIL. */
export type Mode = 'ok' | 'nxdomain' | 'servfail'

/**
 * A configuration of a server and what it is asked. In its texts `@port@` stands for the port that answers, `192.0.2.1` to `192.0.2.4` for
 * the upstreams, `@files@` for the folder of the files and `@api@` for the Kubernetes API.
 */
export interface Configuration {
  readonly id: string
  /** What it is about, for counting: `hosts`, `hosts + forward`, `blocks`. */
  readonly topic: string
  /** A Corefile, or options of dnsmasq, one a line. */
  readonly text: string
  readonly files: Readonly<Record<string, string>>
  /** Other modes than `ok` that it is asked in as well. */
  readonly modes: readonly Mode[]
  readonly questions: readonly Question[]
  /** Whether a cache may spare an upstream the second question for a name. */
  readonly remembers: boolean
}

/** The upstreams that a configuration may name. */
export const UPSTREAMS = 4

/** Eight hexadecimal digits of all that decides what is answered. */
export function fingerprint({ text, files, modes, questions }: Configuration): string {
  const around = text.includes('@api@') ? cluster : null
  return createHash('sha256')
    .update(JSON.stringify([text, files, modes, questions, around]))
    .digest('hex')
    .slice(0, 8)
}

/** What the placeholders of a text stand for. */
export interface Places {
  readonly port: string
  readonly files: string
  readonly api: string
  /** The endpoint of an upstream, from 1. */
  upstream(number: number): string
}

/** A text with its placeholders replaced. */
export function fillIn(text: string, { port, files, api, upstream }: Places): string {
  return text
    .replaceAll('@port@', port)
    .replaceAll('@files@', files)
    .replaceAll('@api@', api)
    .replace(/\b192\.0\.2\.([1-4])\b(?!\.)/g, (_, number: string) => upstream(Number(number)))
}

/** The places as a model of the server sees them: ordinary ones. */
export const MODEL_PLACES: Places = {
  port: '53',
  files: '/etc/resolver',
  api: 'http://192.0.2.80:8080',
  upstream: (number) => `192.0.2.${number}`,
}
