import { createStub } from '../resolver/stub.ts'
import { type HostsFile, hostsAsLibc } from '../sources/hosts-file.ts'
import type { ResolvConf } from '../sources/resolv-conf.ts'
import { isIp } from '../values/ip.ts'
import { type Contribution, differs, exact, nothing, sourceOf, sourceOfValue, untranslatable } from './contribution.ts'
import type { Fact, Item } from './plan.ts'

/** A hosts file on its own, as the C library of the machine reads it. */
export function translateHostsFile(file: HostsFile): Contribution {
  const view = hostsAsLibc(file, 'glibc')
  const items: Item[] = view.skipped.map(({ range, text, why }) =>
    exact(sourceOf(file.path, range, text), `nobody reads it (${why}): left out`),
  )
  const facts: Fact[] = []
  for (const { address, names, line } of view.entries) {
    const source = sourceOf(file.path, line.range, [line.address, ...line.names].map(({ value }) => value).join(' '))
    if (
      /^(?:127\.|::1$|fe00::|ff0\d::|0\.0\.0\.0$|::$)/.test(address) &&
      names.every(({ value }) => /^(?:localhost|ip6-|broadcasthost)/.test(value))
    ) {
      items.push(exact(source, 'every machine has this for itself: not moved'))
      continue
    }
    const wild = names.filter(({ value }) => value.startsWith('*.'))
    if (wild.length > 0)
      items.push(
        untranslatable(
          source,
          '"*." is no pattern in a hosts file, but one for CoreDNS since 1.14.5: that name is left out',
        ),
      )
    const plain = names.filter(({ value }) => !value.startsWith('*.')).map(({ value }) => value.toLowerCase())
    if (plain.length === 0) continue
    const codes = plain.length > 1 ? ['D-HOSTS-OTHER', 'D-PTR-MULTI'] : ['D-HOSTS-OTHER']
    const item = differs(source, codes, 'hosts: other types than A and AAAA are not asked upstream')
    items.push(item)
    facts.push({ kind: 'host', address, names: plain, hasReverse: false, comment: null, items: [item] })
  }
  const overlay = facts.flatMap((fact) =>
    fact.kind === 'host' ? fact.names.map((name) => ({ name, address: fact.address })) : [],
  )
  return { ...nothing, facts, items, overlay }
}

/** Whom a resolv.conf asks; its search list stays with the clients. */
export function translateResolvConf({ path, nameservers, search, options }: ResolvConf): Contribution {
  const items: Item[] = []
  const isOwn = ({ value }: { readonly value: string }) => value === '127.0.0.1' || value === '::1'
  const isAddress = ({ value }: { readonly value: string }) => isIp(value.replace(/%.*$/, ''))
  const servers = nameservers.filter(isAddress)
  for (const server of nameservers.filter((one) => !isAddress(one)))
    items.push(exact(sourceOfValue(path, server), 'no IP address, so nobody asks it: left out'))
  for (const server of servers.slice(0, 3).filter(isOwn)) {
    items.push(
      untranslatable(
        sourceOfValue(path, server),
        'this is the machine itself, on which CoreDNS would then ask itself: left out',
        'give what answers there today as a source too, or name its servers',
      ),
    )
  }
  const used = servers.slice(0, 3).filter((server) => !isOwn(server))
  const rotate = used.length > 1 ? options.find(({ name }) => name === 'rotate') : undefined
  const policy = rotate === undefined ? 'sequential' : 'round_robin'
  const asked = used.map((server) => {
    const item =
      used.length > 1
        ? differs(
            sourceOfValue(path, server),
            ['D-POLICY'],
            `forward . with policy ${policy}: the C library asks the next server after a timeout`,
          )
        : exact(sourceOfValue(path, server), 'forward .')
    items.push(item)
    return item
  })
  for (const server of servers.slice(3))
    items.push(exact(sourceOfValue(path, server), 'the C libraries ask the first three alone: left out'))
  for (const domain of search) {
    items.push(
      untranslatable(
        sourceOfValue(path, domain),
        'a search list belongs to the client; the server sees whole names',
        'keep it in the resolv.conf of the clients, or in dnsConfig',
      ),
    )
  }
  for (const option of options) {
    const source = sourceOfValue(path, option.at)
    items.push(
      option === rotate
        ? exact(source, `policy ${policy} of forward`)
        : untranslatable(source, 'an option of the client; the server has none like it'),
    )
  }
  const facts: Fact[] =
    used.length === 0
      ? []
      : [
          {
            kind: 'forward',
            zones: ['.'],
            to: used.map(({ value }) => value),
            policy,
            lines: rotate === undefined ? [] : [`policy ${policy}`],
            view: null,
            items: asked,
          },
        ]
  const upstreams = used.map(({ value }) => value)
  return { ...nothing, facts, items, server: used.length === 0 ? null : () => createStub(upstreams, policy) }
}
