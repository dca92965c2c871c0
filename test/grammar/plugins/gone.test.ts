import { describe, expect, it } from 'vitest'
import * as reverse from '../../../grammar/plugins/reverse.ts'
import * as shutdown from '../../../grammar/plugins/shutdown.ts'
import * as startup from '../../../grammar/plugins/startup.ts'
import { faultsOf } from './reasons-of.ts'

describe('a plugin that is gone', () => {
  it('is read as ever up to the release before the last that has it, which only refuses', () => {
    expect(faultsOf(startup, 'startup echo hello', '1.0.6')).toEqual([])
    expect(faultsOf(startup, 'startup echo hello', '1.1.0')).toEqual(['removed startup'])
    expect(faultsOf(shutdown, 'shutdown echo bye', '1.0.6')).toEqual([])
    expect(faultsOf(shutdown, 'shutdown echo bye', '1.1.0')).toEqual(['removed shutdown'])
    expect(faultsOf(reverse, 'reverse 10.0.0.0/24', '1.1.3')).toEqual([])
    expect(faultsOf(reverse, 'reverse 10.0.0.0/24', '1.1.4')).toEqual(['removed reverse'])
  })
})
