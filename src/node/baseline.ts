import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { SchemaReader } from '../lint/schema-reader.ts'
import { jsonLine } from '../report/json-text.ts'
import { LineIndex } from '../text/lines.ts'
import { baselineSchema } from './baseline-schema.ts'
import { NotWritten, readText, reasonOf, writeText } from './files.ts'
import type { KnownFindings, NameFile } from './known-findings.ts'
import { withSlashes } from './work-tree.ts'
import { WrongUsage, wrongFile } from './wrong-usage.ts'

/** The name that examples and hints use. */
export const baselineName = '.corefile-baseline.json'

interface Entry {
  readonly path: string
  readonly rule: string
  readonly in?: string
  readonly text: string
  readonly count?: number
}

/** A baseline names files from its own directory, so that it means the same wherever one stands. */
export function namingFrom(baseline: string, cwd: string): NameFile {
  const directory = realDirectory(dirname(resolve(cwd, baseline)))
  const from = realDirectory(resolve(cwd))
  return (path) => withSlashes(relative(directory, resolve(from, path)))
}

/** The same directory may be reached by links on one way and without on the other. */
function realDirectory(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Whether a file that a baseline names is there. */
export function isThere(baseline: string, cwd: string, name: string): boolean {
  return existsSync(join(dirname(resolve(cwd, baseline)), name))
}

/** The findings that a baseline file holds. Throws a WrongUsage that lists what is wrong in it, with places. */
export async function readBaseline(path: string, cwd: string): Promise<readonly KnownFindings[]> {
  const read = readText(resolve(cwd, path))
  if ('error' in read)
    throw new WrongUsage(`cannot read the baseline ${path}: ${read.error}; --update-baseline writes it`)
  const { findings } = await contentOf(read.text, path)
  return findings.map(({ in: block = '', count = 1, ...rest }) => ({ ...rest, block, count }))
}

interface Content {
  readonly findings: readonly Entry[]
}

async function contentOf(text: string, path: string): Promise<Content> {
  const lines = new LineIndex(text)
  const wrong = (offset: number, message: string) => {
    const { line, column } = lines.positionAt(Math.min(offset, text.length))
    return `${path}:${line}:${column}: ${message}`
  }
  const mark = /^(?:<{7}|={7}|>{7})(?!\S)/m.exec(text)
  if (mark !== null) {
    throw new WrongUsage(
      wrong(
        mark.index,
        'a merge left its marks here: keep the lines of both sides, then --update-baseline puts them right',
      ),
    )
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Its own message does not always say where.
  }
  if (isRight(value)) return value
  const yaml = await import('yaml')
  const { nodeViewer } = await import('./yaml-view.ts')
  const document = yaml.parseDocument(text, { prettyErrors: false, logLevel: 'silent', schema: 'json' })
  const errors = document.errors.map(({ pos, message }) => wrong(pos[0], `not JSON: ${message}`))
  if (errors.length > 0) throw wrongFile(errors)
  const reader = new SchemaReader(baselineSchema, nodeViewer(yaml, document))
  reader.read(document.contents, baselineSchema, 'the baseline')
  const mistakes = reader.mistakes.map(({ node, message }) => wrong(node?.range?.[0] ?? 0, message))
  throw wrongFile(mistakes.length > 0 ? mistakes : [wrong(0, 'written by a newer corefile, or not JSON')])
}

function isRight(value: unknown): value is Content {
  if (!isObject(value) || value.version !== 1 || Object.keys(value).length > 2) return false
  return Array.isArray(value.findings) && value.findings.every(isEntry)
}

const entryKeys = new Set(['path', 'rule', 'in', 'text', 'count'])

function isEntry(value: unknown): boolean {
  if (!isObject(value) || !Object.keys(value).every((key) => entryKeys.has(key))) return false
  const { path, rule, in: block = '', text, count } = value
  return (
    [path, rule, block, text].every((one) => typeof one === 'string') &&
    (count === undefined || (Number.isSafeInteger(count) && Number(count) >= 2))
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of a baseline file: in the order given, a line for each kind of finding, so that changes are easy to read and to merge. */
export function baselineText(findings: readonly KnownFindings[]): string {
  const lines = findings.map(({ path, rule, text, block, count }) => {
    const entry = { path, rule, ...(block === '' ? {} : { in: block }), text, ...(count === 1 ? {} : { count }) }
    return `    ${jsonLine(entry)}`
  })
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`
}

/** Writes a baseline file. Throws a WrongUsage where that cannot be done. */
export function writeBaseline(path: string, cwd: string, findings: readonly KnownFindings[]): void {
  try {
    writeText(resolve(cwd, path), baselineText(findings))
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error
    throw new WrongUsage(`cannot write ${path}: ${reasonOf(error)}`)
  }
}
