import { describe, expect, it } from 'vitest'
import { lint } from '../../src/lint/run.ts'
import allow from '../../src/rules/acl-allow-without-block.ts'
import unreachable from '../../src/rules/acl-unreachable-policy.ts'
import bypass from '../../src/rules/acl-version-bypass.ts'
import { findings, optionsFor } from './lint-text.ts'

const acl = (...policies: string[]) => `acl {\n${policies.map((policy) => `        ${policy}\n`).join('')}    }`
const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}    whoami\n}\n`

describe('acl-allow-without-block', () => {
  const find = (...lines: string[]) => findings(block(...lines), { rules: [allow] })

  it.each([
    ['a block', [acl('allow net 10.0.0.0/8', 'block')]],
    ['a filter', [acl('allow net 10.0.0.0/8', 'filter type AAAA')]],
    ['a block in another acl', [acl('allow net 10.0.0.0/8'), 'acl {\n        block\n    }']],
    ['everybody by name', [acl('allow net 0.0.0.0/0', 'allow net ::/0')]],
    ['everybody', [acl('allow')]],
    ['a network that is not known', [acl('allow net {$NETWORK}')]],
    ['a policy that is not known', [acl('allow net 10.0.0.0/8', '{$POLICY}')]],
    ['another acl that is not known', [acl('allow net 10.0.0.0/8'), acl('{$POLICY}')]],
    ['no policy', [acl()]],
  ])('is silent with %s', async (_, lines) => {
    expect(await find(...lines)).toEqual([])
  })

  it('is silent where an import is missing, which may block', async () => {
    const text = block(acl('allow net 10.0.0.0/8'), 'import more/*')
    const { findImport: _none, ...options } = optionsFor(text, { rules: [allow] })
    const { files } = await lint([{ path: 'Corefile', text }], options)
    expect(files.flatMap((file) => file.findings)).toEqual([])
  })

  it('speaks where the other acl is about other names', async () => {
    expect(
      await find('acl a.example {\n        allow net 10.0.0.0/8\n    }', 'acl b.example {\n        block\n    }'),
    ).toHaveLength(1)
  })
})

describe('acl-unreachable-policy', () => {
  const find = async (...policies: string[]) =>
    (await findings(block(acl(...policies)), { rules: [unreachable] })).map(({ severity }) => severity)

  it.each([
    [['block', 'allow net 10.0.0.0/8'], ['warning']],
    [['block type *  net *', 'allow'], ['warning']],
    [['BLOCK', 'Allow net 10.0.0.0/8'], ['warning']],
    [['block net 10.0.0.0/8', 'allow net 10.1.0.0/16'], ['warning']],
    [['block net 10.0.0.0/8 192.168.0.0/16', 'allow net 10.1.2.3 192.168.1.0/24'], ['warning']],
    [['block net 10.0.0.0/8', 'block net 10.1.0.0/16'], ['info']],
    [['block type AAAA A', 'allow type A net 10.0.0.0/8'], ['warning']],
    [['block net fd00::/8', 'allow net fd00::1'], ['warning']],
    [['block net 10.1.0.0/16', 'allow net 10.0.0.0/8'], []],
    [['block net 10.0.0.0/8', 'allow net 10.1.0.0/16 192.168.0.0/16'], []],
    [['block type A', 'allow net 10.0.0.0/8'], []],
    [['block type A', 'allow type A AAAA'], []],
    [['block net 0.0.0.0/0', 'allow net ::1'], []],
    [['block {$WHAT}', 'allow net 10.0.0.0/8'], []],
    [['block net 10.0.0.0/8', 'allow'], []],
  ])('%j', async (policies, severities) => {
    expect(await find(...policies)).toEqual(severities)
  })

  it('each acl has an order of its own', async () => {
    const text = block('acl {\n        block type A\n    }', 'acl {\n        allow type A net 10.0.0.0/8\n    }')
    expect(await findings(text, { rules: [unreachable] })).toEqual([])
  })
})

describe('acl-version-bypass', () => {
  const find = async (release: string, ...lines: string[]) =>
    (await findings(block(...lines), { rules: [bypass], release })).length

  it('speaks of cache only from 1.14.3 to 1.14.6, and where clients differ', async () => {
    const lines = [acl('block net 10.0.0.0/8'), 'cache']
    const releases = ['1.14.2', '1.14.3', '1.14.6', '1.14.7', '1.15.0']
    expect(await Promise.all(releases.map((release) => find(release, ...lines)))).toEqual([0, 1, 1, 0, 0])
    expect(await find('1.14.3', acl('block type ANY'), 'cache')).toBe(0)
    expect(await find('1.14.3', acl('allow net 10.0.0.0/8'), 'cache')).toBe(0)
    expect(await find('1.14.3', acl('block net 10.0.0.0/8'))).toBe(0)
  })

  it('speaks of rewrite up to 1.14.2, and where only the new name is guarded', async () => {
    const guard = 'acl secret.example {\n        block\n    }'
    const rewrite = 'rewrite name open.example a.secret.example'
    expect(await find('1.14.2', guard, rewrite)).toBe(1)
    expect(await find('1.14.3', guard, rewrite)).toBe(0)
    expect(await find('1.11.1', guard, 'rewrite name suffix .open.example .secret.example')).toBe(1)
    expect(await find('1.11.1', guard, 'rewrite name b.secret.example a.secret.example')).toBe(0)
    expect(await find('1.11.1', guard, 'rewrite name a.secret.example open.example')).toBe(0)
    expect(await find('1.11.1', acl('block'), rewrite)).toBe(0)
    expect(await find('1.11.1', guard.replace('secret.example', '{$ZONE}'), rewrite)).toBe(0)
    expect(await find('1.11.1', guard, 'rewrite name substring open.example secret.example')).toBe(0)
    expect(await find('1.11.1', guard, 'rewrite name {$FROM} a.secret.example')).toBe(0)
  })
})
