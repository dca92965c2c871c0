import { describe, expect, it } from 'vitest'
import { fitsLabels, labelSelectorError } from '../../src/values/label-selector.ts'

const accepts = (text: string, release = '1.15.0') => labelSelectorError(text, release) === null

describe('label selectors', () => {
  it.each([
    '',
    'a',
    '!a',
    'a=b',
    'a == b',
    'a=',
    'a in (b, c),d',
    'a notin ()',
    'a in (,b)',
    'in=notin',
    'example.com/a_b.c=D-1',
  ])('take %j', (text) => {
    expect(labelSelectorError(text, '1.15.0')).toBeNull()
  })

  it.each([
    'a!=b',
    'a>1',
    'a b',
    'a in',
    'a in b',
    'a in (b',
    '!a=b',
    'a=b=c',
    'a,',
    ',a',
    '-a',
    'a=-b',
    'a/b/c=d',
    'Example.com/a=b',
    '*',
  ])('refuse %j', (text) => {
    expect(labelSelectorError(text, '1.15.0')).not.toBeNull()
  })

  it('measure names and values', () => {
    expect(accepts(`${'a'.repeat(63)}=${'b'.repeat(63)}`)).toBe(true)
    expect(accepts(`${'a'.repeat(64)}=b`)).toBe(false)
    expect(accepts(`a=${'b'.repeat(64)}`)).toBe(false)
  })

  it('take two commas alone since the client library of 1.14.2', () => {
    expect(accepts('a in (,,)', '1.14.1')).toBe(false)
    expect(accepts('a in (,,)', '1.14.2')).toBe(true)
  })
})

describe('labels and a selector', () => {
  it.each([
    ['', {}, true],
    ['app', { app: '' }, true],
    ['app', {}, false],
    ['!app', {}, true],
    ['!app', { app: 'x' }, false],
    ['app=web', { app: 'web' }, true],
    ['app==web,tier', { app: 'web' }, false],
    ['app=web,tier', { app: 'web', tier: '' }, true],
    ['app in (a,b)', { app: 'b' }, true],
    ['app in (a,b)', {}, false],
    ['app notin (a,b)', { app: 'a' }, false],
    ['app notin (a,b)', {}, true],
    ['toString', {}, false],
    ['app!=web', { app: 'x' }, false],
  ])('%j of %j: %j', (selector, labels, expected) => {
    expect(fitsLabels(selector, labels, '1.15.0')).toBe(expected)
  })
})
