import * as fs from 'node:fs'
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { NotWritten, readText, replaceFiles, writeText } from '../../src/node/files.ts'
import { directoryWith } from './directory.ts'

const realFs = await vi.importActual<typeof fs>('node:fs')
vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof fs>()
  return { ...actual, renameSync: vi.fn(actual.renameSync) }
})

describe('readText', () => {
  it('keeps the byte order mark and line endings', () => {
    const directory = directoryWith({ Corefile: '\ufeff. {\r\n}\r\n' })
    expect(readText(join(directory, 'Corefile'))).toEqual({ text: '\ufeff. {\r\n}\r\n', isUtf8: true })
  })

  it('puts U+FFFD for what is not UTF-8, and says so', () => {
    const directory = directoryWith({ Corefile: new Uint8Array([0x61, 0xff, 0x62]) })
    expect(readText(join(directory, 'Corefile'))).toEqual({ text: 'a\ufffdb', isUtf8: false })
  })

  it('takes a U+FFFD that is written as such for what it is', () => {
    const directory = directoryWith({ Corefile: 'a\ufffdb' })
    expect(readText(join(directory, 'Corefile'))).toEqual({ text: 'a\ufffdb', isUtf8: true })
  })

  it('says in words why there is no text', () => {
    const directory = directoryWith({ file: '' })
    symlinkSync('circle', join(directory, 'circle'))
    expect(readText(join(directory, 'missing'))).toEqual({ error: 'no such file' })
    expect(readText(directory)).toEqual({ error: 'it is a directory' })
    expect(readText(join(directory, 'file', 'below'))).toEqual({ error: 'a part of its path is not a directory' })
    expect(readText(join(directory, 'circle'))).toEqual({ error: 'its links lead in a circle' })
  })
})

describe('replaceFiles', () => {
  it('keeps mode, links, byte order mark and line endings, and leaves nothing beside the file', () => {
    const directory = directoryWith({ 'real/Corefile': '\ufeffold\r\n', 'links/': '' })
    const target = join(directory, 'real/Corefile')
    const link = join(directory, 'links/Corefile')
    chmodSync(target, 0o666)
    symlinkSync('../real/Corefile', link)
    replaceFiles([{ path: link, before: '\ufeffold\r\n', after: '\ufeffnew\r\n' }])
    expect(readFileSync(target, 'utf8')).toBe('\ufeffnew\r\n')
    expect(statSync(target).mode & 0o777).toBe(0o666)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readdirSync(join(directory, 'real'))).toEqual(['Corefile'])
    expect(readdirSync(join(directory, 'links'))).toEqual(['Corefile'])
  })

  it('writes none when one was changed meanwhile, is gone, or cannot be written', () => {
    const directory = directoryWith({ a: 'a', b: 'b' })
    const first = { path: join(directory, 'a'), before: 'a', after: 'A' }
    const attempts = [
      { path: join(directory, 'b'), before: 'what it was', after: 'B' },
      { path: join(directory, 'gone'), before: '', after: 'B' },
    ]
    for (const second of attempts) {
      expect(() => replaceFiles([first, second])).toThrow(NotWritten)
      expect(readdirSync(directory)).toEqual(['a', 'b'])
      expect(readFileSync(first.path, 'utf8')).toBe('a')
    }
    expect(() => replaceFiles([first, attempts[0] as never])).toThrow('it was changed by somebody else meanwhile')
  })

  it('puts back what was moved already when a later file cannot be moved', () => {
    const directory = directoryWith({ a: 'a', b: 'b', c: 'c' })
    const replacements = ['a', 'b', 'c'].map((name) => ({
      path: join(directory, name),
      before: name,
      after: name.toUpperCase(),
    }))
    const { renameSync } = realFs
    vi.mocked(fs.renameSync)
      .mockImplementationOnce(renameSync)
      .mockImplementationOnce(() => {
        throw Object.assign(new Error('refused'), { code: 'EACCES' })
      })
    expect(() => replaceFiles(replacements)).toThrow('permission denied')
    expect(readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))).toEqual(['a', 'b', 'c'])
  })
})

describe('writeText', () => {
  it('writes new files and replaces old ones with their mode, through links, and leaves nothing beside them', () => {
    const cwd = directoryWith({ 'old.md': 'old', 'real/': '' })
    chmodSync(join(cwd, 'old.md'), 0o640)
    symlinkSync('old.md', join(cwd, 'link.md'))
    symlinkSync('real/new.md', join(cwd, 'ahead.md'))
    for (const name of ['link.md', 'ahead.md', 'plain.md']) writeText(join(cwd, name), name)
    expect(readFileSync(join(cwd, 'old.md'), 'utf8')).toBe('link.md')
    expect(statSync(join(cwd, 'old.md')).mode & 0o777).toBe(0o640)
    expect(lstatSync(join(cwd, 'link.md')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(cwd, 'real/new.md'), 'utf8')).toBe('ahead.md')
    expect(readdirSync(cwd).sort()).toEqual(['ahead.md', 'link.md', 'old.md', 'plain.md', 'real'])
  })

  it('says which file cannot be written, and writes to what is no file', () => {
    const cwd = directoryWith({ 'd/': '' })
    expect(() => writeText(join(cwd, 'none/x.md'), 'x')).toThrow('no such file')
    expect(() => writeText(join(cwd, 'd'), 'x')).toThrow('it is a directory')
    expect(() => writeText('/dev/null', 'x')).not.toThrow()
  })
})
