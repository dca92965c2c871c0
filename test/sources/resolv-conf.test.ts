import { describe, expect, it } from 'vitest'
import { readResolvConf } from '../../src/sources/resolv-conf.ts'
import { at, source } from './places.ts'

describe('a resolv.conf', () => {
  it('has servers, the last search list, and options', () => {
    const text = `; made by hand
nameserver 10.0.0.1
  nameserver\t2001:db8::1 # x
search a.example
domain b.example
search c.example d.example
options ndots:3 edns0
options ndots:20
sortlist 10.0.0.0
nonsense here
`
    const read = readResolvConf(source('resolv.conf', text))
    expect(read.nameservers.map(({ range }) => at(text, range))).toEqual(['10.0.0.1', '2001:db8::1'])
    expect(read.search.map(({ value }) => value)).toEqual(['c.example', 'd.example'])
    expect(read.options.map(({ name, value }) => [name, value])).toEqual([
      ['ndots', '3'],
      ['edns0', undefined],
      ['ndots', '20'],
    ])
    expect(read.ndots).toBe(15)
    expect(read.notUnderstood.map(({ text: line }) => line)).toEqual(['sortlist 10.0.0.0', 'nonsense here'])
  })

  it('says that a fourth server is not asked', () => {
    const text = [1, 2, 3, 4].map((n) => `nameserver 10.0.0.${n}\n`).join('')
    const { nameservers, problems, ndots } = readResolvConf(source('resolv.conf', text))
    expect([nameservers.length, ndots, problems.map(({ range }) => at(text, range))]).toEqual([4, 1, ['10.0.0.4']])
  })
})
