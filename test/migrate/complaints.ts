import { lint } from '../../src/index.ts'

/** What somebody stumbles over in the result of a migration, by all rules that run by default, and was not in the Corefile before. */
export async function newComplaints(corefile: string, before: string | null, release: string): Promise<string[]> {
  const known = before === null ? [] : await complaints(before, release)
  return (await complaints(corefile, release)).filter((one) => {
    const at = known.indexOf(one)
    if (at !== -1) known.splice(at, 1)
    return at === -1
  })
}

/** Errors and warnings of a Corefile. */
async function complaints(corefile: string, release: string): Promise<string[]> {
  const { files } = await lint([{ path: 'Corefile', text: corefile }], { coredns: [release] })
  return files.flatMap(({ findings }) =>
    findings
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ ruleId, message }) => `${ruleId}: ${message}`),
  )
}
