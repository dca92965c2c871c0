import { type Claim, now } from './claim.ts'

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
]
