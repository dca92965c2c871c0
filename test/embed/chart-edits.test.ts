import { describe, expect, it } from 'vitest'
import { embeddedIn } from '../../src/embed/embedded.ts'
import { applyEdits } from '../../src/text/edit.ts'

const values = `# kept
servers:
- zones:
  - zone: .
  port: 53
  plugins:
  - name: errors
  # of the kubelet
  - name: health
    configBlock: |-
      lameduck 5s
  # names of the cluster
  - name: kubernetes
    parameters: cluster.local in-addr.arpa
    configBlock: |-
      fallthrough in-addr.arpa
  - name: forward # upstream
    parameters: . /etc/resolv.conf
# behind
replicas: 2
`

/** The values after the Corefile that is made of them was changed; null where they cannot say it. */
async function changed(text: string, change: (corefile: string) => string): Promise<string | null> {
  const { embedded } = await embeddedIn('values.yaml', text)
  const [one] = embedded
  if (one === undefined) throw new Error('no Corefile')
  const after = change(one.text)
  const edits = one.toOuterEdits([{ start: 0, end: one.text.length, text: after }])
  return edits === null ? null : applyEdits(text, edits)
}

describe('values of the coredns chart', () => {
  it('take lines into the block of a plugin, and words behind its name', async () => {
    const done = await changed(values, (corefile) =>
      corefile
        .replace('        fallthrough in-addr.arpa', '        ttl 30\n        fallthrough in-addr.arpa')
        .replace('/etc/resolv.conf', '192.0.2.1 192.0.2.2'),
    )
    expect(done).toBe(
      values
        .replace('      fallthrough in-addr.arpa', '      ttl 30\n      fallthrough in-addr.arpa')
        .replace('. /etc/resolv.conf', '. 192.0.2.1 192.0.2.2'),
    )
  })

  it('take new plugins behind what they follow, and leave comments with what those speak of', async () => {
    const hosts = '    hosts {\n        # why\n        192.0.2.1 a.test\n        fallthrough\n    }\n'
    const done = await changed(values, (corefile) =>
      corefile
        .replace('    kubernetes', `${hosts}    template IN A b.test {\n        rcode NXDOMAIN\n    }\n    kubernetes`)
        .replace(/\n\}$/, '\n    cache 30\n}'),
    )
    expect(done).toBe(
      values
        .replace(
          '      lameduck 5s\n',
          `      lameduck 5s
  - name: hosts
    configBlock: |-
      # why
      192.0.2.1 a.test
      fallthrough
  - name: template
    parameters: "IN A b.test"
    configBlock: "rcode NXDOMAIN"
`,
        )
        .replace('/etc/resolv.conf\n', '/etc/resolv.conf\n  - name: cache\n    parameters: "30"\n'),
    )
  })

  it('give a plugin its first block', async () => {
    const done = await changed(values, (corefile) =>
      corefile.replace(
        '. /etc/resolv.conf',
        '. /etc/resolv.conf {\n        max_concurrent 1000\n        policy random\n    }',
      ),
    )
    expect(done).toBe(
      values.replace(
        '/etc/resolv.conf\n',
        '/etc/resolv.conf\n    configBlock: |-\n      max_concurrent 1000\n      policy random\n',
      ),
    )
  })

  it('take new servers at their end', async () => {
    const done = await changed(
      values,
      (corefile) => `${corefile}\n\na.test:53 b.test:53 {\n    forward . 192.0.2.1\n}\n`,
    )
    expect(done).toBe(
      values.replace(
        '# behind',
        `- zones:
  - zone: a.test
  - zone: b.test
  port: 53
  plugins:
  - name: forward
    parameters: ". 192.0.2.1"
# behind`,
      ),
    )
  })

  it.each([
    [
      'whose lists are indented',
      (text: string) =>
        text.replace(
          /^(servers:\n)([\s\S]*?)(?=# behind)/m,
          (_, key, list) => `${key}${list.replace(/^/gm, '  ').trimEnd()}\n`,
        ),
    ],
    ['with other line breaks', (text: string) => text.replaceAll('\n', '\r\n')],
    [
      'of a HelmRelease',
      (text: string) => `kind: HelmRelease\nspec:\n  values:\n${text.replace(/^/gm, '    ').trimEnd()}\n`,
    ],
    [
      'in a string',
      (text: string) => `kind: HelmChartConfig\nspec:\n  valuesContent: |-\n${text.replace(/^/gm, '    ').trimEnd()}\n`,
    ],
  ])('%s are edited as well', async (_, wrap) => {
    const text = wrap(values)
    const done = await changed(text, (corefile) => corefile.replace('    forward', '    log\n    forward'))
    expect(
      done
        ?.split(/\r?\n/)
        .filter((line) => !text.split(/\r?\n/).includes(line))
        .map((line) => line.trim()),
    ).toEqual(['- name: log'])
    expect(done).toHaveLength(text.length + (done?.match(/\r?\n *- name: log/)?.[0].length ?? 0))
  })

  it.each([
    ['a comment between plugins', (corefile: string) => corefile.replace('    forward', '    # why\n    forward')],
    ['a plugin less', (corefile: string) => corefile.replace('    errors\n', '')],
    ['other keys', (corefile: string) => corefile.replace('.:53', '.:5353')],
    ['two ports', (corefile: string) => `${corefile}\na.test:53 b.test:54 {\n    log\n}\n`],
  ])('cannot say %s', async (_, change) => {
    expect(await changed(values, change)).toBeNull()
  })

  it('in braces, or behind an alias, are left alone', async () => {
    const flow = 'servers: [{zones: [{zone: .}], plugins: [{name: errors}, {name: forward, parameters: . 1.1.1.1}]}]\n'
    expect(await changed(flow, (corefile) => corefile.replace('    forward', '    log\n    forward'))).toBeNull()
  })
})
