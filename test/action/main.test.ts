import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { TestRepository } from '../node/repository.ts'

const bundle = join(import.meta.dirname, '../../dist/action.mjs')

/** What a step came to, as the runner sees it. */
interface Step {
  readonly code: number | null
  readonly log: string
  /** The commands that the runner obeys: those outside of what `stop-commands` fences. */
  readonly commands: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Runs the committed bundle as the runner does: inputs and files by environment variables, the workspace as working directory. */
function runStep(
  workspace: string,
  inputs: Readonly<Record<string, string>> = {},
  event: object = { pull_request: { number: 1 } },
): Step {
  const files = directoryWith({ output: '', summary: '', 'event.json': JSON.stringify(event) })
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle], {
    cwd: workspace,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: directoryWith({}),
      GITHUB_OUTPUT: join(files, 'output'),
      GITHUB_STEP_SUMMARY: join(files, 'summary'),
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: join(files, 'event.json'),
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'owner/repo',
      GITHUB_SHA: 'c0ffee',
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  })
  expect(stderr).toBe('')
  return {
    code: status,
    log: stdout,
    commands: obeyed(stdout),
    outputs: outputsOf(readFileSync(join(files, 'output'), 'utf8')),
    summary: readFileSync(join(files, 'summary'), 'utf8'),
  }
}

function obeyed(log: string): string[] {
  const commands: string[] = []
  let token: string | null = null
  for (const line of log.split('\n')) {
    const [, stopped] = /^::stop-commands::(.+)$/.exec(line) ?? []
    if (token !== null) token = line === `::${token}::` ? null : token
    else if (stopped !== undefined) token = stopped
    else if (/^\s*::|##\[/.test(line)) commands.push(line)
  }
  return commands
}

/** The entries of an output file, `NAME<<DELIMITER`, value, `DELIMITER`. */
function outputsOf(text: string): Record<string, string> {
  const entries = text.matchAll(/^(.+?)<<(.+)\r?\n([\s\S]*?)\r?\n?\2$/gm)
  return Object.fromEntries([...entries].map(([, name = '', , value = '']) => [name, value]))
}

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: coredns }
data:
  Corefile: |
    . {
        foward . 10.0.0.1
    }
