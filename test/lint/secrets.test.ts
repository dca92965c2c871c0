import { describe, expect, it } from 'vitest'
import { lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { optionsFor } from '../rules/lint-text.ts'

/** What is secret in each file of the result. */
async function secrets(text: string, files = {}, path = 'Corefile') {
  const { files: results, texts } = await lint([{ path, text }], optionsFor(text, { rules, files, path }))
  return Object.fromEntries(
    results.map((file) => [
      file.path,
      (file.secrets ?? []).map(({ start, end }) => (texts?.get(file.path) ?? '').slice(start, end)),
    ]),
  )
}

describe('secrets of a Corefile', () => {
  it('are words that the grammar marks, and names and passwords in URLs wherever they stand', async () => {
    const text = `example.org {
    etcd {
        # once http://root:older@10.0.0.9:2379
        endpoint http://root:hunter2@10.0.0.1:2379 http://10.0.0.2:2379
        endpiont http://root:hunter3@10.0.0.1:2379
        credentials coredns hunter4
    }
}
`
    expect(await secrets(text)).toEqual({
      Corefile: ['root:older', 'root:hunter2', 'root:hunter3', 'coredns', 'hunter4'],
    })
  })

  it('are those of an imported file where something is found in it', async () => {
    const imported = 'route53 example.org:Z1 {\n    aws_access_key AKIAEXAMPLE wJalrEXAMPLE\n}\n'
    const found = await secrets('example.org {\n    import aws.conf\n}\n', { 'aws.conf': imported })
    expect(Object.entries(found).find(([path]) => path.endsWith('aws.conf'))?.[1]).toEqual([
      'AKIAEXAMPLE',
      'wJalrEXAMPLE',
    ])
  })

  it('are found in a manifest at their places there', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\ndata:\n  Corefile: |\n    example.org {\n        etcd {\n            endpoint http://root:hunter2@10.0.0.1:2379\n        }\n    }\n'
    expect(await secrets(text, {}, 'cm.yaml')).toEqual({ 'cm.yaml': ['root:hunter2'] })
  })
})
