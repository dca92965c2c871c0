import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryWith } from './node/directory.ts'

const root = join(import.meta.dirname, '..')
const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n')

/** The arguments of every line that begins with a word. */
const argumentsOf = (word: string) =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))

it('what the Dockerfile copies is all that the program needs', () => {
  const image = directoryWith({ 'work/Corefile': '. {\n  log  \n    errors\n    any\n}\n' })
  for (const words of argumentsOf('COPY').map((line) => line.split(' '))) {
    const target = words.at(-1) ?? ''
    for (const source of words.slice(0, -1)) {
      const isDirectory = statSync(join(root, source)).isDirectory()
      const path = join(image, target, isDirectory ? '' : basename(source))
      mkdirSync(dirname(path), { recursive: true })
      cpSync(join(root, source), path, { recursive: true })
    }
  }
  const [, program = ''] = JSON.parse(argumentsOf('ENTRYPOINT')[0] ?? '[]') as string[]
  const started = (...words: string[]) =>
    spawnSync(process.execPath, [join(image, program), ...words], {
      cwd: join(image, 'work'),
      encoding: 'utf8',
      env: {},
    })
  expect(started('--version').stdout).toMatch(/^corefile \d+\.\d+\.\d+\n$/)
  expect(started('lint', '.')).toMatchObject({ stderr: '' })
  expect(started(...(JSON.parse(argumentsOf('CMD')[0] ?? '[]') as string[])).stdout).toMatch(/^Usage: corefile/)
})
