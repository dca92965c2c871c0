import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import compareSchema from '../../schema/compare.schema.json' with { type: 'json' }
import migrateSchema from '../../schema/migrate.schema.json' with { type: 'json' }
import testSchema from '../../schema/test.schema.json' with { type: 'json' }
import traceSchema from '../../schema/trace.schema.json' with { type: 'json' }
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

/** The schemas as published let later versions add; what this version writes has nothing that they do not name. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed)
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(([key, value]) => [key, closed(value)])
  return { ...Object.fromEntries(entries), ...('properties' in part ? { additionalProperties: false } : {}) }
}

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
const [trace, compare, migrate, test] = [traceSchema, compareSchema, migrateSchema, testSchema].map((schema) =>
  ajv.compile(closed(schema) as object),
)

const corefile = `.:53 {
    rewrite name old.example new.example
    kubernetes cluster.local in-addr.arpa {
        fallthrough in-addr.arpa
    }
    hosts /dev/null {
        10.0.0.1 registry
        fallthrough
    }
    file /data/db.zone zone.example {
        fallthrough
    }
    template IN A alias.example {
        answer "{{ .Name }} 60 IN CNAME registry."
    }
    template IN ANY bad.example {
        rcode YXDOMAIN
    }
    etcd skydns.example {
        path /skydns
    }
    forward . 10.0.0.53 10.0.0.54 {
        policy sequential
    }
    reload
}
corp.example:53 {
    strange
    forward . 10.0.0.9
}
`
const dnsmasq = 'server=10.0.0.53\nno-resolv\naddress=/ads.example/0.0.0.0\nhost-record=a.example,10.0.0.7\n'
const pod = `apiVersion: v1
kind: Pod
metadata: {name: app, namespace: shop}
spec:
  hostAliases: [{ip: 10.9.9.9, hostnames: [registry]}]
  containers: [{name: app, image: app}]
`
const files = {
  Corefile: corefile,
  later: corefile.replace('10.0.0.1 registry', '10.0.0.2 registry').replace('policy sequential', 'policy random'),
  'dnsmasq.conf': dnsmasq,
  'pod.yaml': pod,
  queries: [
    'registry',
    'old.example',
    'x.default.svc.cluster.local',
    'a.zone.example',
    'b.alias.example',
    'bad.example',
    'a.skydns.example',
    'www.corp.example',
    'nothing.example AAAA',
  ].join('\n'),
  'corefile_test.yaml': 'corefile: Corefile\ntests:\n  - query: registry A\n    expect: { records: [10.9.9.9] }\n',
  'expected.yaml': 'changes:\n  - query: registry A\n    expect: { records: [10.0.0.2] }\n',
}

/** What the validator has against what a command writes, a line each where `lines`. */
async function complaints(validate: typeof trace, words: string[], lines = false): Promise<unknown[]> {
  const { stdout } = await run(directoryWith(files), [...words, '--format', 'json'])
  expect(stdout).not.toBe('')
  const documents = (lines ? stdout.trimEnd().split('\n') : [stdout]).map((text) => JSON.parse(text))
  return documents.flatMap((document) => (validate?.(document) ? [] : [validate?.errors, document]))
}

describe('published schemas', () => {
  it.each([
    [['trace', '--queries', 'queries', 'Corefile']],
    [['trace', 'registry', 'Corefile', 'dnsmasq.conf']],
    [['trace', 'registry', '--from-pod', 'pod.yaml', 'Corefile']],
    [['trace', 'a.example', '--from-pod', 'pod.yaml', 'Corefile']],
  ])('trace: %j', async (words) => {
    expect(await complaints(trace, words, true)).toEqual([])
  })

  it.each([
    [['compare', 'Corefile', 'later']],
    [['compare', 'Corefile', 'later', '--expect', 'expected.yaml']],
    [['compare', 'dnsmasq.conf', 'Corefile']],
    [['compare', '--coredns', '1.9.4..1.15.0', 'Corefile']],
  ])('compare: %j', async (words) => {
    expect(await complaints(compare, words)).toEqual([])
  })

  it('migrate and test', async () => {
    expect(await complaints(migrate, ['migrate', 'dnsmasq.conf', 'pod.yaml'])).toEqual([])
    expect(await complaints(test, ['test'])).toEqual([])
  })

  it('would fail without a property', () => {
    expect([trace, compare, migrate, test].map((validate) => validate?.({ version: 1 }))).toEqual(Array(4).fill(false))
  })
})
