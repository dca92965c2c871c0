import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/silently-ignored-option.ts'
import { findings } from './lint-text.ts'

const find = async (line: string, release: string) =>
  (await findings(`. {\n    ${line}\n    forward . 10.0.0.1\n}\n`, { rules: [rule], release })).map(
    ({ message }) => message,
  )

describe('silently-ignored-option', () => {
  it.each([
    ['any {\n        foo\n    }', '1.14.3', '1.14.4'],
    ['local {\n        foo\n    }', '1.14.3', '1.14.4'],
    ['ready {\n        foo\n    }', '1.14.3', '1.14.4'],
    ['trace zipkin 127.0.0.1:9411 {\n        foo\n    }', '1.11.1', '1.14.4'],
    ['dnstap /tmp/dnstap.sock {\n        foo\n    }', '1.11.1', '1.14.4'],
    ['loadbalance {\n        prefer 10.0.0.0/8\n    }', '1.11.1', '1.12.4'],
  ])('%s at %s: a later release refuses it', async (line, release, later) => {
    expect(await find(line, release)).toEqual([expect.stringContaining(`CoreDNS ${later} does not start with it`)])
    expect(await find(line, '1.15.0')).toEqual([])
  })

  it.each(['reload', 'bufsize', 'cancel'])('%s passes over its block in all releases', async (plugin) => {
    for (const release of ['1.11.1', '1.15.0']) {
      const [found, ...more] = await find(`${plugin} {\n        foo\n    }`, release)
      expect(more).toEqual([])
      expect(found).not.toContain('does not start')
    }
  })

  it.each([
    ['ready', '1.14.3'],
    ['ready {\n        monitor continuously\n    }', '1.14.3'],
    ['ready {\n        {$OPTION}\n    }', '1.14.3'],
    // Refused, which others tell.
    ['ready {\n        foo\n    }', '1.11.1'],
    ['whoami {\n        foo\n    }', '1.15.0'],
    // Entries, not options.
    ['hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }', '1.15.0'],
    ['errors {\n        foo\n    }', '1.15.0'],
    ['loadbalance weighted /etc/weights {\n        reload 10s\n    }', '1.11.1'],
  ])('%s at %s: nothing to say', async (line, release) => {
    expect(await find(line, release)).toEqual([])
  })
})
