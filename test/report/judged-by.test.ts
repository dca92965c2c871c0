import { describe, expect, it } from 'vitest'
import type { LintResult } from '../../src/lint/result.ts'
import { judgedBy } from '../../src/report/judged-by.ts'

/** What is said of Corefiles judged so: `RELEASE[..RELEASE] FROM`, a build behind `/`. */
function said(targets: readonly string[], note: string | null = null): string {
  const corefiles = targets.map((text) => {
    const [what = '', ...from] = text.split(' ')
    const [span = '', build = 'official'] = what.split('/')
    const releases = span.split('..')
    return {
      name: 'x',
      kind: 'corefile',
      range: { start: 0, end: 0 },
      target: { coredns: releases.at(-1) ?? '', releases, build, from: from.join(' ') },
      verdict: 'accepted' as const,
      assumes: [],
      unknown: [],
      refusedBy: [],
    }
  })
  const file = { path: 'x', text: '', corefiles, findings: [], suppressed: [], unchecked: [] }
  const summary = { files: 1, errors: 0, warnings: 0, infos: 0, fixable: 0, refused: 0 }
  return judgedBy({ files: [file], unreadable: [], summary } satisfies LintResult, note)
}

describe('what was judged by', () => {
  it('is one release, and who said so', () => {
    expect(said([])).toBe('')
    expect(said(['1.12.0 flag'])).toBe('CoreDNS 1.12.0')
    expect(said(['1.12.0 config'])).toBe('CoreDNS 1.12.0, from the configuration')
    expect(said(['1.12.0 image deploy/coredns.yaml:71'])).toBe(
      'CoreDNS 1.12.0, from the image in deploy/coredns.yaml:71',
    )
    expect(said(['1.11.4 add-on eks.tf:3'])).toBe('CoreDNS 1.11.4, from the add-on version in eks.tf:3')
    expect(said(['1.9.0..1.10.0..1.11.0/node-cache flag'])).toBe('CoreDNS 1.9.0 to 1.11.0 (3 releases, node-cache)')
  })

  it('says once that a release is assumed', () => {
    const once = 'CoreDNS 1.15.0 assumed, name yours with --coredns or --kubernetes'
    expect(said(['1.15.0 assumed'])).toBe(once)
    expect(said(Array.from({ length: 100 }, () => '1.15.0 assumed'))).toBe(once)
  })

  it('tells a note in place of what a person chose, not of what a file says', () => {
    expect(said(['1.12.0 flag'], 'kubeadm 1.33 installs CoreDNS 1.12.0')).toBe('kubeadm 1.33 installs CoreDNS 1.12.0')
    expect(said(['1.12.0 image a:1'], 'kubeadm 1.33 ...')).toBe('CoreDNS 1.12.0, from the image in a:1')
  })

  it('counts further places', () => {
    expect(said(['1.12.0 image a:1', '1.12.0 image b:1', '1.12.0 image c:1'])).toBe(
      'CoreDNS 1.12.0, from the images in a:1 and 2 more',
    )
    expect(said(['1.11.1..1.12.0 image a:1 and b:1'])).toBe('CoreDNS 1.11.1 and 1.12.0, from the images in a:1 and b:1')
  })

  it('may be several releases', () => {
    expect(said(['1.11.3 image a/d.yaml:9', '1.12.0 image b/d.yaml:9'])).toBe(
      'CoreDNS 1.11.3 (from the image in a/d.yaml:9) and 1.12.0 (from the image in b/d.yaml:9)',
    )
    expect(said(['1.11.3 image a/d.yaml:9', '1.15.0 assumed', '1.15.0 assumed'])).toBe(
      'CoreDNS 1.11.3 (from the image in a/d.yaml:9) and 1.15.0 (assumed for 2 Corefiles); name what is assumed with --coredns or --kubernetes',
    )
    expect(said(['1.8.6 image a:1', '1.9.3 image b:1', '1.10.1 image c:1', '1.11.1 image d:1', '1.15.0 assumed'])).toBe(
      '5 CoreDNS releases, from the images in a:1 and 3 more; assumed for 1 Corefile',
    )
    expect(said(['1.8.6 image a:1', '1.8.6/node-cache image b:1'])).toBe(
      'CoreDNS 1.8.6 (from the image in a:1) and 1.8.6 (node-cache, from the image in b:1)',
    )
  })

  it('shows no control characters of a path', () => {
    expect(said(['1.12.0 image a\u001b[31m:1'])).not.toContain('\u001b')
  })
})
