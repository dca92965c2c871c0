import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pluginGrammars } from '../../../grammar/plugin-index.ts'
import * as dns64 from '../../../grammar/plugins/dns64.ts'
import * as etcd from '../../../grammar/plugins/etcd.ts'
import * as file from '../../../grammar/plugins/file.ts'
import * as header from '../../../grammar/plugins/header.ts'
import * as hosts from '../../../grammar/plugins/hosts.ts'
import * as kubernetes from '../../../grammar/plugins/kubernetes.ts'
import * as rewrite from '../../../grammar/plugins/rewrite.ts'
import * as template from '../../../grammar/plugins/template.ts'
import { isPluginOf } from '../../../grammar/releases.ts'
import { faultsOf, reasonsOf } from './reasons-of.ts'

describe('hosts', () => {
  it('takes any line for an entry until fallthrough stands', () => {
    expect(faultsOf(hosts, 'hosts {\n10.0.0.1 a\nno entry at all\nfallthrough\n}', '1.15.0')).toEqual([])
    expect(faultsOf(hosts, 'hosts {\nfallthrough\n10.0.0.1 a\n}', '1.15.0')).toEqual(['unknown-property 10.0.0.1'])
  })

  it('counts a fallthrough of unreadable zones up to 1.8.3', () => {
    const block = 'hosts {\nfallthrough a..b\n10.0.0.1 a\n}'
    expect(faultsOf(hosts, block, '1.8.3')).toEqual(['unknown-property 10.0.0.1'])
    expect(faultsOf(hosts, block, '1.8.4')).toEqual([])
  })

  it('never came to the end of a block without one before 1.13.0', () => {
    const block = 'hosts {\n10.0.0.1 a } b'
    expect(faultsOf(hosts, block, '1.12.4')).toEqual(['timeout b'])
    expect(faultsOf(hosts, block, '1.13.0')).toEqual([])
    expect(faultsOf(kubernetes, 'kubernetes {\nttl 5 } b', '1.12.4')).toEqual(['unknown-property b'])
  })
})

describe('kubernetes', () => {
  it('needs a zone that is no reverse zone', () => {
    expect(faultsOf(kubernetes, 'kubernetes 10.0.0.0/8', '1.15.0')).toEqual(['needs 10.0.0.0/8'])
    expect(faultsOf(kubernetes, 'kubernetes', '1.15.0', { zones: ['10.in-addr.arpa.'] })).toEqual(['needs kubernetes'])
    expect(faultsOf(kubernetes, 'kubernetes', '1.15.0', { zones: null })).toEqual([])
  })

  it('looks at the files of tls with an endpoint alone', () => {
    const world = { fileExists: () => false }
    expect(faultsOf(kubernetes, 'kubernetes {\ntls a b c\n}', '1.15.0', world)).toEqual([])
    expect(faultsOf(kubernetes, 'kubernetes {\ntls a b c\nendpoint https://x\n}', '1.15.0', world)).toEqual([
      'file-missing a',
      'file-missing b',
      'file-missing c',
    ])
  })

  it('never judges a selector of which it knows a part', () => {
    const isKnown = (tokens: { value(number: number): string }, number: number) => tokens.value(number) !== '!=b'
    expect(faultsOf(kubernetes, 'kubernetes {\nlabels a !=b\n}', '1.15.0', { isKnown })).toEqual([])
    expect(faultsOf(kubernetes, 'kubernetes {\nlabels a !=b\n}', '1.15.0')).toEqual(['invalid-value a'])
  })
})

describe('file', () => {
  it('is refused without its file before 1.6.0, then only where it is never read again', () => {
    const missing = { fileExists: () => false }
    expect(faultsOf(file, 'file db', '1.5.2', missing)).toEqual(['file-missing db'])
    expect(faultsOf(file, 'file db', '1.6.0', missing)).toEqual([])
    expect(faultsOf(file, 'file db {\nreload 0\n}', '1.6.0', missing)).toEqual(['file-missing db'])
    expect(faultsOf(file, 'file db {\nreload 0\n}\nfile db2 {\nreload 1m\n}', '1.6.0', missing)).toEqual([])
  })

  it('begins where root says', () => {
    const world = { root: '/zones/', fileExists: (path: string) => path === '/zones/db' }
    expect(faultsOf(file, 'file db {\nreload 0\n}', '1.15.0', world)).toEqual([])
    expect(faultsOf(file, 'file /db {\nreload 0\n}', '1.15.0', world)).toEqual(['file-missing /db'])
  })

  it('crashed on a bare reload up to 1.8.6', () => {
    expect(faultsOf(file, 'file db {\nreload\n}', '1.8.6')).toEqual(['panic reload'])
    expect(faultsOf(file, 'file db {\nreload\n}', '1.8.7')).toEqual(['argument-count reload'])
  })
})

