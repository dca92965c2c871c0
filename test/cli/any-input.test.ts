import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formats } from '../../src/node/reporters.ts'
import { mutated } from '../arbitrary-text.ts'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

// Whatever files hold, every command ends with one of its exit codes, shows nothing that a terminal obeys, and writes the JSON it
// promises. The files are real ones with some stretches broken; each run breaks others.

const corefile = `(shared) {
    errors
    cache 30 example.org
}
.:53 {
    import shared
    hosts {
        10.0.0.1 registry a.example.org
        fallthrough
    }
    rewrite name regex (.*)\\.b\\.org {1}.c.org answer auto
    template IN A t.example {
        match "^(\\w+)\\.t\\.example\\.$"
        answer "{{ .Name }} 60 IN A 10.0.0.{{ len .Zone }}"
        fallthrough
    }
    kubernetes cluster.local in-addr.arpa {
        pods insecure
        fallthrough in-addr.arpa
    }
    forward . 10.0.0.53 tls://9.9.9.9 {
        policy sequential
    }
}
`
const files: Readonly<Record<string, string>> = {
  Corefile: corefile,
  'cm.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: coredns, namespace: kube-system }\ndata:\n  Corefile: |\n${corefile.replace(/^/gm, '    ')}\n`,
  'kube-dns.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: kube-dns, namespace: kube-system }
data:
  stubDomains: |
    {"acme.local": ["10.150.0.1"], "b.org": ["10.0.0.2#5353"]}
  upstreamNameservers: |
    ["8.8.8.8"]
`,
  'dnsmasq.conf': `server=10.0.0.53
server=/corp.example/10.1.0.1
address=/ads.example/0.0.0.0
cname=a.example,b.example
host-record=b.example,10.0.0.9
txt-record=t.example,"x y"
local=/lan/
`,
  'pod.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: shop }
spec:
  template:
    spec:
      dnsConfig: { searches: [corp.example], options: [{ name: ndots, value: "2" }] }
      hostAliases:
        - ip: 10.0.0.7
          hostnames: [registry, db.corp.example]
      containers: [{ name: a, image: b }]
`,
  'a.hosts': '10.0.0.3 c.example d\n::1 localhost\n',
  'corefile_test.yaml': `corefile: Corefile
tests:
  - query: registry A
    expect: { records: [10.0.0.1] }
  - query: "*.example.org"
    expect: { not: { outcome: servfail } }
`,
  'changes.yaml':
    'changes:\n  - query: "*"\n    expect: { outcome: upstream, upstream: 10.0.0.53 }\n    reason: moved\n',
  'queries.txt': 'registry A\n1.0.0.10.in-addr.arpa PTR\n"A IN example.org. udp 41 false 4096"\n',
  'services.yaml': `kind: List
items:
  - { kind: Service, metadata: { name: kubernetes, namespace: default }, spec: { clusterIP: 10.96.0.1 } }
  - { kind: Namespace, metadata: { name: default } }
`,
  'base.json': '{"version":1,"findings":[{"path":"Corefile","rule":"unknown-plugin","text":"x","count":2}]}',
  'conf.yaml': 'coredns: 1.12.0\nrules:\n  unknown-plugin: error\noverrides:\n  - files: "*.yaml"\n    coredns: 1.11\n',
}

/** Command lines, and the format that standard output has in each. */
const commands: readonly (readonly string[])[] = [
  ...formats.map((format) => ['lint', 'Corefile', 'cm.yaml', '--format', format]),
  ['lint', 'cm.yaml', '--baseline', 'base.json', '--format', 'json'],
  ['lint', '--print-config', 'cm.yaml', '--config', 'conf.yaml', '--format', 'json'],
  ['fmt', '--check', '.'],
  ['trace', 'registry', '.'],
  ['trace', 'x.t.example', 'cm.yaml', '--format', 'json'],
  ['trace', 'a.example', 'dnsmasq.conf'],
  ['trace', 'db', '--from-pod', 'pod.yaml', 'Corefile'],
  ['trace', 'kubernetes.default.svc.cluster.local', '--services', 'services.yaml', 'Corefile', '--format', 'json'],
  ['trace', '--queries', 'queries.txt', 'Corefile'],
  ['compare', 'Corefile', 'cm.yaml', '--expect', 'changes.yaml'],
  ['compare', 'kube-dns.yaml', 'Corefile', '--probes', 'queries.txt', '--format', 'json'],
  ['test'],
  ['test', '--format', 'json'],
  ['migrate', 'kube-dns.yaml', 'dnsmasq.conf', 'a.hosts', '--format', 'json'],
  ['migrate', 'pod.yaml', 'a.hosts', '--into', 'cm.yaml', '--format', 'json', '--report', 'report.md'],
  ['migrate', 'pod.yaml', '--into', 'Corefile', '--write', '--remove-aliases', '--as-running', '--format', 'json'],
]

const jsonFormats: readonly (string | undefined)[] = ['json', 'sarif', 'rdjson', 'gitlab']
const obeyed = /[^\n\P{Cc}]|[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u

/** All files with one to three of them broken, and what to run. */
const cases = fc
  .tuple(fc.constantFrom(...commands), fc.array(fc.constantFrom(...Object.keys(files)), { minLength: 1, maxLength: 3 }))
  .chain(([command, broken]) =>
    fc.record({
      command: fc.constant(command),
      broken: fc.record(Object.fromEntries([...new Set(broken)].map((name) => [name, mutated(files[name] ?? '')]))),
    }),
  )

describe('any input', () => {
  it('ends every command with an exit code, and with output that is safe and of its format', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ command, broken }) => {
        const cwd = directoryWith({ '.git/': '', ...files, ...broken })
        const { code, stdout, stderr } = await run(cwd, command, { env: { GITHUB_ACTIONS: 'true' } })
        expect([0, 1, 2, 3]).toContain(code)
        expect(stdout + stderr).not.toMatch(obeyed)
        const format = command.includes('--format') ? command[command.indexOf('--format') + 1] : undefined
        if (jsonFormats.includes(format) && stdout !== '') {
          expect(stdout.split(/\n(?=\{)/).map((text) => JSON.parse(text))).not.toEqual([])
        }
      }),
      { numRuns: 120 },
    )
  })
})
