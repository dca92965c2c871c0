import { ASSUMED_DNSMASQ } from '../../resolver/kube-dns/defaults.ts'
import type { DnsmasqConfiguration, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import { differs, sourceOf, untranslatable } from '../contribution.ts'
import type { Conflict, Item, ItemSource } from '../plan.ts'

/** What a dnsmasq depends on and its options do not say. `given`: the release that a person named. */
export function itemsAround(source: DnsmasqConfiguration, given: DnsmasqVersion | null): Item[] {
  const place = placeOf(source)
  const items: Item[] = []
  if (given === null && source.version === undefined) {
    items.push(
      differs(
        place,
        ['D-POLICY'],
        `nobody said which dnsmasq it is: ${ASSUMED_DNSMASQ} was assumed`,
        'give --dnsmasq-version where it is older than 2.86',
      ),
    )
  }
  if (isOfNetworkManager(source)) {
    items.push(
      untranslatable(
        place,
        'NetworkManager tells its dnsmasq the servers of the connections while it runs: they stand in no file',
        'name them as servers of a file, or look at nmcli dev show; /etc/resolv.conf of such a machine names dnsmasq itself',
      ),
    )
    return items
  }
  const readsHosts = !source.options.some(({ name }) => name === 'no-hosts')
  const hasHosts = source.hostsFiles.some(({ path }) => /(?:^|\/)hosts$/.test(path))
  if (readsHosts && source.version === undefined && !hasHosts) {
    items.push(
      differs(
        place,
        ['D-HOSTS-OTHER'],
        'without no-hosts dnsmasq answers with /etc/hosts of its machine too, which was not given',
        'name that file as a source too, where it has more than localhost',
      ),
    )
  }
  return items
}

/** Several dnsmasq that answer: each has answers of its own, and one Corefile is one server. */
export function conflictsAmong(sources: readonly DnsmasqConfiguration[]): Conflict[] {
  const servers = sources.filter(({ options }) => !options.some(isSwitchedOff))
  if (servers.length < 2) return []
  return [
    {
      code: 'several-dnsmasq',
      message: `these are ${servers.length} dnsmasq, each with answers of its own, and one Corefile is one server: migrate them one at a time`,
      places: servers.map(placeOf),
      choices: [],
    },
  ]
}

/** With `--port=0` dnsmasq leases addresses and answers nothing. */
function isSwitchedOff({ name, value }: DnsmasqConfiguration['options'][number]): boolean {
  return name === 'port' && value.type === 'number' && value.number.value === 0
}

/** It is started with --no-hosts and its directory, and nothing of the machine's own dnsmasq. */
function isOfNetworkManager({ path }: DnsmasqConfiguration): boolean {
  return /(?:^|\/)NetworkManager\/dnsmasq(?:-shared)?\.d\//.test(path)
}

function placeOf({ path, range: { start }, name }: DnsmasqConfiguration): ItemSource {
  return sourceOf(path, { start, end: start }, name)
}