`

const good = '. {\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n'
const bad = good.replace('        fallthrough\n', '')
const old = 'example.org {\n    foward . 10.0.0.1\n}\n'
const changedOnly = { 'changed-only': 'true' }

/** A repository whose main branch has an old finding, with a pull request on branch `feature` that brings a new one. */
function pullRequest() {
  const origin = TestRepository.with({ 'deploy/Corefile': good, 'other/Corefile': old })
  const base = origin.git('rev-parse', 'HEAD')
  origin.git('switch', '-q', '-c', 'feature')
  const head = origin.commit({ 'deploy/Corefile': bad })
  origin.git('switch', '-q', '-c', 'merge', 'main')
  origin.git('merge', '-q', '--no-ff', '-m', 'merge', 'feature')
  return { origin, base, head }
}

describe('the action with changed-only', () => {
  it('shows of a pull request what its base does not have, with a fetch depth of 2', () => {
    const { path } = pullRequest().origin.clone('--depth=2', '--branch=merge')
    const { code, commands, outputs, log } = runStep(path, changedOnly)
    expect(code).toBe(1)
    expect(commands).toEqual([
      expect.stringMatching(/^::error title=hosts-missing-fallthrough,file=deploy\/Corefile,line=2,/),
    ])
    expect(outputs).toMatchObject({ errors: '1', result: 'failed' })
    expect(log).toMatch(/1 also in\s[0-9a-f]{7}/)
    expect(runStep(path).outputs.errors).toBe('2')
  })

  it('checks everything where the history is missing, and says so once', () => {
    const { path } = pullRequest().origin.clone('--depth=1', '--branch=merge')
    const { commands, outputs } = runStep(path, changedOnly)
    const notices = commands.filter((command) => command.includes('changed-only'))
    expect(notices).toEqual([
      '::notice title=corefile::everything is checked: changed-only compares with the base of the event; this clone does not have it, set fetch-depth: 2 for actions/checkout',
    ])
    expect(outputs.errors).toBe('2')
    const outside = directoryWith({ Corefile: old })
    expect(runStep(outside, changedOnly)).toMatchObject({ code: 1, outputs: { errors: '1' } })
  })

  it('takes where the branch began where its head is checked out', () => {
    const { origin, base } = pullRequest()
    origin.git('switch', '-q', 'main')
    const tip = origin.commit({ 'other/Corefile': good })
    const { path } = origin.clone('--branch=feature')
    const event = (sha: string) => ({ pull_request: { number: 1, base: { sha } } })
    expect(runStep(path, changedOnly, event(base)).outputs.errors).toBe('1')
    expect(runStep(path, changedOnly, event(tip)).outputs.errors).toBe('1')
    expect(runStep(path, changedOnly, event('f'.repeat(40))).outputs.errors).toBe('2')
    expect(runStep(path, changedOnly, event('--upload-pack=x')).outputs.errors).toBe('2')
  })

  it('takes of a push what the branch was before it', () => {
    const { origin, base, head } = pullRequest()
    const { path } = origin.clone('--branch=feature')
    expect(runStep(path, changedOnly, { before: base, after: head }).outputs.errors).toBe('1')
    expect(runStep(path, changedOnly, { before: head, after: head })).toMatchObject({
      code: 0,
      outputs: { errors: '0' },
    })
    const isNew = runStep(path, changedOnly, { before: '0'.repeat(40), after: head })
    expect(isNew.outputs.errors).toBe('2')
    expect(isNew.commands[0]).toContain('set fetch-depth: 0')
    expect(runStep(path, changedOnly, { schedule: '0 0 * * *' }).commands[0]).toContain('this event has none')
  })

  it('passes where nothing changed, also where nothing is', () => {
    const { path } = pullRequest().origin.clone('--depth=2', '--branch=merge')
    mkdirSync(join(path, 'docs'))
    expect(runStep(path, { ...changedOnly, paths: 'docs' })).toMatchObject({ code: 0, outputs: { result: 'passed' } })
    expect(runStep(path, { ...changedOnly, paths: 'other' })).toMatchObject({ code: 0, outputs: { result: 'passed' } })
  })
})

describe('the action', () => {
  it('says what it found where it is found, and fails', () => {
    const workspace = directoryWith({ '.git/': '', 'deploy/cm.yaml': configMap, 'deploy/values.yaml': 'a: 1\n' })
    const { code, commands, outputs, summary, log } = runStep(workspace, { 'coredns-version': '1.12.0' })
    expect(code).toBe(1)
    expect(commands).toEqual(
      [
        expect.stringMatching(
          /^::error title=unknown-plugin,file=deploy\/cm\.yaml,line=7,endLine=7,col=9,endColumn=15::.*foward/,
        ),
        expect.stringMatching(/^::(error|warning|notice) title=/),
      ].slice(0, commands.length),
    )
    expect(log).toContain('deploy/cm.yaml:7:9')
    expect(outputs).toEqual({
      errors: String(commands.filter((command) => command.startsWith('::error')).length),
      warnings: '0',
      fixable: '1',
      'files-checked': '1',
      result: 'failed',
      'sarif-file': '',
      'report-file': '',
    })
    const link = 'https://github.example/owner/repo/blob/c0ffee/deploy/cm.yaml?plain=1#L7'
    expect(summary).toContain(`| error | [deploy/cm.yaml:7](${link}) | [unknown-plugin](`)
    expect(summary).toContain('-        foward . 10.0.0.1\n+        forward . 10.0.0.1')
    expect(summary).toContain('CoreDNS 1.12.0')
  })

  it('passes where nothing is wrong, and says so', () => {
    const workspace = directoryWith({ Corefile: '. {\n    errors\n    forward . 10.0.0.53\n}\n' })
    const { code, commands, outputs, log } = runStep(workspace)
    expect({ code, commands, result: outputs.result }).toEqual({ code: 0, commands: [], result: 'passed' })
    expect(log).toContain('1 file, no problems')
  })

  it('names files from the root of the repository whatever the working directory, and writes the files asked for', () => {
    const workspace = directoryWith({
      'checkout/.git/': '',
      'checkout/deploy/a/Corefile': '. {\n    foward . 10.0.0.1\n}\n',
      'checkout/deploy/.corefile.yaml': 'coredns: 1.9.3\n',
    })
    const { commands, outputs, summary } = runStep(workspace, {
      'working-directory': 'checkout/deploy',
      paths: 'a\n',
      'sarif-file': 'corefile.sarif',
      'rdjson-file': 'corefile.rdjson',
      'fail-on': 'never',
    })
    expect(commands[0]).toContain('file=deploy/a/Corefile,line=2')
    expect(summary).toContain('CoreDNS 1.9.3, from the configuration')
    expect(outputs).toMatchObject({ result: 'passed', 'sarif-file': 'checkout/deploy/corefile.sarif' })
    const sarif = JSON.parse(readFileSync(join(workspace, 'checkout/deploy/corefile.sarif'), 'utf8'))
    const { uri } = sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation
    expect(uri).toBe('deploy/a/Corefile')
    expect(sarif.runs[0].tool.driver.rules[0].help.text).toMatch(/\w/)
    const rdjson = JSON.parse(readFileSync(join(workspace, 'checkout/deploy/corefile.rdjson'), 'utf8'))
    expect(rdjson.diagnostics[0].location.path).toBe('deploy/a/Corefile')
  })

  it('shows ten annotations of a level, says how many more there are, and has all in the log', () => {
    const blocks = Array.from({ length: 14 }, (_, index) => `a${index}.org {\n    forward\n    errors\n}\n`)
    const { commands, log, outputs } = runStep(directoryWith({ Corefile: blocks.join('') }))
    const count = (level: string) => commands.filter((command) => command.startsWith(`::${level} `)).length
    expect(count('error')).toBe(10)
    expect(count('notice')).toBeLessThanOrEqual(10)
    const more = Number(outputs.errors) - 10
    expect(commands.at(-1)).toMatch(
      new RegExp(`^::notice title=corefile::${more} more errors.*the log of this step has them$`),
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the log has colours.
    expect(log.match(/Corefile:\d+:5\u001b\[0m \u001b\[1;31merror/g)?.length).toBeGreaterThanOrEqual(14)
  })

  it('can be silent about changes and summary', () => {
    const workspace = directoryWith({ Corefile: '. {\n    foward . 10.0.0.1\n}\n' })
    const { code, commands, summary } = runStep(workspace, { annotations: 'false', summary: 'false' })
    expect({ code, commands, summary }).toEqual({ code: 1, commands: [], summary: '' })
  })

  it('obeys nothing that a file says', () => {
    const name = '::error::pwn.corefile'
    const workspace = directoryWith({})
    mkdirSync(join(workspace, '::set-output name=result::'))
    writeFileSync(
      join(workspace, '::set-output name=result::', name),
      '::error::pwn##[add-mask]a%0A::x\u001b[2J {\n    foward . 1.1.1.1 # <script>\n    ##[set-output name=result]passed\n}\n',
    )
    const { code, commands, outputs, summary } = runStep(workspace)
    expect(code).toBe(1)
    expect(outputs.result).toBe('failed')
    for (const command of commands)
      expect(command).toMatch(/^::(error|warning|notice) title=[a-z-]+,file=%3A%3Aset-output /)
    expect(commands.join('\n') + summary).not.toContain('\u001b')
    // In a fence nothing is interpreted; none of its lines ends it.
    expect(summary.replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, '')).not.toMatch(/<script|##\[/)
  })

  it.each([
    [{ 'fail-on': 'errors' }, 'fail-on "errors": did you mean "error"?'],
    [{ annotations: 'yes' }, 'annotations "yes": write true or false'],
    [{ 'coredns-version': '1.13.9' }, 'unknown CoreDNS release "1.13.9"'],
    [{ 'working-directory': 'none' }, 'is not a directory'],
    [{ paths: 'none' }, 'cannot read none: no such file'],
    [{ paths: 'empty' }, 'no Corefile found in empty/'],
    [{ config: 'none.yaml' }, 'cannot read the configuration none.yaml'],
    [{ 'sarif-file': 'none/a.sarif' }, 'none/a.sarif: no such file'],
  ])('fails with one sentence: %j', (inputs, message) => {
    const workspace = directoryWith({ Corefile: '. {\n    forward . 10.0.0.53\n}\n', 'empty/': '' })
    const { code, commands, outputs } = runStep(workspace, inputs as Record<string, string>)
    expect(code).toBe(1)
    expect(commands.length).toBe(1)
    expect(commands[0]).toMatch(/^::error::/)
    expect(decodeURIComponent(commands[0] ?? '')).toContain(message)
    expect(outputs.result).toBe('error')
  })

  it('writes the report of the summary, and other formats, where it is asked to', () => {
    const workspace = directoryWith({ 'a/Corefile': '. {\n    foward . 10.0.0.1\n}\n' })
    const { outputs, summary } = runStep(workspace, {
      'working-directory': 'a',
      'report-file': 'report.md\njunit=junit.xml\n',
    })
    expect(outputs['report-file']).toBe('a/report.md')
    expect(readFileSync(join(workspace, 'a/report.md'), 'utf8')).toBe(summary)
    expect(readFileSync(join(workspace, 'a/junit.xml'), 'utf8')).toContain('<testsuite name="a/Corefile"')
  })

  it('leaves out what a baseline holds, and fails where it holds what is there no more', () => {
    const entry = { path: 'Corefile', rule: 'unknown-plugin', in: '.', text: 'foward . 10.0.0.1' }
    const baseline = (...findings: object[]) => JSON.stringify({ version: 1, findings })
    const workspace = directoryWith({
      'deploy/Corefile': '. {\n    foward . 10.0.0.1\n    errors\n}\n',
      'deploy/known.json': baseline(entry),
      'deploy/stale.json': baseline(entry, { ...entry, text: 'foward . 10.0.0.2' }),
    })
    const known = runStep(workspace, { 'working-directory': 'deploy', baseline: 'known.json' })
    expect(known.commands.filter((command) => command.includes('unknown-plugin'))).toEqual([])
    expect(known.outputs).toMatchObject({ errors: '0', result: 'passed' })
    expect(known.summary).toContain('1 in deploy/known.json')
    const stale = runStep(workspace, { 'working-directory': 'deploy', baseline: 'stale.json' })
    expect(stale).toMatchObject({ code: 1, outputs: { errors: '0', result: 'failed' } })
    expect(stale.commands.at(-1)).toMatch(
      /^::error title=corefile::deploy\/stale\.json holds 1 finding that is there no more/,
    )
    const never = runStep(workspace, { 'working-directory': 'deploy', baseline: 'stale.json', 'fail-on': 'never' })
    expect(never).toMatchObject({ code: 0, outputs: { result: 'passed' } })
    expect(never.commands.at(-1)).toMatch(/^::warning title=corefile::/)
  })

  it('says which answers a pull request changes, and fails for none of them', () => {
    const { path } = pullRequest().origin.clone('--depth=2', '--branch=merge')
    const { code, summary, log } = runStep(path, { compare: 'true', 'fail-on': 'never' })
    expect(code).toBe(0)
    expect(summary).toContain('## Answers that change')
    expect(summary).toMatch(
      /\| every name.* \| upstream 10\.0\.0\.\d+ \| SERVFAIL: hosts has no such name.* \| deploy\/Corefile:2 \|/,
    )
    expect(log).toContain('needs restart')
    const shallow = pullRequest().origin.clone('--depth=1', '--branch=merge')
    const { commands } = runStep(shallow.path, { compare: 'true', 'fail-on': 'never' })
    expect(commands.filter((command) => command.includes('answers are not compared'))).toHaveLength(1)
  })

  it('migrates sources, and gives the diff and the report as files, without touching the repository', () => {
    const kubeDns = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns}\ndata:\n  stubDomains: |\n    {"acme.local": ["10.150.0.1"]}\n`
    const usual = '.:53 {\n    kubernetes cluster.local\n    forward . /etc/resolv.conf\n}\n'
    const workspace = directoryWith({ 'kube-dns.yaml': kubeDns, Corefile: usual })
    const { code, outputs, summary } = runStep(workspace, {
      migrate: 'kube-dns.yaml',
      into: 'Corefile',
      'fail-on': 'never',
    })
    expect(code).toBe(0)
    expect(readFileSync(outputs['diff-file'] ?? '', 'utf8')).toContain('+acme.local:53 {')
    expect(readFileSync(outputs['report-file'] ?? '', 'utf8')).toContain('## Roll back')
    expect(summary).toContain('+acme.local:53 {')
    expect(readFileSync(join(workspace, 'Corefile'), 'utf8')).toBe(usual)
  })

  it('declares what it reads', () => {
    const manifest = readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')
    const inputs = /^inputs:\n([\s\S]*?)\n\n/m
      .exec(manifest)?.[1]
      ?.match(/^ {2}[\w-]+(?=:)/gm)
      ?.map((name) => name.trim())
    const source = ['inputs', 'main'].map((name) =>
      readFileSync(join(import.meta.dirname, `../../src/action/${name}.ts`), 'utf8'),
    )
    const read = [...source.join('').matchAll(/(?:get\w*Input|switchOf)\('([\w-]+)'\)/g)].map(([, name = '']) => name)
    const files = [...source.join('').matchAll(/'([\w-]+-file)'/g)].map(([, name = '']) => name)
    expect(inputs?.toSorted()).toEqual([...new Set([...read, ...files])].sort())
    expect(manifest).toContain('using: node24\n  main: dist/action.mjs')
  })
})
