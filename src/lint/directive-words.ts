import { isIp } from '../values/ip.ts'

/** Words that no plugin is called and that an address of a server block may well be: `.:53`, `example.org`, `10.0.0.0/8`, `tls://.`. */
export function looksLikeZone(word: string): boolean {
  if (word === '.' || /^[a-z0-9+]+:\/\//i.test(word) || /:\d+$/.test(word) || isIp(word)) return true
  return /^[^\s{}"]*[^\s{}".]\.[^\s{}"]*$/.test(word) || /^\.\S/.test(word)
}
