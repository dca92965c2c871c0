import { describe, expect, it } from 'vitest'
import { findUnits } from '../../src/lint/units.ts'
import { CorefileUnit } from '../../src/lint/workspace.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { configMap } from './probes.ts'

describe('a Corefile that is a file', () => {
  const unit = new CorefileUnit('sub/Corefile', '. {\n}\n', 'corefile', null)

  it('is called like it and fills it', () => {
    expect(unit).toMatchObject({ name: 'sub/Corefile', range: { start: 0, end: 6 }, isFragment: false })
  })

  it('has places and edits of its own', () => {
    const edits = [{ start: 0, end: 1, text: 'a' }]
    expect(unit.toOuter({ start: 1, end: 2 })).toEqual({ start: 1, end: 2 })
    expect(unit.toOuterEdits(edits)).toBe(edits)
  })

  it('is parsed once, when somebody asks', () => {
    expect(unit.tree.items).toHaveLength(1)
    expect(unit.tree).toBe(unit.tree)
  })
})

describe('a Corefile in a ConfigMap', () => {
  it('is called by its namespace, name and key, and maps to the file around it', async () => {
    const text = configMap('. {\n    whoami\n}\n')
    const { units } = await findUnits({ path: 'cm.yaml', text })
    const unit = units[0] as CorefileUnit
    expect(unit.name).toBe('kube-system/coredns Corefile')
    const start = unit.text.indexOf('whoami')
    const outer = unit.toOuter({ start, end: start + 6 })
    expect(text.slice(outer.start, outer.end)).toBe('whoami')
    const edits = unit.toOuterEdits([{ start, end: start + 6, text: 'log' }])
    expect(applyEdits(text, edits ?? [])).toBe(text.replace('whoami', 'log'))
  })
})

it('a fragment says so', () => {
  expect(new CorefileUnit('x', 'log', 'fragment', null).isFragment).toBe(true)
})
