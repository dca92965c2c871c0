import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/template-aaaa-nxdomain.ts'
import { findings } from './lint-text.ts'

const template = (what: string, ...lines: string[]) =>
  `    template ${what} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n`
const find = (...templates: string[]) =>
  findings(`. {\n${templates.join('')}    forward . 10.0.0.53\n}\n`, { rules: [rule] })

describe('template-aaaa-nxdomain', () => {
  it('is silent where the name is to be gone', async () => {
    expect(await find(template('IN ANY ads.example', 'rcode NXDOMAIN'))).toEqual([])
    const both = ['A', 'AAAA', 'HTTPS'].map((type) => template(`IN ${type} ads.example`, 'rcode NXDOMAIN'))
    expect(await find(...both)).toEqual([])
    const matching = ['A', 'AAAA'].map((type) => template(`IN ${type}`, 'match ^ads\\.', 'rcode NXDOMAIN'))
    expect(await find(...matching)).toEqual([])
    expect(await find(template('IN ANY', 'rcode NXDOMAIN'), template('IN AAAA a.example', 'rcode NXDOMAIN'))).toEqual(
      [],
    )
  })

  it('is silent about other codes and types', async () => {
    expect(await find(template('IN AAAA', 'rcode REFUSED'))).toEqual([])
    expect(await find(template('IN PTR 10.in-addr.arpa', 'rcode NXDOMAIN'))).toEqual([])
    expect(await find(template('IN AAAA', 'rcode {$CODE}'))).toEqual([])
  })

  it('speaks where only other names are denied', async () => {
    const others = [template('IN A ads.example', 'rcode NXDOMAIN'), template('IN AAAA', 'rcode NXDOMAIN')]
    expect(await find(...others)).toHaveLength(1)
  })

  it('another code for the other family denies nothing', async () => {
    expect(await find(template('IN A', 'rcode NOERROR'), template('IN AAAA', 'rcode NXDOMAIN'))).toHaveLength(1)
  })

  it('counts the last code', async () => {
    expect(await find(template('IN AAAA', 'rcode NXDOMAIN', 'rcode NOERROR'))).toEqual([])
  })

  it('offers NOERROR where it can be without a record', async () => {
    const text = `. {\n${template('IN AAAA', 'rcode NXDOMAIN')}    whoami\n}\n`
    const fixes = async (release: string) =>
      (await findings(text, { rules: [rule], release })).map(({ fix }) => fix !== null)
    expect([await fixes('1.5.0'), await fixes('1.5.1')]).toEqual([[false], [true]])
  })
})
