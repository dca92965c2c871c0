import { describe, expect, it } from 'vitest'
import { type LintOptions, lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { chartValues, configMapOf, type Installed, installations, listOf, manifestOf } from './defaults/index.ts'
import { optionsFor } from './lint-text.ts'

/** What a run says of one file, and by which releases it judged; `release` where no image says it. */
async function outcome(path: string, text: string, release: string | null) {
  // Nobody says what lies in /etc/coredns/custom.
  const { findImport: _none, ...shown } = optionsFor(text, { rules, ...(release === null ? {} : { release }) })
  const options: LintOptions = { ...shown, pedantic: false, releasesFrom: release === null ? 'assumed' : 'flag' }
  const { files } = await lint([{ path, text }], options)
  return {
    said: files.flatMap(({ findings }) => findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
    corefiles: files.flatMap(({ corefiles }) => corefiles).map(({ verdict, target }) => [verdict, ...target.releases]),
  }
}

/** What lies in a directory of the cluster, and what is yet to be filled in by who installs NodeLocal DNSCache, nobody knows here. */
function verdictOf({ corefile }: Installed) {
  return /import |__PILLAR__DNS__DOMAIN__/.test(corefile) ? 'unknown' : 'accepted'
}

// What a distribution installs is meant so: nobody who has not changed it should read a word about it.
describe('what a distribution installs', () => {
  it.each(installations.map((one) => [one.name, one] as const))(
    '%s: nothing is said of the Corefile and its ConfigMap',
    async (_, one) => {
      for (const [path, text] of [
        ['Corefile', one.corefile],
        ['configmap.yaml', configMapOf(one)],
      ] as const) {
        const { said, corefiles } = await outcome(path, text, one.coredns)
        expect(said).toEqual([])
        expect(corefiles).toEqual([[verdictOf(one), one.coredns]])
      }
    },
  )

  it.each(installations.filter(({ around }) => around !== null).map((one) => [one.name, one] as const))(
    '%s: nothing is said of the manifest, and the image tells the release',
    async (_, one) => {
      for (const [path, text] of [
        ['manifest.yaml', manifestOf(one)],
        ['list.json', listOf(one)],
      ] as const) {
        const { said, corefiles } = await outcome(path, text, one.image === null ? one.coredns : null)
        expect(said).toEqual([])
        expect(corefiles).toEqual([[verdictOf(one), one.coredns]])
      }
    },
  )

  it.each(chartValues.map((one) => [one.name, one] as const))('%s: nothing is said of its values', async (_, one) => {
    const { said, corefiles } = await outcome('values.yaml', one.text, null)
    expect(said).toEqual([])
    expect(corefiles).toEqual([['accepted', one.coredns]])
  })
})
