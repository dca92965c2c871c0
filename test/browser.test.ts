import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { build } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as library from '../src/index.ts'

/** The first of these that this machine has. */
const browser = findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'])
const needsBrowser = browser === undefined ? ' (skipped: there is no Chromium on this machine)' : ''

function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const corefile =
  '\n.:53 {\n  hosts {\n    10.0.0.1  a.example\n  }\n  forward . 10.0.0.53\n}\nb.org {\n    foward . 10.0.0.1\n}\n'
const manifest = `kind: ConfigMap\nmetadata:\n  name: coredns\ndata:\n  Corefile: |${corefile.replaceAll('\n', '\n    ')}\n`
const terraform = `locals {\n  corefile = <<EOT${corefile}EOT\n}\n`
const files = [
  { path: 'Corefile', text: corefile },
  { path: 'cm.yaml', text: manifest },
  { path: 'main.tf', text: terraform },
]

/** What is done in the browser and here alike; it may use nothing but its arguments. */
async function work(
  { parse, print, lint, fix, format, trace, compare }: typeof library,
  inputs: typeof files,
): Promise<unknown> {
  const [{ text }] = inputs as [(typeof files)[number]]
  const tree = parse(text)
  return {
    printed: print(tree) === text,
    blocks: tree.items.map(({ range }) => range),
    linted: await lint(inputs, { coredns: ['1.12.0'], externalPlugins: ['fanout'] }),
    fixed: await fix(inputs, { coredns: ['1.12.0'] }, 'unsafe'),
    traced: await Promise.all(inputs.map((file) => trace(file.text, 'a.example', 'A', { path: file.path }))),
    compared: await compare(text, text.replace('hosts', 'log'), { coredns: ['1.12.0'] }),
    formatted: await Promise.all(inputs.map((file) => format(file.text, { path: file.path }))),
  }
}

const page = `<!doctype html><meta charset="utf-8"><script type="module">
const work = ${work.toString()}
const send = (result) => fetch('/result', { method: 'POST', body: JSON.stringify(result) })
addEventListener('error', ({ message }) => send({ failed: message }))
try {
  send(await work(await import('/index.js'), ${JSON.stringify(files)}))
} catch (error) {
  send({ failed: String(error) })
}
</script>`

describe.skipIf(browser === undefined)(`the library in a browser${needsBrowser}`, () => {
  let server: Server
  let result: Promise<string>

  beforeAll(async () => {
    const { output } = await build({
      input: { index: join(import.meta.dirname, '../src/index.ts') },
      platform: 'neutral',
      resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
      output: { format: 'esm', entryFileNames: '[name].js' },
      logLevel: 'silent',
      write: false,
    })
    const served = new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : '']))
    result = new Promise((resolve) => {
      server = createServer((request, response) => {
        if (request.method === 'POST') {
          let body = ''
          request.setEncoding('utf8').on('data', (part: string) => {
            body += part
          })
          request.on('end', () => {
            response.end()
            resolve(body)
          })
          return
        }
        const isPage = request.url === '/'
        response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript')
        response.end(isPage ? page : (served.get(request.url ?? '') ?? ''))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  }, 60_000)

  afterAll(() => {
    server?.closeAllConnections()
    server?.close()
  })

  it('parses, lints, fixes and formats as it does here', { timeout: 60_000 }, async () => {
    const profile = mkdtempSync(join(tmpdir(), 'corefile-browser-'))
    const { port } = server.address() as AddressInfo
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run']
    // The port only keeps it from ending before the page is done.
    const child = spawn(
      browser as string,
      [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', `http://127.0.0.1:${port}/`],
      { stdio: 'ignore' },
    )
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
    try {
      const there = JSON.parse(await Promise.race([result, ended.then(() => '{"failed":"the browser ended"}')]))
      expect(there).toEqual(JSON.parse(JSON.stringify(await work(library, files))))
      expect(there.linted.summary.files).toBe(3)
      expect(there.traced.map(({ outcome }: { outcome: { kind: string } }) => outcome.kind)).toEqual(
        Array(3).fill('records'),
      )
      expect(there.formatted.map(({ edits }: { edits: unknown[] }) => edits.length > 0)).toEqual([true, true, true])
    } finally {
      child.kill('SIGKILL')
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  })
})
