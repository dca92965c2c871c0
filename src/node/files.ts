import { isUtf8 } from 'node:buffer'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** A file as it was read. */
export interface ReadFile {
  /** With U+FFFD for what is not UTF-8, as CoreDNS reads it, and with the byte order mark where there is one. */
  readonly text: string
  /** False for a file that must not be written: its bytes cannot be made from the text. */
  readonly isUtf8: boolean
}

/** The text of a file, or why there is none, in a person's words: `no such file`. Links are followed. */
export function readText(path: string): ReadFile | { readonly error: string } {
  try {
    return decode(readFileSync(path))
  } catch (error) {
    return { error: reasonOf(error) }
  }
}

/** Whether a path leads to a directory, links followed; whoever reads it next says what is wrong with one that leads nowhere. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** The text that bytes stand for. Throws where it is longer than a string can be. */
export function decode(bytes: Uint8Array): ReadFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { text: buffer.toString('utf8'), isUtf8: isUtf8(buffer) }
}

/**
 * Writes a file of our own, such as a report: beside its place and moved there, so that nobody sees half of it. Links are followed,
 * the mode of a file that was there stays. What cannot be replaced, such as a pipe or a file in a directory that is not ours, is
 * written in its place. Throws a NotWritten that names the file.
 */
export function writeText(path: string, text: string): void {
  try {
    const target = placeOf(path)
    const before = statSync(target, { throwIfNoEntry: false })
    if (before !== undefined && !before.isFile()) writeFileSync(target, text)
    else replace(target, text, before)
  } catch (error) {
    throw new NotWritten(path, reasonOf(error))
  }
}

/** Where a file is or would come to be, links followed also where they lead to nothing yet. */
function placeOf(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const link = lstatSync(path, { throwIfNoEntry: false })
  if (link?.isSymbolicLink()) return resolve(dirname(path), readlinkSync(path))
  return join(realpathSync(dirname(path)), basename(path))
}

/** What keeps a file from being moved into a place that can be written. */
const unmovable: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'EBUSY', 'EXDEV'])

function replace(target: string, text: string, before: Stats | undefined): void {
  let temporary: string | undefined
  try {
    temporary = writeBeside(target, text, before)
    renameSync(temporary, target)
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true })
    if (before === undefined || !unmovable.has((error as NodeJS.ErrnoException).code)) throw error
    writeFileSync(target, text)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
}

/** What went wrong with a file, in a person's words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code !== undefined ? reasons[code] : undefined) ?? message
}

/** A new text for a file. */
export interface Replacement {
  readonly path: string
  /** What the file must still hold. */
  readonly before: string
  readonly after: string
}

/** Which file could not be written, and why. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten'
  readonly path: string

  constructor(path: string, reason: string) {
    super(reason)
    this.path = path
  }
}

interface Staged {
  readonly path: string
  readonly target: string
  readonly temporary: string
  readonly before: Buffer
}

/**
 * Replaces the texts of files, all of them or none as far as the file system lets us. Each is written beside its file and moved into
 * its place, so that nobody sees half a file; links are followed, the mode stays. Throws a NotWritten that names the file.
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const staged: Staged[] = []
  try {
    for (const replacement of replacements) staged.push(stage(replacement))
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true })
    throw error
  }
  const moved: Staged[] = []
  for (const file of staged) {
    try {
      renameSync(file.temporary, file.target)
      moved.push(file)
    } catch (error) {
      for (const { temporary } of staged) rmSync(temporary, { force: true })
      for (const { target, before } of moved) writeFileSync(target, before)
      throw new NotWritten(file.path, reasonOf(error))
    }
  }
}

function stage({ path, before, after }: Replacement): Staged {
  try {
    const target = realpathSync(path)
    const bytes = readFileSync(target)
    if (!bytes.equals(Buffer.from(before))) throw new NotWritten(path, 'it was changed by somebody else meanwhile')
    const temporary = writeBeside(target, after, statSync(target))
    return { path, target, temporary, before: bytes }
  } catch (error) {
    throw error instanceof NotWritten ? error : new NotWritten(path, reasonOf(error))
  }
}

/** A new file beside `target` with a text, and with the mode and owner of the file that is there; its path. */
function writeBeside(target: string, text: string, like: Stats | undefined): string {
  const path = join(dirname(target), `.${basename(target)}.${Math.random().toString(36).slice(2, 8)}.corefile`)
  const descriptor = openSync(path, 'wx', like?.mode)
  try {
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    if (like === undefined) return path
    // The mask of the process does not count for a file that was there before.
    chmodSync(path, like.mode)
    keepOwner(path, like.uid, like.gid)
    return path
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

function keepOwner(path: string, uid: number, gid: number): void {
  const created = statSync(path)
  if (created.uid === uid && created.gid === gid) return
  try {
    chownSync(path, uid, gid)
  } catch {
    // Only root may give files away; whoever may write the file may own it as well.
  }
}
