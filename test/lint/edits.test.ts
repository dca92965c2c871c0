import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import {
  endOfLine,
  indentation,
  insertBefore,
  insertBehind,
  insertProperty,
  moveLinesBefore,
  removeTokens,
  replaceToken,
  startOfLine,
  unit,
} from '../../src/lint/edits.ts'
import { applyEdits, type TextEdit } from '../../src/text/edit.ts'
import { occurrenceOf, viewOf } from '../verdict/views.ts'

/** The text with the edit of its token `word` made. */
function edited(text: string, word: string, edit: (place: Parameters<typeof replaceToken>[0]) => TextEdit): string {
  const list = new TokenList(text)
  let index = 0
  while (list.value(index) !== word) index++
  return applyEdits(text, [edit({ list, index, site: null })])
}

describe('one token', () => {
  it('is replaced as written, quotes and all', () => {
    expect(edited('log "a b" # c', 'a b', (place) => replaceToken(place, 'x'))).toBe('log x # c')
  })

  it('gets text before and behind it', () => {
    expect(edited('a b#c', 'b', (place) => insertBefore(place, 'x'))).toBe('a xb#c')
    expect(edited('a b#c', 'b', (place) => insertBehind(place, 'x'))).toBe('a bx#c')
  })
})

describe('removeTokens', () => {
  it.each([
    ['. {\n  log\n  errors\n}\n', 'log', '. {\n  errors\n}\n'],
    ['. {\r\n  log\r\n  errors\r\n}\r\n', 'log', '. {\r\n  errors\r\n}\r\n'],
    ['. {\n  cache 30 x\n}\n', 'x', '. {\n  cache 30\n}\n'],
    ['. {\n  cache x 30\n}\n', 'x', '. {\n  cache 30\n}\n'],
    ['. {\n  log # why\n}\n', 'log', '. {\n # why\n}\n'],
    ['log', 'log', ''],
    ['a\n  log', 'log', 'a\n'],
  ])('of %j without %s is %j', (text, word, expected) => {
    expect(edited(text, word, (place) => removeTokens(place, place))).toBe(expected)
  })

  it('takes all from one through another', () => {
    const text = '. {\n  log {\n    class all\n  }\n  errors\n}\n'
    const list = new TokenList(text)
    const place = (index: number) => ({ list, index, site: null })
    expect(applyEdits(text, [removeTokens(place(2), place(6))])).toBe('. {\n  errors\n}\n')
  })
})

describe('insertProperty', () => {
  const inserted = (text: string, plugin = 'hosts') => {
    const edit = insertProperty(occurrenceOf(text, plugin), 'fallthrough')
    return edit === null ? null : applyEdits(text, [edit])
  }

  it('adds a line at the end of the block, indented as the one before', () => {
    expect(inserted('. {\n\thosts {\n\t\t10.0.0.1 a\n\t}\n}\n')).toBe(
      '. {\n\thosts {\n\t\t10.0.0.1 a\n\t\tfallthrough\n\t}\n}\n',
    )
    expect(inserted('. {\n  hosts {\n       10.0.0.1 a # c\n  }\n}\n')).toBe(
      '. {\n  hosts {\n       10.0.0.1 a # c\n       fallthrough\n  }\n}\n',
    )
  })

  it('keeps the line ends of Windows', () => {
    expect(inserted('. {\r\n  hosts {\r\n    ttl 1\r\n  }\r\n}\r\n')).toBe(
      '. {\r\n  hosts {\r\n    ttl 1\r\n    fallthrough\r\n  }\r\n}\r\n',
    )
  })

  it('fills an empty block, indented as the text does it', () => {
    expect(inserted('. {\n  hosts {\n  }\n}\n')).toBe('. {\n  hosts {\n    fallthrough\n  }\n}\n')
  })

  it('gives a block to a directive without one', () => {
    expect(inserted('. {\n  hosts x y # c\n}\n')).toBe('. {\n  hosts x y {\n    fallthrough\n  } # c\n}\n')
    expect(inserted('. {\n    hosts\n}\n')).toBe('. {\n    hosts {\n        fallthrough\n    }\n}\n')
  })

  it('gives up on a block on one line or without an end', () => {
    expect(inserted('. {\n  hosts { ttl 1 }\n}\n')).toBeNull()
    expect(inserted('. {\n  hosts {\n    ttl 1\n')).toBeNull()
    expect(inserted('. {\n  hosts {\n    ttl 1 }\n}\n')).toBeNull()
  })

  it('edits the text in which the directive stands', () => {
    const files = { x: 'hosts {\n  10.0.0.1 a\n}\n' }
    const occurrence = occurrenceOf('. {\n  import x\n}\n', 'hosts', files)
    const edit = insertProperty(occurrence, 'fallthrough') as TextEdit
    expect(applyEdits(files.x, [edit])).toBe('hosts {\n  10.0.0.1 a\n  fallthrough\n}\n')
  })

  it('gives up on a block of which a part is imported', () => {
    const text = '. {\n  hosts {\n    import x\n'
    expect(insertProperty(occurrenceOf(text, 'hosts', { x: '10.0.0.1 a\n}\n}\n' }), 'fallthrough')).toBeNull()
  })
})

