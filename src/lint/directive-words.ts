import type { Place } from '../expand/token-view.ts'
import { isIp } from '../values/ip.ts'

/** Words that no plugin is called and that an address of a server block may well be: `.:53`, `example.org`, `10.0.0.0/8`, `tls://.`. */
export function looksLikeZone(word: string): boolean {
  if (word === '.' || /^[a-z0-9+]+:\/\//i.test(word) || /:\d+$/.test(word) || isIp(word)) return true
  return /^[^\s{}"]*[^\s{}".]\.[^\s{}"]*$/.test(word) || /^\.\S/.test(word)
}

/** Whether a line is an entry of a hosts file: an address, and words behind it. */
export function isHostsEntry({ list, index }: Place): boolean {
  if (!isIp(list.value(index)) || !list.sameLine(index) || list.kind(index + 1) !== 'word') return false
  return index === 0 || !list.sameLine(index - 1)
}
