import type { JsonSchema } from '../../grammar/json-schema.ts'

/** The text of a published schema, as the formatter of the project writes it: lists of words on one line where they fit. */
export function schemaText(title: string, schema: JsonSchema): string {
  const text = JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }, null, 2)
  const lines = text.replace(/^(.*)\[\n([^[\]{}]*?)\n\s*\]/gm, (whole, start: string, items: string) => {
    const line = `${start}[${items.trim().replaceAll(/\n\s*/g, ' ')}]`
    return line.length < 120 ? line : whole
  })
  return `${lines}\n`
}