describe('moveLinesBefore', () => {
  const moved = (text: string, files?: Record<string, string>) => {
    const view = viewOf(text, '1.15.0', files)
    const [log] = view.plugins('log')
    const [hosts] = view.plugins('hosts')
    if (log === undefined || hosts === undefined) throw new Error('both must be there')
    const edits = moveLinesBefore(log, hosts)
    return edits === null ? null : applyEdits(text, edits)
  }

  it('moves a directive with the comments right above it', () => {
    expect(moved('. {\n  # all\n  hosts {\n    ttl 1\n  }\n  errors\n\n  # a\n  # b\n  log\n}\n')).toBe(
      '. {\n  # a\n  # b\n  log\n  # all\n  hosts {\n    ttl 1\n  }\n  errors\n\n}\n',
    )
  })

  it('moves a directive of several lines', () => {
    expect(moved('. {\n  hosts\n  log {\n    class all\n  }\n}\n')).toBe(
      '. {\n  log {\n    class all\n  }\n  hosts\n}\n',
    )
  })

  it('gives up where a line is shared, or the texts differ', () => {
    expect(moved('. { hosts\n  log\n}\n')).toBeNull()
    expect(moved('. {\n  hosts\n  log }\n')).toBeNull()
    expect(moved('. {\n  hosts\n  import x\n}\n', { x: 'log\n' })).toBeNull()
    expect(moved('. {\n  hosts\n  log')).toBeNull()
  })
})

describe('lines and indentation', () => {
  it('of an offset', () => {
    const text = 'a\n\t b c\n'
    expect(startOfLine(text, 5)).toBe(2)
    expect(startOfLine(text, 1)).toBe(0)
    expect(endOfLine(text, 3)).toBe(7)
    expect(endOfLine('abc', 1)).toBe(3)
    expect(indentation(text, 5)).toBe('\t ')
    expect(indentation(text, 3)).toBe('\t')
  })

  it('one step is what the first indented line has, else four blanks', () => {
    expect(unit(new TokenList('a {\n\tb\n  c\n}'))).toBe('\t')
    expect(unit(new TokenList('a {\n}'))).toBe('    ')
    expect(unit(new TokenList('a {\n   \n  b\n}'))).toBe('  ')
  })

  it('begin and end around every offset of every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', ' ') }), fc.nat(), (text, number) => {
        const offset = text === '' ? 0 : number % text.length
        const start = startOfLine(text, offset)
        expect(text.slice(start, offset)).not.toContain('\n')
        expect(start === 0 || text[start - 1] === '\n').toBe(true)
        const end = endOfLine(text, offset)
        expect(text.slice(offset, end)).not.toContain('\n')
        expect(end === text.length || text[end] === '\n').toBe(true)
      }),
    )
  })
})
