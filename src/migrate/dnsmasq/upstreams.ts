import { isKubedns } from '../../resolver/kube-dns/running.ts'
import type { DnsmasqOption, DnsmasqServer } from '../../sources/dnsmasq.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { Conflict, Item } from '../plan.ts'
import { type DnsmasqContext, isTarget, sourceOfOption } from './context.ts'

/** A server as it stands behind `forward .`, and what else `forward` says for it. */
export interface Endpoint {
  readonly text: string
  readonly lines: readonly string[]
}

const OWN_MACHINE =
  'this is the machine itself: give CoreDNS other addresses with bind, or it asks itself where nothing else listens there'

/** The servers that options name: how each is written, and what is said of it. */
export class Upstreams {
  /** Servers by name of which nobody gave the address. */
  readonly conflicts: Conflict[] = []
  readonly #context: DnsmasqContext
  readonly #isStrict: boolean
  /** How many servers each domain has, '' for all names: with several dnsmasq chooses otherwise than CoreDNS. */
  readonly #serversOf = new Map<string, number>()

  constructor(options: readonly DnsmasqOption[], context: DnsmasqContext) {
    this.#context = context
    this.#isStrict = options.some(({ name }) => name === 'strict-order')
    for (const { value } of options) {
      if (value.type !== 'server' || typeof value.to === 'string' || this.isKubedns(value.to)) continue
      const domains = value.domains.length === 0 ? [''] : value.domains.map(({ name }) => name.toLowerCase())
      for (const domain of domains) this.#serversOf.set(domain, (this.#serversOf.get(domain) ?? 0) + 1)
    }
  }

  /** Whether it is the kubedns beside this dnsmasq. */
  isKubedns(server: DnsmasqServer): boolean {
    const { kubednsPort } = this.#context
    return kubednsPort !== null && isKubedns(server, kubednsPort)
  }

  /** Null for a name whose address nobody gave. */
  endpoint({ host, port, isName, via }: DnsmasqServer): Endpoint | null {
    const address = isName ? this.#context.addressesOf.get(host.toLowerCase()) : host
    if (address === undefined) return null
    const isV6 = address.includes(':')
    const text = port === 53 ? address : isV6 ? `[${address}]:${port}` : `${address}:${port}`
    const from = via.find(({ value }) => /[.:]/.test(value))
    const lines =
      from !== undefined && isTarget(this.#context, '1.14.6') ? [`source_address ${from.value.split('#')[0]}`] : []
    return { text, lines }
  }

  /** What becomes of a server, `where` in the Corefile it stands. */
  item(option: DnsmasqOption, server: DnsmasqServer, where: string): Item {
    const source = sourceOfOption(option)
    const lost = server.via.filter(({ value }) => !/[.:]/.test(value) || !isTarget(this.#context, '1.14.6'))
    if (lost.length > 0) {
      const via = lost.map(({ value }) => value).join(', ')
      return untranslatable(source, `the server goes to ${where}, but forward cannot send queries over ${via}`)
    }
    if (server.isName)
      return differs(
        source,
        ['D-POLICY'],
        `${where}, with the address that was given for ${server.host}: later changes of it are not followed`,
      )
    const domains = option.value.type === 'server' ? option.value.domains.map(({ name }) => name.toLowerCase()) : []
    const isOneOfSeveral = (domains.length === 0 ? [''] : domains).some(
      (domain) => (this.#serversOf.get(domain) ?? 0) > 1,
    )
    const check = isLoopback(server.host) ? OWN_MACHINE : null
    if (!isOneOfSeveral) return exact(source, where, check)
    const order = this.#isStrict ? 'asked in order' : 'CoreDNS asks one of them at random'
    return differs(source, ['D-POLICY'], `${where}, one of several: ${order}`, check)
  }

  /** The item of a server by name of which nobody gave the address; it is a conflict as well. */
  unresolvedItem(option: DnsmasqOption, { host }: DnsmasqServer): Item {
    const source = sourceOfOption(option)
    this.conflicts.push({
      code: 'server-by-name',
      message: `${host} is a name; CoreDNS needs an address (releases before 1.14.4 do not start with a name, later ones fail to start when it does not resolve)`,
      places: [source],
      choices: [
        {
          accept: 'server-by-name',
          effect: `leave it out: names that ${host} answers today are then asked of the other servers`,
        },
      ],
    })
    return untranslatable(
      source,
      `the server is given by name, and nobody gave the address of ${host}: nothing was written for it`,
    )
  }
}

function isLoopback(host: string): boolean {
  return /^127\./.test(host) || host === '::1'
}
