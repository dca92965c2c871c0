import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const configuration = `coredns: ">=1.11 <1.13"
clusterDnsIP: 10.96.0.10
externalPlugins: [fanout]
rules:
  forward-loop: off
  glued-brace: warning
overrides:
  - files: [deploy/]
    kubernetes: 1.33
    build: node-cache
    rules: { glued-brace: info }
ignore: [deploy/old]
`
const files = {
  '.corefile.yaml': configuration,
  'deploy/Corefile': '. {\n    errors\n}\n',
  Corefile: '. {\n    errors\n}\n',
}

async function print(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(directoryWith(files), ['lint', '--print-config', ...words])
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

describe('corefile lint --print-config', () => {
  it('shows what counts for a file, and where each value comes from', async () => {
    expect(await print('deploy/Corefile', '--rule', 'hosts-missing-fallthrough=off')).toBe(
      `# .corefile.yaml counts for deploy/Corefile
coredns: 1.12.0                   # .corefile.yaml:9, kubernetes 1.33
build: node-cache                 # .corefile.yaml:10
clusterDnsIP: 10.96.0.10          # .corefile.yaml:2
externalPlugins: ["fanout"]       # .corefile.yaml:3
rules:
  forward-loop: off               # .corefile.yaml:5
  glued-brace: info               # .corefile.yaml:11
  hosts-missing-fallthrough: off  # --rule hosts-missing-fallthrough=off
`,
    )
    expect(await print('Corefile')).toContain('coredns: 1.11.0 to 1.12.4    # .corefile.yaml:1, coredns >=1.11 <1.13\n')
    expect(await print('Corefile', '--coredns', '1.12')).toContain('coredns: 1.12.4              # --coredns 1.12\n')
  })

  it('shows what is written for a file that is not there, or holds no Corefile', async () => {
    expect(await print('deploy/none.yaml')).toContain('kubernetes: 1.33')
    expect(await print('deploy/none.yaml')).not.toContain('coredns:')
  })

  it('says what is ignored, and has a form for machines', async () => {
    expect(await print('deploy/old')).toMatch(/^# \.corefile\.yaml counts for deploy\/old, which it ignores\n/)
    const { settings, ...rest } = JSON.parse(await print('deploy/old', '--format', 'json'))
    expect(rest).toEqual({ version: 1, path: 'deploy/old', configuration: '.corefile.yaml', ignored: true })
    expect(settings).toContainEqual({ key: 'rules.glued-brace', value: 'info', from: '.corefile.yaml:11' })
  })

  it('says where nothing is configured', async () => {
    const { stdout } = await run(directoryWith({ Corefile: '. {\n}\n' }), ['lint', '--print-config', 'Corefile'])
    expect(stdout).toMatch(
      /^# no configuration file counts for Corefile\ncoredns: \d+\.\d+\.\d+ +# assumed: the newest\nbuild: official {2}# default\n$/,
    )
  })
})
