import { describe, expect, it } from 'vitest'
import { parseRecord, ttlSeconds } from '../../src/values/resource-record.ts'
import { readZoneRecords } from '../../src/values/zone-file.ts'

const read = (text: string) => {
  const record = parseRecord(text, '1.15.0')
  return record === null || record === 'empty'
    ? record
    : `${record.name} ${record.ttl} ${record.class} ${record.type} ${record.data}`
}

describe('a record', () => {
  it.each([
    ['a.example. 60 IN A 10.0.0.1', 'a.example. 60 IN A 10.0.0.1'],
    ['a.example. IN 60 A 10.0.0.1', 'a.example. 60 IN A 10.0.0.1'],
    ['a a 10.0.0.1', 'a. 3600 IN A 10.0.0.1'],
    ['a. 1h30m ch txt "x y" z', 'a. 5400 CH TXT "x y" "z"'],
    ['a. AAAA FD00:0::1', 'a. 3600 IN AAAA fd00::1'],
    ['a. 5 IN MX 10 mail', 'a. 5 IN MX 10 mail.'],
    ['a. SRV 1 2 3 b.c ; comment', 'a. 3600 IN SRV 1 2 3 b.c.'],
    ['a. SOA ns me (1\n 2h 3 4\n 5)', 'a. 3600 IN SOA ns. me. 1 7200 3 4 5'],
    ['a. TYPE65 \\# 3 000100', 'a. 3600 IN HTTPS \\# 3 000100'],
    ['a. CAA 0 issue "ca.example"', 'a. 3600 IN CAA 0 issue "ca.example"'],
    ['', 'empty'],
    ['; nothing', 'empty'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each([
    'a.example.',
    'a. A',
    'a. A 10.0.0.300',
    'a. A fd00::1',
    'a. AAAA 10.0.0.1',
    'a. A 10.0.0.1 10.0.0.2',
    'a. NONE 1',
    'a..b. A 10.0.0.1',
    'a. MX 70000 b.',
    'a. TXT',
    'a. TYPE65 \\# 4 000100',
    ' A 10.0.0.1',
  ])('is none: %s', (text) => {
    expect(read(text)).toBeNull()
  })

  it('has a TTL with units', () => {
    expect(['90', '1h', '1d1', '1x', '', '99999999999'].map(ttlSeconds)).toEqual([90, 3600, 86401, null, null, null])
  })
})

describe('the records of a zone file', () => {
  it('take over origin, owner and TTL', () => {
    const text =
      '$ORIGIN b.\n$TTL 1m\n@ SOA ns me 1 2 3 4 5\n  NS ns\nns A 10.0.0.1\n$ORIGIN c\nx 5 TXT y\nabs. A 10.0.0.2\n'
    const { records, isFaulty, isWhole } = readZoneRecords(text, 'a.', '1.15.0')
    expect(records.map(({ name, ttl, type, data }) => `${name} ${ttl} ${type} ${data}`)).toEqual([
      'b. 60 SOA ns.b. me.b. 1 2 3 4 5',
      'b. 60 NS ns.b.',
      'ns.b. 60 A 10.0.0.1',
      'x.c.b. 5 TXT "y"',
      'abs. 60 A 10.0.0.2',
    ])
    expect([isFaulty, isWhole]).toEqual([false, true])
  })

  it('end at a fault, and are not whole with other files', () => {
    expect(readZoneRecords('a A 10.0.0.1\nb A x\nc A 10.0.0.2\n', 'z.', '1.15.0')).toMatchObject({
      isFaulty: true,
      records: [{ name: 'a.z.' }],
    })
    expect(readZoneRecords('$INCLUDE other\n', 'z.', '1.15.0').isWhole).toBe(false)
  })
})
