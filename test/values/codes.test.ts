import { describe, expect, it } from 'vitest'
import { queryClasses, queryClassOf, queryTypeOf, queryTypes, rcodeOf, rcodes } from '../../src/values/codes.ts'
import { agreesAtEveryRelease } from './recorded.ts'

const rows = (names: string[], numberOf: (name: string) => number | undefined) => ({
  value: names.map((name) => `${name} ${numberOf(name)}`).sort(),
})

describe('query types, classes and response codes', () => {
  agreesAtEveryRelease('dns.StringToType', (release) => {
    return rows(queryTypes(release), (name) => queryTypeOf(name, release))
  })
  agreesAtEveryRelease('dns.StringToClass', () => rows(queryClasses(), queryClassOf))
  agreesAtEveryRelease('dns.StringToRcode', (release) => rows(rcodes(release), (name) => rcodeOf(name, release)))

  it('knows a name of any release when none is given', () => {
    expect(queryTypeOf('HTTPS')).toBe(65)
    expect(queryTypeOf('HTTPS', '1.7.1')).toBeUndefined()
    expect(rcodeOf('NOTIMP', '1.2.6')).toBeUndefined()
    expect(queryTypeOf('constructor')).toBeUndefined()
  })
})
