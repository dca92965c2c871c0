import type { Range } from '../text/range.ts'
import { splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { formatIp, isIp, parseIp } from '../values/ip.ts'
import { parseInteger, parseUnsigned } from '../values/number.ts'
import type { KubeDnsDeployment, KubeDnsServer } from './kube-dns.ts'

/** The tag of a kube-dns image: `1.14.13`. */
export type KubeDnsTag = string

/** The tag of the image of kubedns in a Deployment, where it is written. */
export function tagOfDeployment({ containers }: Pick<KubeDnsDeployment, 'containers'>): KubeDnsTag | undefined {
  const image = containers.find(({ role }) => role === 'kubedns')?.image?.value ?? ''
  return /:v?(\d+\.\d+[^:/@]*)(?:@.*)?$/.exec(image)?.[1]
}

/** Whether a tag is `since` or later; one without numbers is. */
export function isSinceTag(tag: KubeDnsTag | undefined, since: string): boolean {
  const numbers = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(tag ?? '')
  if (!numbers) return true
  const wanted = since.split('.').map(Number)
  for (let at = 0; at < 3; at++) {
    const difference = Number(numbers[at + 1] ?? 0) - (wanted[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?'
const subdomain = new RegExp(`^${label}(?:\\.${label})*$`)

/** apimachinery `IsDNS1123Label`. */
export function isDns1123Label(text: string): boolean {
  return text.length <= 63 && new RegExp(`^${label}$`).test(text)
}

/** apimachinery `IsDNS1123Subdomain`. */
export function isDns1123Subdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text)
}

/** Go's former reading of IPv4: leading zeros do not count. */
function isSloppyIp(text: string): boolean {
  return isIp(text) || isIp(text.replace(/^0+(?=\d)|(?<=\.)0+(?=\d)/g, ''))
}

/** apimachinery `IsValidIP` as a kube-dns has it: since 1.26.6 only the shortest form counts. */
function isValidIp(text: string, tag: KubeDnsTag | undefined): boolean {
  if (!isSinceTag(tag, '1.26.6')) return isSloppyIp(text)
  const ip = parseIp(text)
  return ip !== undefined && formatIp(ip) === text
}

/** Why `validateStubDomains` (pkg/dns/config/config.go) refuses a server; undefined when it does not. */
export function refusalOfStubServer(text: string, tag: KubeDnsTag | undefined): string | undefined {
  const split = isSinceTag(tag, '1.17.0') ? splitHostPort(text) : splitAtColon(text)
  const { host, port } = isInvalid(split) ? { host: text, port: undefined } : split
  const isPortChecked = port !== undefined && (port !== '' || !isSinceTag(tag, '1.17.0'))
  if (isPortChecked && isInvalid(parseUnsigned(port, 10, 16))) return `${port === '' ? 'nothing' : port} is no port`
  if (isValidIp(host, tag) || isDns1123Subdomain(text)) return undefined
  if (isIp(host) && isSinceTag(tag, '1.26.6')) return `${host} is not the shortest form of the address`
  return `${text === '' ? 'an empty text' : text} is no address and no name`
}

/** kube-dns before 1.17.0 split at the first colon, which made nothing of IPv6. */
function splitAtColon(text: string): { host: string; port: string | undefined } {
  const colon = text.indexOf(':')
  return colon === -1 ? { host: text, port: undefined } : { host: text.slice(0, colon), port: text.slice(colon + 1) }
}

/** Why `validateUpstreamNameserver` refuses a server; undefined when it does not. */
export function refusalOfUpstream(text: string, tag: KubeDnsTag | undefined): string | undefined {
  if (!isSinceTag(tag, '1.14.9')) return isSloppyIp(text) ? undefined : `${text} is no address`
  if (isIp(text)) return undefined
  const split = splitHostPort(text)
  if (isInvalid(split)) return `${text === '' ? 'an empty text' : text} is no address`
  if (!isIp(split.host)) return `${split.host === '' ? 'nothing' : split.host} is no address`
  const port = parseInteger(split.port)
  return isInvalid(port) || port < 1 || port > 65535
    ? `${split.port === '' ? 'nothing' : split.port} is no port`
    : undefined
}

/** A server as kube-dns and dnsmasq use it, whether or not kube-dns takes it; nothing when it is not to be understood at all. */
export function readKubeDnsServer(written: string, range: Range): KubeDnsServer | undefined {
  const text = written.trim()
  const bare = isIp(text) ? text : /^\[(.*)\]$/.exec(text)?.[1]
  const split = bare === undefined ? splitHostPort(text) : undefined
  const hasPort = split !== undefined && !isInvalid(split)
  const host = bare ?? (hasPort ? split.host : text)
  const portText = hasPort ? split.port : ''
  const port = portText === '' ? undefined : parseUnsigned(portText, 10, 16)
  if (isInvalid(port)) return undefined
  const isName = !isIp(host)
  if (isName && !isDns1123Subdomain(host.toLowerCase())) return undefined
  const asDnsmasq = munge(text)
  return {
    written,
    range,
    host: isName ? host.toLowerCase() : host,
    port: port === undefined ? undefined : Number(port),
    isName,
    asDnsmasq,
    why: surprise(text, host, port === undefined ? undefined : Number(port), portText === '' && hasPort),
  }
}

/** nanny.go `munge`: the last colon becomes `#` where it separates a port. */
function munge(text: string): string {
  const colon = text.lastIndexOf(':')
  const bracket = text.indexOf(']')
  const isPort = text.indexOf(':') === colon || (bracket !== -1 && colon > bracket)
  return colon !== -1 && isPort ? `${text.slice(0, colon)}#${text.slice(colon + 1)}` : text
}

function surprise(text: string, host: string, port: number | undefined, isEmptyPort: boolean): string | undefined {
  if (text.includes('[')) return 'dnsmasq takes no brackets: it does not start with this server'
  if (port === 0 || isEmptyPort) return 'dnsmasq sends to port 0, where nobody answers'
  if (/^[0-9.]+$/.test(host) && !isIp(host)) {
    return `${host} is no address: it is looked up as a host name, which dnsmasq before 2.88 does not start with`
  }
  return undefined
}
