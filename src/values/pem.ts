/** The labels of the PEM blocks of a text in their order (Go's `pem.Decode`): `CERTIFICATE`, `EC PRIVATE KEY`. */
export function pemLabels(text: string): string[] {
  const block = /^-----BEGIN ([^\r\n]*)-----[ \t]*\r?\n((?:[^-\r\n][^\r\n]*\r?\n|\r?\n)*)-----END \1-----[ \t]*\r?$/gm
  return [...text.matchAll(block)]
    .filter(([, , body = '']) => isBase64(body.replace(/^[\w-]+:.*$/gm, '').replace(/\s/g, '')))
    .map(([, label = '']) => label)
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}