describe('rewrite', () => {
  it('compiles the target of an exact name', () => {
    expect(faultsOf(rewrite, 'rewrite name a *.b', '1.2.4')).toEqual([])
    expect(faultsOf(rewrite, 'rewrite name a *.b', '1.2.5')).toEqual(['invalid-value *.b.'])
    expect(faultsOf(rewrite, 'rewrite name suffix .a .b', '1.15.0')).toEqual([])
  })

  it('counts the groups that a replacement uses', () => {
    expect(faultsOf(rewrite, 'rewrite name regex (.*)a {1}b', '1.15.0')).toEqual([])
    expect(faultsOf(rewrite, 'rewrite name regex (.*)a {0}{1}b', '1.15.0')).toEqual(['conflict (.*)a'])
  })

  it('reads the words of a block as one rule', () => {
    const block = 'rewrite stop {\nname regex (.*)a {1}b\nanswer name (.*)b {1}a\n}'
    expect(faultsOf(rewrite, block, '1.15.0')).toEqual([])
    expect(faultsOf(rewrite, 'rewrite stop', '1.9.3')).toEqual(['panic stop'])
    expect(faultsOf(rewrite, 'rewrite stop', '1.9.4')).toEqual(['argument-count stop'])
  })

  it('goes on behind a rule that it cannot judge', () => {
    const isKnown = (tokens: { value(number: number): string }, number: number) => tokens.value(number) !== 'X'
    expect(faultsOf(rewrite, 'rewrite X a b\nrewrite foo a b', '1.15.0', { isKnown })).toEqual(['unknown-property foo'])
  })
})

describe('the set-ups of', () => {
  it('dns64 take the block behind a prefix for occurrences', () => {
    expect(faultsOf(dns64, 'dns64 64:ff9b::/96 {\nfoo\n}', '1.15.0')).toEqual([])
    expect(faultsOf(dns64, 'dns64 {\nfoo\n}', '1.15.0')).toEqual(['unknown-property foo'])
  })

  it('etcd read on behind the block up to 1.4.0', () => {
    const block = 'etcd {\npath /a\n}\netcd {\npath /b\n}'
    expect(faultsOf(etcd, block, '1.4.0')).toEqual(['unknown-property etcd'])
    expect(faultsOf(etcd, block, '1.5.0')).toEqual([])
  })

  it('header stop at the first occurrence with a rule', () => {
    expect(faultsOf(header, 'header {\n}\nheader {\nresponse set aa\n}\nheader {\nfoo\n}', '1.15.0')).toEqual([])
    expect(faultsOf(header, 'header', '1.15.0')).toEqual(['needs header'])
  })

  it('template know a variable behind its line', () => {
    expect(faultsOf(template, 'template IN A {\nvar x 1\nexpr x == 2\n}', '1.15.0')).toEqual([])
    expect(faultsOf(template, 'template IN A {\nexpr x == 2\nvar x 1\n}', '1.15.0')).toEqual(['invalid-value x'])
  })

  it('none throw or hang, whatever the words', () => {
    const names =
      'hosts kubernetes rewrite template file auto etcd autopath k8s_external any erratic minimal acl dns64 header view ' +
      'federation secondary transfer dnssec sign local metadata geoip'
    const word = fc.constantFrom(
      ...[
        '{',
        '}',
        '"',
        '\n',
        'name',
        'regex',
        'answer',
        'labels',
        'directory',
        'key',
        'file',
        'transfer',
        'to',
        'response',
      ],
      ...[
        'var',
        'expr',
        'type',
        'net',
        'edns0',
        'local',
        'metadata',
        '(.*)',
        '{1}',
        '*',
        '1',
        '30s',
        'a..b',
        '::/0',
        'IN',
        'A',
      ],
    )
    const block = fc.array(word, { maxLength: 25 })
    const release = fc.constantFrom('1.0.0', '1.2.6', '1.4.0', '1.6.2', '1.8.4', '1.12.4', '1.14.7', '1.15.0')
    fc.assert(
      fc.property(fc.constantFrom(...names.split(' ')), block, release, (name, words, at) => {
        fc.pre(isPluginOf(at, name))
        const { grammar, quirks } = pluginGrammars.get(name) as NonNullable<ReturnType<typeof pluginGrammars.get>>
        reasonsOf({ default: grammar, quirks }, `${name} ${words.join(' ')}`, at)
      }),
      { numRuns: 1000 },
    )
  })
})
