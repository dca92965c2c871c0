import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/lint/rule.ts'
import { lint } from '../../src/lint/run.ts'
import dnssec from '../../src/rules/dnssec-without-key.ts'
import shared from '../../src/rules/file-shared-by-zones.ts'
import root from '../../src/rules/file-zone-defaults-to-root.ts'
import secondary from '../../src/rules/secondary-without-transfer.ts'
import open from '../../src/rules/transfer-open.ts'
import idle from '../../src/rules/transfer-without-zone-plugin.ts'
import { findings, optionsFor } from './lint-text.ts'

const find = async (rule: Rule, key: string, lines: readonly string[], release = '1.15.0') =>
  (await findings(`${key} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`, { rules: [rule], release })).length

describe('transfer-open', () => {
  const transfer = 'transfer {\n        to *\n    }'

  it.each([
    ['everybody', [transfer], 1],
    ['everybody among others', ['transfer {\n        to 10.0.0.2 *\n    }'], 1],
    ['addresses', ['transfer {\n        to 10.0.0.2\n    }'], 0],
    ['an acl', [transfer, 'acl {\n        block type AXFR IXFR\n    }'], 0],
    ['an acl that allows only', [transfer, 'acl {\n        allow net 10.0.0.0/8\n    }'], 1],
    ['tsig', [transfer, 'tsig {\n        secret a b\n        require all\n    }'], 0],
    ['loopback', [transfer, 'bind 127.0.0.1 ::1'], 0],
    ['loopback and more', [transfer, 'bind 127.0.0.1 10.0.0.1'], 1],
    ['an address that is not known', [transfer, 'bind {$ADDRESS}'], 1],
  ])('%s', async (_, lines, count) => {
    expect(await find(open, 'example.org', ['file db.example.org', ...lines])).toBe(count)
  })
})

describe('transfer-without-zone-plugin', () => {
  const transfer = 'transfer {\n        to 10.0.0.2\n    }'

  it.each([
    ['forward', ['forward . 10.0.0.1'], 1],
    ['hosts', ['hosts'], 1],
    ['file', ['file db.example.org'], 0],
    ['kubernetes', ['kubernetes'], 0],
    ['a plugin that is not known', ['dynamicupdate'], 0],
  ])('%s', async (_, lines, count) => {
    expect(await find(idle, 'example.org', [transfer, ...lines])).toBe(count)
  })
})

describe('a block with an import that is missing', () => {
  it('may well have the plugin that transfer needs', async () => {
    const text = 'example.org {\n    transfer {\n        to 10.0.0.2\n    }\n    import more/*\n}\n'
    const { findImport: _none, ...options } = optionsFor(text, { rules: [idle] })
    const { files } = await lint([{ path: 'Corefile', text }], options)
    expect(files.flatMap((file) => file.findings)).toEqual([])
  })
})

describe('secondary-without-transfer', () => {
  it.each([
    ['secondary', 1],
    ['secondary {\n        transfer from 10.0.0.1\n    }', 0],
    ['secondary {\n        {$TRANSFER}\n    }', 0],
  ])('%s', async (line, count) => {
    expect(await find(secondary, 'example.org', [line], '1.11.1')).toBe(count)
  })

  it('only says to whom the zone goes', async () => {
    expect(await find(secondary, 'example.org', ['secondary {\n        transfer to 10.0.0.1\n    }'], '1.7.1')).toBe(1)
  })
})

describe('dnssec-without-key', () => {
  it.each([
    ['dnssec', 1],
    ['dnssec {\n        cache_capacity 1\n    }', 1],
    ['dnssec {\n        key file Kexample.org\n    }', 0],
    ['dnssec {\n        key aws_secretsmanager a\n    }', 0],
    ['dnssec {\n        {$KEY}\n    }', 0],
  ])('%s', async (line, count) => {
    expect(await find(dnssec, 'example.org', [line])).toBe(count)
  })
})

describe('file-zone-defaults-to-root', () => {
  it.each([
    ['.', 'file db.example.org', 1],
    ['.', 'file /zones/lan', 1],
    ['.', 'file db.example.org example.org', 0],
    ['.', 'file db.example.org .', 0],
    ['.', 'file /zones/root.zone', 0],
    ['.', 'file db.root.signed', 0],
    ['.', 'file {$FILE}', 0],
    ['example.org', 'file db.example.org', 0],
    ['. example.org', 'file db.example.org', 0],
    ['{$ZONE}', 'file db.example.org', 0],
  ])('%s { %s }', async (key, line, count) => {
    expect(await find(root, key, [line])).toBe(count)
  })
})

describe('file-shared-by-zones', () => {
  it.each([
    ['one.example two.example', 'file db.one.example', 1],
    ['one.example', 'file db.one.example one.example a.one.example', 1],
    ['example one.example', 'file one.example.zone', 1],
    ['one.example two.example', 'file db.shared', 0],
    ['one.example two.example', 'file db.one.example one.example', 0],
    ['one.example:53 one.example:5353', 'file db.one.example', 0],
    ['one.example tls://one.example', 'file db.one.example', 0],
    ['one.example two.example', 'file db.one.example.two.example', 0],
    ['one.example {$ZONE}', 'file db.one.example', 0],
    ['one.example two.example', 'file {$FILE}', 0],
  ])('%s { %s }', async (key, line, count) => {
    expect(await find(shared, key, [line])).toBe(count)
  })
})
