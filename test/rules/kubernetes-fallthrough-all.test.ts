import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/kubernetes-fallthrough-all.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })
const block = (fallthrough: string, behind: string) =>
  `. {\n    kubernetes cluster.local in-addr.arpa {\n        ${fallthrough}\n    }\n    ${behind}\n}\n`

describe('kubernetes-fallthrough-all', () => {
  it.each([
    ['reverse zones alone', block('fallthrough in-addr.arpa', 'forward . 10.0.0.2')],
    ['nothing passed on', block('pods insecure', 'forward . 10.0.0.2')],
    ['nobody behind for such names', block('fallthrough', 'forward example.org 10.0.0.2')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('points at the line', async () => {
    const text = block('fallthrough', 'forward . 10.0.0.2')
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('fallthrough')
    expect(found?.message).toContain('names of cluster.local that do not exist go on to forward')
  })
})
