import { isUtf8 } from 'node:buffer'
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

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

/** The text that bytes stand for. Throws where it is longer than a string can be. */
export function decode(bytes: Uint8Array): ReadFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { text: buffer.toString('utf8'), isUtf8: isUtf8(buffer) }
}

/** Writes a file of our own, such as a report. Throws a NotWritten that names it. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new NotWritten(path, reasonOf(error))
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
  let temporary: string | undefined
  try {
    const target = realpathSync(path)
    const bytes = readFileSync(target)
    if (!bytes.equals(Buffer.from(before))) throw new NotWritten(path, 'it was changed by somebody else meanwhile')
    const { mode, uid, gid } = statSync(target)
    const name = join(dirname(target), `.${basename(target)}.${Math.random().toString(36).slice(2, 8)}.corefile`)
    const descriptor = openSync(name, 'wx', mode)
    temporary = name
    try {
      writeFileSync(descriptor, after)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    // The mask of the process does not count for a file that was there before.
    chmodSync(temporary, mode)
    keepOwner(temporary, uid, gid)
    return { path, target, temporary, before: bytes }
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true })
    throw error instanceof NotWritten ? error : new NotWritten(path, reasonOf(error))
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
