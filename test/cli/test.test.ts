import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const corefile = `.:53 {
    hosts /dev/null {
        10.255.0.170 registry
        fallthrough
    }
    forward . 10.0.0.53
}
`
const tests = `corefile: deploy/Corefile
tests:
  - query: registry A
    expect: { records: [10.255.0.170] }
  - query: "*.example.org"
    expect: { upstream: 10.0.0.53 }
  - query: registry
    expect: { not: { outcome: servfail } }
`

describe('corefile test', () => {
  it('holds what is expected against what is answered', async () => {
    const cwd = directoryWith({ 'corefile_test.yaml': tests, 'deploy/Corefile': corefile })
    expect(await run(cwd, ['test'])).toMatchObject({ code: 0, stdout: '3 expectations, all hold\n' })
  })

  it('takes a Corefile from anywhere', async () => {
    const cwd = directoryWith({ Corefile: corefile })
    const text = tests.replace('deploy/Corefile', `${cwd}/Corefile`)
    const other = directoryWith({ 'corefile_test.yaml': text })
    expect(await run(other, ['test'])).toMatchObject({ code: 0, stdout: '3 expectations, all hold\n' })
  })

  it('names the line of what does not hold', async () => {
    const cwd = directoryWith({
      'corefile_test.yaml': tests.replace('10.255.0.170', '10.255.0.171'),
      'deploy/Corefile': corefile,
    })
    expect(await run(cwd, ['test'])).toMatchObject({
      code: 1,
      stdout:
        'corefile_test.yaml:3 failed registry A: expected 10.255.0.171, got 10.255.0.170\n3 expectations, 1 failed\n',
    })
  })

  it('writes a first file that holds', async () => {
    const cwd = directoryWith({ Corefile: corefile })
    const { stdout, code } = await run(cwd, ['test', '--init', 'Corefile'])
    expect(code).toBe(0)
    const next = directoryWith({ Corefile: corefile, 'corefile_test.yaml': stdout })
    expect(await run(next, ['test'])).toMatchObject({ code: 0, stdout: expect.stringContaining('all hold') })
  })

  it.each([
    ['tests:\n  - query: a\n', 2, 'says no corefile'],
    ['corefile: Corefile\ntests:\n  - query: a b c\n', 2, 'corefile_test.yaml:3:12: a query is a name'],
    [
      'corefile: Corefile\ntests:\n  - query: a\n    expect: { outcome: servfial }\n',
      2,
      '"servfial" is no outcome: did you mean "servfail"?',
    ],
    ['corefile: [', 2, 'not YAML'],
    ['corefile: missing\ntests: []\n', 3, 'cannot read missing'],
  ])('says what is wrong with %j', async (text, code, message) => {
    const cwd = directoryWith({ 'corefile_test.yaml': text, Corefile: corefile })
    const result = await run(cwd, ['test'])
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)])
  })

  it('says how to begin where there is no file', async () => {
    const { code, stderr } = await run(directoryWith({}), ['test'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('test --init COREFILE writes one')])
  })
})
