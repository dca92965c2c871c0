import fc from 'fast-check'

/** Pieces that mean something to the lexer or the parser, among words that mean nothing. */
const pieces = [
  '{', '}', '"', '\\"', '\\', '#', ',', ' ', '\t', '\n', '\r\n', '\r', '\u00a0', '\u2028', '\ufeff', '\0',
  'import', 'import x', '(s)', '(s) {', '{$A}', '{%A%}', '{$', '}}', '{{', '.', '.:53', 'a.org,', 'whoami', 'errors', 'hosts {',
  'forward . 10.0.0.1', '10.0.0.1 a', 'fallthrough', 'log', 'x"y', '""', '"a b"', '#x', 'é', '😀', '\ud800',
] // biome-ignore format: a list of pieces reads better in rows

/** Texts that are nearly Corefiles: random pieces, so that every rule of the lexer meets every other. */
export const nearlyCorefile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''))

/** Any string at all, lone surrogates included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  nearlyCorefile,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

/** A text with one stretch removed, doubled or replaced. */
export function mutated(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length), fc.nat(30), fc.constantFrom('', ...pieces), fc.boolean())
    .map(([start, length, piece, doubles]) => {
      const end = Math.min(text.length, start + length)
      return text.slice(0, start) + piece + (doubles ? text.slice(start, end) : '') + text.slice(end)
    })
}
