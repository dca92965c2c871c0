/**
 * The name servers of a resolv.conf as the DNS library reads it (miekg/dns `ClientConfigFromReader`), in their order: the second word of each
 * line whose first word is `nameserver`. Nothing is checked: it may be no address, and there may be none. Comments are not known to it.
 */
export function nameServersOf(text: string): string[] {
  const servers: string[] = []
  for (const line of text.split('\n')) {
    // Go's strings.Fields; U+FEFF is white space for JavaScript alone and U+0085 for Go alone.
    const [keyword, server] = line.split(/(?:[^\S\ufeff]|\x85)+/).filter((word) => word !== '')
    if (keyword === 'nameserver' && server !== undefined) servers.push(server)
  }
  return servers
}

/** The search list of a resolv.conf as the DNS library reads it: the last `search` or `domain` line counts. */
export function searchListOf(text: string): string[] {
  let list: string[] = []
  for (const line of text.split('\n')) {
    const [keyword, ...domains] = line.split(/(?:[^\S\ufeff]|\x85)+/).filter((word) => word !== '')
    if (keyword === 'search') list = domains
    else if (keyword === 'domain') list = domains.slice(0, 1)
  }
  return list
}
