/**
 * A text as content or attribute of XML 1.0. What XML cannot hold is U+FFFD; line breaks, what a terminal would obey or hide, and what the
 * runner of GitHub Actions takes for a command are written as references.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
    .replace(unseen, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll('##[', '&#35;#[')
}

/** An element with its attributes, those that are undefined left out; `content` is XML already, and none makes it empty. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: readonly string[] = [],
): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`],
  )
  if (content.length === 0) return `<${name}${words.join('')}/>`
  const lines = content.flatMap((part) => part.split('\n')).map((line) => `  ${line}`)
  return [`<${name}${words.join('')}>`, ...lines, `</${name}>`].join('\n')
}

/** An element around a text. */
export function textElement(name: string, attributes: Readonly<Record<string, string>>, text: string): string {
  return element(name, attributes).replace(/\/>$/, () => `>${xmlText(text)}</${name}>`)
}

/** A document with this root. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** What XML 1.0 has no way to write: production 2, Char. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
