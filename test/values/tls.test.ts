import { describe, expect, it } from 'vitest'
import { tlsFiles } from '../../src/values/tls.ts'

describe('tlsFiles', () => {
  it('tells what each file is', () => {
    expect(tlsFiles(0)).toEqual([])
    expect(tlsFiles(1)).toEqual(['authority'])
    expect(tlsFiles(2)).toEqual(['certificate', 'key'])
    expect(tlsFiles(3)).toEqual(['certificate', 'key', 'authority'])
  })

  it('refuses more than three', () => {
    expect(tlsFiles(4)).toEqual({ error: 'maximum of three arguments allowed for TLS config, found 4' })
  })
})
