import { releaseOfImage } from '../../grammar/images.ts'
import type { Stated } from './cluster/place.ts'

/** In YAML, JSON and Terraform. */
const imageLine =
  /(?<![\w.-])image\\?["']?[ \t]{0,60}[:=][ \t]{0,60}\\?["']?([\w.][^\s"'\\,{}$<>]{0,300})(?=\\?["']?[ \t]{0,60}(?:[,\r\n}#]|$))/g

/** What a Compose file mounts from beside it: `- ./conf/Corefile:/Corefile`, or `source: ./conf`. */
const mountLine = /(?:-[ \t]{1,60}|\bsource:[ \t]{1,60})["']?(\.{1,2}(?:\/[^\s:"']{0,300})?)(?=[:"'\s])/g

/**
 * The image of a CoreDNS that a text names, found by its lines: for templates, Terraform and Compose, in which nothing says what mounts
 * what. Null where there is none, or several.
 */
export function onlyImage(path: string, text: string): Stated<string> | null {
  let found: Stated<string> | null = null
  for (const match of text.matchAll(imageLine)) {
    const [whole, image = ''] = match
    if (releaseOfImage(image) === null || isComment(text, match.index)) continue
    if (found !== null && found.value !== image) return null
    const end = match.index + whole.length
    found ??= { value: image, path, range: { start: end - image.length, end } }
  }
  return found
}

/** Whether a line is a comment before an offset; a `#` further away is not looked for. */
function isComment(text: string, offset: number): boolean {
  const line = text.slice(Math.max(0, offset - 200), offset)
  return line.slice(line.lastIndexOf('\n') + 1).includes('#')
}

/** True for the name of a file of Docker Compose. */
export function isComposeName(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]{1,60})?\.ya?ml$/.test(path)
}

/** Whether a Compose file mounts a file, or a directory that it lies in. */
export function mounts(compose: string, text: string, file: string): boolean {
  const directory = compose.slice(0, compose.lastIndexOf('/') + 1)
  for (const [, source = ''] of text.matchAll(mountLine)) {
    const path = joined(directory, source)
    if (path !== null && (path === '' || file === path || file.startsWith(`${path}/`))) return true
  }
  return false
}

/** A path relative to a directory (with its slash) as other paths of the run are written; null for what climbs out of where the run began. */
function joined(directory: string, relative: string): string | null {
  const parts = directory.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
