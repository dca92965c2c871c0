import { describe, expect, it } from 'vitest'
import { FileLines } from '../../src/text/file-lines.ts'

const texts = new Map([['a.yaml', 'one\ntwo\n']])

describe('FileLines', () => {
  const lines = new FileLines((path) => texts.get(path))

  it('knows where a place starts', () => {
    const place = { path: 'a.yaml', range: { start: 5, end: 7 } }
    expect(lines.positionOf(place)).toEqual({ line: 2, column: 2 })
    expect(lines.nameOf(place)).toBe('a.yaml:2')
  })

  it('gives the start of a file whose text nobody has, and its path alone as its name', () => {
    const place = { path: 'b.yaml', range: { start: 5, end: 7 } }
    expect(lines.of('b.yaml')).toBeNull()
    expect(lines.positionOf(place)).toEqual({ line: 1, column: 1 })
    expect(lines.nameOf(place)).toBe('b.yaml')
  })

  it('looks each text up once, also one that is missing', () => {
    const asked: string[] = []
    const counting = new FileLines((path) => {
      asked.push(path)
      return texts.get(path)
    })
    for (const path of ['a.yaml', 'b.yaml', 'a.yaml', 'b.yaml']) counting.of(path)
    expect(asked).toEqual(['a.yaml', 'b.yaml'])
  })
})
