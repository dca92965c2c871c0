import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDnsmasqFile } from '../../src/sources/dnsmasq-reader.ts'
import { readHostsFile } from '../../src/sources/hosts-file.ts'
import { recognise } from '../../src/sources/recognise.ts'
import { readResolvConf } from '../../src/sources/resolv-conf.ts'
import { placesIn, source } from './places.ts'

const paths = ['a.yaml', 'a.json', 'a.conf', 'hosts', 'resolv.conf', 'Corefile', 'a', 'a.sh', 'a.tf']

const seeds = [
  'server=/a.test/10.0.0.1#53\naddress=/b/#\nhost-record=a,"10.0.0.1",60\ntxt-record=t,"a\\"b, c",d # x\nconf-dir=/x,*.y\n',
  'cname=a,b\nsrv-host=_a._b,c,1,2,3\nsynth-domain=d,10.0.0.0/24,p*\nrev-server=10.0.0.0/8,@e#1\nalias=1.1.1.1-1.1.1.2,2.2.2.2\n',
  'dnsmasq -k --server "/a b/1.1.1.1" $X ${Y} $(z) `w` \\\n --no-r 2>&1 | tee\nskydns -machines=a,b\n',
  'nameserver 1.1.1.1\nsearch a b\noptions ndots:3\n10.0.0.1 a b # c\n',
  'kind: ConfigMap\nmetadata: {name: kube-dns}\ndata:\n  stubDomains: |\n    {"a.test": ["10.0.0.1:53", "n"]}\n  federations: a=b,c\n  upstreamNameservers: "[\\"1.1.1.1\\"]"\n',
  'kind: List\nitems:\n- kind: Pod\n  spec:\n    containers: [{name: kubedns, image: a/k8s-dns-kube-dns:1, args: [--domain=x.]}, {name: dnsmasq, image: d/dnsmasq, command: [sh, -c, "dnsmasq -k"]}]\n    hostAliases: &a\n    - ip: "10.0.0.1"\n      hostnames: [a, "b"]\n    - *b\n',
  'kind: Deployment\nspec:\n  {{- if .X }}\n  hostAliases:\n  - {ip: {{ .Y }}, hostnames: [a]}\n  {{- end }}\n  containers:\n  - name: {% x %}c\n',
  'apiVersion: operator.openshift.io/v1\nkind: DNS\nspec:\n  servers: [{zones: [a], forwardPlugin: {upstreams: [1.1.1.1]}}]\n',
]

const anySource = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(400), fc.nat(20), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 5 }),
  )
  .map(([seed, edits]) =>
    edits.reduce((text, [start, length, piece]) => text.slice(0, start) + piece + text.slice(start + length), seed),
  )

const anyText = fc.oneof(anySource, fc.string({ unit: 'binary', maxLength: 200 }))

describe('readers of sources', () => {
  it('never throw, and have places in the text alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), anyText, async (path, text) => {
        const { sources } = await recognise([{ path, text }], { allPods: true })
        for (const { range } of placesIn(sources)) {
          expect(range.start).toBeGreaterThanOrEqual(0)
          expect(range.start).toBeLessThanOrEqual(range.end)
          expect(range.end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('give words that stand where they say', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = [readHostsFile(source('hosts', text)), readResolvConf(source('resolv.conf', text))]
        for (const { range, value } of placesIn(read)) {
          if (value !== undefined) expect(text.slice(range.start, range.end)).toBe(value)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('lose no line of a configuration file of dnsmasq', () => {
    const line = fc.stringMatching(/^[a-z=/.#0-9, -]{1,30}$/)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.map((one) => `${one}\n`).join('')
        const { options } = readDnsmasqFile(source('a.conf', text))
        const wanted = lines.map((one) => one.replace(/(?:^| )#.*$/, '').trim()).filter((one) => one !== '')
        expect(options.map(({ range }) => text.slice(range.start, range.end))).toEqual(wanted)
        for (const { written, argument } of options) {
          expect(text.slice(written.range.start, written.range.end)).toBe(written.value)
          if (argument) expect(text.slice(argument.range.start, argument.range.end)).toBe(argument.value)
        }
      }),
      { numRuns: 500 },
    )
  })
})
