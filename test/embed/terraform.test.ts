import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embeddedIn } from '../../src/embed/embedded.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { editedOuter, editsOf, only } from './outer.ts'

/** The value of the attribute `corefile` that is written so. */
async function read(written: string) {
  return (await only(`locals {\n  corefile = ${written}\n}\n`, 'main.tf')).text
}

describe('a string', () => {
  it.each([
    ['"a {\\n\\t\\"b\\" \\\\ \\u0041\\U0001F600\\r\\n}"', 'a {\n\t"b" \\ A😀\r\n}'],
    ['"a {\\n $${b} %%{c} {$D}\\n}"', 'a {\n ${b} %{c} {$D}\n}'],
    ['"a {\\n ${var.x} %{ if y }b%{ endif }\\n}"', 'a {\n ${var.x} %{ if y }b%{ endif }\n}'],
    ['"a {\\n ${join(" ", [for s in x : "${s}:53"])} b\\n}"', 'a {\n ${join(,[forsinx:$s:53])} b\n}'],
    ['"a {\\n" // "no {\\n"', 'a {\n'],
    ['chomp("a {\\n")', 'a {\n'],
  ])('%s is read as Terraform reads it, what it interpolates as a placeholder', async (written, text) => {
    expect(await read(written)).toBe(text)
  })

  it.each([
    'replace("a {\\n}", "a", "b")',
    'file("${path.module}/Corefile")',
    'templatefile("Corefile", { a = "{\\n" })',
    '"${local.x}"',
    'var.x # "a {\\n"',
  ])('is no Corefile where it does not stay as it is: %s', async (written) => {
    const { embedded } = await embeddedIn('main.tf', `locals {\n  corefile = ${written}\n}\n`)
    expect(embedded).toEqual([])
  })
})

describe('a heredoc', () => {
  it.each([
    ['<<EOT\n  a {\n  }\nEOT', '  a {\n  }\n'],
    ['<<-EOT\n    a {\n\n      b\n   \n    }\n    EOT', 'a {\n\n  b\n   \n}\n'],
    ['<<-EOT\n    a {\n  b\n    }\nEOT', '  a {\nb\n  }\n'],
    ['<<-EOT\n    a {\n${b}\n    }\nEOT', '    a {\n${b}\n    }\n'],
    ['<<-EOT\n    a {\n      ${f(\n{}\n)}\n    $${c}\n    }\nEOT', 'a {\n  ${f()}\n${c}\n}\n'],
    ['<<-EOT\r\n    a {\r\n    }\r\n    EOT', 'a {\r\n}\r\n'],
    ['<<EOT\na \\n {\n}\nEOT', 'a \\n {\n}\n'],
  ])('%j is read as Terraform reads it', async (written, text) => {
    expect(await read(written)).toBe(text)
  })
})

const corefile = '. {\n    errors\n    hosts {\n        10.0.0.1 a ${b}\n    }\n\n    forward . 10.0.0.2\n}\n'

describe('edits', () => {
  const indented = corefile.replace(/^(?=.)/gm, '      ')
  const places = {
    'in a heredoc': `<<EOT\n${corefile}EOT`,
    'in an indented heredoc': `<<-EOT\n${indented}    EOT`,
    'in quotes': JSON.stringify(corefile),
  }
  it.each(Object.entries(places))('%s make exactly the text, or are refused', async (_, written) => {
    const outer = `locals {\n  corefile = ${written}\n  other = 1\n}\n`
    const embedded = await only(outer, 'main.tf')
    expect(embedded.text).toBe(corefile)
    let made = 0
    await fc.assert(
      fc.asyncProperty(editsOf(corefile), async (edits) => {
        const edited = editedOuter(outer, embedded, edits)
        const wanted = applyEdits(corefile, edits)
        if (edited === null) return
        made++
        const { embedded: again } = await embeddedIn('main.tf', edited)
        // What is left may be no Corefile any more.
        if (again[0]) expect(again[0].text).toBe(wanted)
        expect(edited.endsWith('\n  other = 1\n}\n')).toBe(true)
      }),
    )
    expect(made).toBeGreaterThan(30)
  })

  it.each(Object.entries(places))('%s add, change and take away lines', async (_, written) => {
    const outer = `locals {\n  corefile = ${written}\n}\n`
    const embedded = await only(outer, 'main.tf')
    const line = corefile.indexOf('    errors')
    for (const edit of [
      { start: line, end: line, text: '    log\n' },
      { start: line, end: line + 11, text: '' },
      { start: line + 10, end: line + 10, text: ' {\n        stacktrace\n    }' },
      { start: corefile.length, end: corefile.length, text: '# end\n' },
      { start: 0, end: 0, text: '# ${first}\n' },
    ]) {
      const edited = editedOuter(outer, embedded, [edit])
      expect((await only(edited ?? '', 'main.tf')).text).toBe(applyEdits(corefile, [edit]))
    }
  })

  it.each(Object.entries(places))('%s that open a placeholder and leave it open are refused', async (_, written) => {
    const embedded = await only(`locals {\n  corefile = ${written}\n}\n`, 'main.tf')
    const at = corefile.indexOf('b}')
    expect(embedded.toOuterEdits([{ start: at, end: at + 2, text: '' }])).toBeNull()
  })

  it('of half a placeholder are refused', async () => {
    const outer = 'locals {\n  corefile = "a {\\n ${x["}"]} $${y}\\n}"\n}\n'
    const embedded = await only(outer, 'main.tf')
    const inside = embedded.text.indexOf('x[')
    expect(embedded.toOuterEdits([{ start: inside, end: inside, text: 'a' }])).toBeNull()
    const escaped = embedded.text.indexOf('${y')
    expect(embedded.toOuterEdits([{ start: escaped + 1, end: escaped + 2, text: '' }])).toBeNull()
  })
})

describe('hostile input', () => {
  it('never throws', async () => {
    const pieces = [
      'corefile',
      '=',
      '"',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '<<EOT\n',
      '<<-EOT\n',
      'EOT',
      '\n',
      '${',
      '%{',
      '\\',
      '$',
      '#',
      '/*',
      '*/',
      '//',
      ':',
      ',',
      ' a',
      'content',
      '. {\n',
      '\r\n',
      '\\u12',
      '"corefile":',
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), async (parts) => {
        const text = `corefile = ${parts.join('')}`
        for (const one of (await embeddedIn('main.tf', text)).embedded) {
          const { start, end } = one.toOuter({ start: 0, end: one.text.length })
          expect(0 <= start && start <= end && end <= text.length).toBe(true)
          one.toOuterEdits([{ start: 0, end: one.text.length, text: 'x\n' }])
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['"${', '${', '{', '<<E\n', '"', '[(', 'a = "', '/*', '<<-E\n${', 'corefile = <<E\n'])(
    'takes little time: %j again and again',
    async (part) => {
      await embeddedIn('main.tf', `corefile = ${part.repeat(20_000)}`)
    },
    2000,
  )
})
