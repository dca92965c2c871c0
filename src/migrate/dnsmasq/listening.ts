import { INTERFACE } from '../../../grammar/plugins/bind.ts'
import type { DnsmasqOption } from '../../sources/dnsmasq.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { exact, untranslatable } from '../contribution.ts'
import type { Item } from '../plan.ts'
import { sourceOfOption } from './context.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1'])

/** Where a dnsmasq listens: `--listen-address`, `--interface` and `--except-interface`, which only together say it. */
export class Listening {
  readonly #addresses: string[] = []
  readonly #interfaces: string[] = []
  readonly #excepted: ReadonlySet<string>

  constructor(options: readonly DnsmasqOption[]) {
    const excepted = options.filter(({ name }) => name === 'except-interface')
    this.#excepted = new Set(excepted.flatMap(wordsOf))
  }

  /** Notes one of the options, and says what becomes of it. */
  read(option: DnsmasqOption): Item {
    const source = sourceOfOption(option)
    const words = wordsOf(option)
    if (option.name === 'listen-address') {
      for (const word of words) {
        const ip = parseIp(word)
        if (ip !== undefined) this.#addresses.push(formatIp(ip))
      }
      return exact(source, words.length === 0 ? 'names no address: nothing to write' : 'bind')
    }
    if (option.name === 'except-interface') {
      return this.#interfaces.length > 0
        ? exact(source, 'bind has the others alone')
        : untranslatable(
            source,
            'CoreDNS listens there too: name the interfaces or addresses that it is to listen on with bind',
          )
    }
    const odd = words.find((word) => !INTERFACE.test(word))
    if (odd !== undefined)
      return untranslatable(source, `bind takes names of interfaces, and ${odd} is none: list those that are meant`)
    this.#interfaces.push(...words)
    return exact(
      source,
      words.length === 0 ? 'names no interface: nothing to write' : 'bind, with lo, which dnsmasq adds',
      words.length === 0 ? null : 'CoreDNS takes the addresses that the interface has when it starts',
    )
  }

  /** What stands behind `bind`, empty for everywhere. */
  get bind(): string[] {
    const named = this.#interfaces.length === 0 ? [] : [...this.#interfaces, 'lo']
    const interfaces = named.filter((name) => !this.#excepted.has(name))
    const addresses = this.#addresses.filter((address) => !(interfaces.includes('lo') && LOOPBACK.has(address)))
    return [...new Set([...interfaces, ...addresses])]
  }
}

function wordsOf({ value, argument }: DnsmasqOption): string[] {
  const words = value.type === 'list' ? value.items.map((one) => one.value) : [argument?.value ?? '']
  return words.filter((word) => word !== '')
}
