import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

const BELOW_LIBRARY = [
  'lint',
  'rules',
  'format',
  'sources',
  'resolver',
  'migrate',
  'syntax',
  'expand',
  'verdict',
  'embed',
  'grammar',
  'report',
]

/** What each folder may import besides itself, `text` and `values`; the table of ARCHITECTURE.md. */
const ALLOWED: Record<string, readonly string[]> = {
  text: [],
  values: [],
  grammar: [],
  syntax: ['grammar'],
  expand: ['syntax', 'grammar'],
  verdict: ['expand', 'grammar'],
  embed: [],
  format: ['syntax', 'expand', 'embed', 'grammar'],
  sources: ['embed'],
  resolver: ['expand', 'verdict', 'sources', 'grammar'],
  lint: ['syntax', 'expand', 'verdict', 'embed', 'sources', 'grammar'],
  rules: ['lint', 'syntax', 'expand', 'verdict', 'resolver', 'grammar'],
  migrate: ['sources', 'resolver', 'embed', 'format', 'syntax', 'expand', 'verdict', 'grammar'],
  report: ['lint', 'verdict', 'resolver', 'migrate', 'sources'],
  library: [...BELOW_LIBRARY],
  node: [...BELOW_LIBRARY, 'library'],
  action: ['node', ...BELOW_LIBRARY, 'library'],
  cli: ['node', ...BELOW_LIBRARY, 'library'],
}

/** Packages, and the folders that may use them. */
const PACKAGES: Record<string, readonly string[]> = {
  '@actions/core': ['action'],
  chevrotain: ['grammar'],
  yaml: ['embed', 'sources', 'migrate', 'node'],
  diff: ['text'],
  commander: ['cli'],
  ignore: ['node'],
  re2js: ['values'],
  tlds: ['values'],
}

const EVERYWHERE = ['text', 'values']
const EDGES = ['node', 'cli', 'action']

interface Module {
  readonly file: string
  readonly folder: string
  readonly imports: readonly string[]
}

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name))
}

function folderOf(file: string): string {
  const [top = '', folder = ''] = file.split('/')
  if (top === 'grammar') return 'grammar'
  return folder.endsWith('.ts') ? 'library' : folder
}

const modules: Module[] = [...sources('src'), ...sources('grammar')].map((file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const specifiers = [
    ...text.matchAll(/^(?:import|export|\}).*? from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
  return { file, folder: folderOf(file), imports: specifiers }
})

describe('the layers', () => {
  it('are all in the table', () => {
    expect([...new Set(modules.map(({ folder }) => folder))].filter((folder) => ALLOWED[folder] === undefined)).toEqual(
      [],
    )
  })

  it('import only what the table allows', () => {
    const wrong = modules.flatMap(({ file, folder, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(root, resolve(root, dirname(file), specifier)))
        .filter((target) => {
          const other = folderOf(target)
          return (
            other !== folder &&
            !EVERYWHERE.includes(other) &&
            !ALLOWED[folder]?.includes(other) &&
            !(folder === 'grammar' && other === 'values')
          )
        })
        .map((target) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('keep Node at the edges', () => {
    const wrong = modules.filter(
      ({ folder, imports }) => !EDGES.includes(folder) && imports.some((specifier) => specifier.startsWith('node:')),
    )
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  it('keep each package where it belongs', () => {
    const wrong = modules.flatMap(({ file, folder, imports }) =>
      imports
        .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .filter((specifier) => !PACKAGES[specifier]?.includes(folder))
        .map((specifier) => `${file} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('keep rules apart from each other', () => {
    const wrong = modules.filter(
      ({ file, imports }) =>
        file.startsWith('src/rules/') &&
        !file.endsWith('/index.ts') &&
        imports.some((specifier) => specifier.startsWith('./')),
    )
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  it('have no folder that is a drawer', () => {
    const names = modules.flatMap(({ file }) => file.split('/'))
    expect(names.filter((name) => /^(utils?|helpers?|common|managers?|handlers?|misc)(\.ts)?$/.test(name))).toEqual([])
  })
})
