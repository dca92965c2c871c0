import { describe, expect, it } from 'vitest'
import { withShownRuns } from '../../scripts/pages/shown-runs.ts'
import { directoryWith } from '../node/directory.ts'

describe('a page with shown runs', () => {
  const page = (inside: string) => `# Title\n\n<!-- run -->\n${inside}<!-- /run -->\n\nThe end.\n`

  it('shows what the program prints, without how long it took', async () => {
    const folder = directoryWith({ Corefile: '. {\n    foward . 10.0.0.53\n}\n' })
    const shown = await withShownRuns(page('$ corefile lint Corefile\nsomething else\n'), folder)
    expect(shown).toMatch(
      /^# Title\n\n<!-- run -->\n```text\n\$ corefile lint Corefile\nCorefile:2:5 error unknown-plugin\n/,
    )
    expect(shown).toMatch(
      /CoreDNS [\d.]+ assumed, name yours with --coredns or --kubernetes\n```\n<!-- \/run -->\n\nThe end\.\n$/,
    )
    expect(shown).not.toContain('something else')
    expect(await withShownRuns(shown, folder)).toBe(shown)
  })

  it('runs several commands of a place, in order', async () => {
    const shown = await withShownRuns(page('$ corefile --version\n$ corefile lint nothing.yaml\n'), '/')
    expect(shown).toMatch(
      /\$ corefile --version\n(?:corefile )?[\d.]+\n\n\$ corefile lint nothing\.yaml\ncorefile: cannot read nothing\.yaml/,
    )
  })

  it('leaves every other text as it is', async () => {
    const text = '```\n$ corefile lint\nold\n```\n'
    expect(await withShownRuns(text, '/')).toBe(text)
  })
})
