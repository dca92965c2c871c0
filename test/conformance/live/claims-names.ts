import { type Claim, kubernetes, now, zoneFile } from './claim.ts'
import { smallCluster } from './kubernetes-api.ts'

/** A key made for these cases alone; it signs nothing of anybody. */
const dnssecKey = {
  'Kexample.org.+013+26205.key':
    'example.org. IN DNSKEY 257 3 13 6GGdhhN8yuwQVcSygXWB5ZPMW7oPGOYrn1UeYHLv/N4aP4xieaJtX33+AmMxZYIYTzGDbXPfO6OOyIKHt+T3OQ==\n',
  'Kexample.org.+013+26205.private':
    'Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: ga4I1M8uO7Z9v/CzD09i4sDZZ5r0J9bWjp763cceKM4=\n',
}

/** A zone with a name of its own and one that is written out in full. */
const zoneOf = (zone: string) =>
  `@ 3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 3600\n  3600 IN NS ns1\nwww 3600 IN A 10.1.2.3\nfull.${zone}. 3600 IN A 10.1.2.4\n`

/** What rules say of templates, rewrites, access and zones. */
export const claimsOfNames: readonly Claim[] = [
  {
    rule: 'template-missing-fallthrough',
    example: 0,
    releases: [...now, '1.9.0'],
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A', 'b.example A', 'b.example TXT'],
  },
  {
    rule: 'template-missing-fallthrough',
    example: 1,
    releases: now,
    steps: ['a.corp.example TXT', 'b.corp.example TXT'],
  },
  {
    rule: 'template-missing-fallthrough',
    example: 2,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A', 'b.corp.test A'],
  },
  {
    rule: 'template-aaaa-nxdomain',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example AAAA', 'a.example A'],
  },
  {
    rule: 'template-aaaa-nxdomain',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example HTTPS', 'a.corp.example A'],
  },
  {
    rule: 'template-single-family',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    upstreams: ['nxdomain'],
    steps: ['a.apps.example A', 'a.apps.example AAAA'],
  },
  {
    rule: 'template-single-family',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    upstreams: ['nxdomain'],
    steps: ['a.example A', 'a.example AAAA'],
  },
  {
    rule: 'template-single-family',
    example: 2,
    releases: now,
    steps: ['a.apps.example A', 'a.apps.example AAAA'],
  },
  {
    rule: 'template-invalid-rr',
    example: 0,
    releases: now,
    steps: ['a.example A'],
  },
  {
    rule: 'template-invalid-rr',
    example: 1,
    releases: now,
    steps: ['a.example TXT'],
  },
  {
    rule: 'template-invalid-rr',
    example: 2,
    releases: now,
    steps: ['a.example TXT'],
  },
  {
    rule: 'template-invalid-rr',
    example: 3,
    releases: now,
    steps: ['a.example TXT'],
  },
  {
    rule: 'regex-missing-trailing-dot',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example TXT'],
  },
  {
    rule: 'regex-missing-trailing-dot',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example TXT', 'a.lab.example TXT'],
  },
  {
    rule: 'regex-missing-trailing-dot',
    example: 2,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'b.corp.example A'],
  },
  {
    rule: 'regex-uppercase',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'a.Corp.Example A'],
  },
  {
    rule: 'regex-uppercase',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example TXT', 'A.corp.example TXT'],
  },
  {
    rule: 'rewrite-prefix-needs-dot',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['foo-a.example A'],
  },
  {
    rule: 'rewrite-prefix-needs-dot',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['foo-a.example A', 'a-foo.example A'],
  },
  {
    rule: 'rewrite-suffix-label-boundary',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'mycorp.example A', 'corp.example A'],
  },
  {
    rule: 'rewrite-target-not-served',
    example: 0,
    releases: now,
    replace: { ...kubernetes, '8.8.8.8': '@upstream1@' },
    cluster: smallCluster,
    upstreams: ['nxdomain'],
    steps: ['web.corp.example A'],
  },
  {
    rule: 'rewrite-target-not-served',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'acl-allow-without-block',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'acl-allow-without-block',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.corp.example A', 'a.example A'],
  },
  {
    rule: 'acl-unreachable-policy',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example A'],
  },
  {
    rule: 'acl-unreachable-policy',
    example: 1,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.example AAAA', 'a.example A'],
  },
  {
    rule: 'acl-version-bypass',
    example: 0,
    releases: ['1.13.1', '1.11.1'],
    replace: { '10.0.0.53': '@upstream1@' },
    steps: ['a.secret.example A', 'open.example A'],
  },
  {
    rule: 'transfer-without-zone-plugin',
    example: 0,
    releases: now,
    replace: { '10.0.0.53': '@upstream1@' },
    files: { 'db.example.org': zoneFile },
    steps: ['example.org AXFR tcp'],
  },
  {
    rule: 'secondary-without-transfer',
    example: 1,
    releases: ['1.11.1'],
    replace: { '10.0.0.1': '@upstream1@' },
    steps: ['www.example.org A', { logged: 'Failed to transfer' }],
  },
  {
    rule: 'dnssec-without-key',
    example: 0,
    releases: now,
    files: { 'db.example.org': zoneFile, ...dnssecKey },
    steps: ['example.org DNSKEY', 'www.example.org A'],
  },
  {
    rule: 'file-zone-defaults-to-root',
    example: 0,
    releases: now,
    files: { 'db.example.org': zoneFile },
    steps: ['www.example.org A', 'www A'],
  },
  {
    rule: 'file-shared-by-zones',
    example: 0,
    releases: now,
    files: { 'db.one.example': zoneOf('one.example'), 'db.two.example': zoneOf('two.example') },
    steps: ['www.one.example A', 'full.one.example A', 'www.two.example A', 'full.two.example A'],
  },
  {
    rule: 'file-shared-by-zones',
    example: 1,
    releases: now,
    files: { 'db.one.example': zoneOf('one.example'), 'db.two.example': zoneOf('two.example') },
    steps: ['full.one.example A', 'full.two.example A'],
  },
]
