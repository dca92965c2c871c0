import { type Claim, kubernetes, now, port } from './claim.ts'
import { smallCluster } from './kubernetes-api.ts'

/** An API server that is away: kubernetes waits for it, and is not ready. */
const away = { '    kubernetes\n': '    kubernetes {\n        endpoint http://127.0.0.1:1\n    }\n' }

/** Claims about how a server is run: who is asked first, and what it says of itself. */
export const claimsOfRunning: readonly Claim[] = [
  {
    rule: 'view-order',
    example: 0,
    releases: ['1.15.0', '1.14.3'],
    replace: { ...port, '10.0.0.2': '@upstream1@', '10.0.0.3': '@upstream2@' },
    upstreams: ['ok', 'ok'],
    steps: ['a.example A', 'a.example MX'],
  },
  {
    rule: 'view-order',
    example: 1,
    releases: ['1.14.1', '1.12.0'],
    replace: { ...port, '10.0.0.2': '@upstream1@', '10.0.0.3': '@upstream2@' },
    upstreams: ['ok', 'ok'],
    steps: ['a.example A', 'a.example MX'],
  },
  {
    rule: 'k8s-external-without-kubernetes',
    example: 0,
    releases: now,
    replace: { ...port, ...kubernetes },
    cluster: smallCluster,
    steps: ['web.default.example.org A'],
  },
  {
    rule: 'k8s-external-without-kubernetes',
    example: 1,
    releases: ['1.10.1'],
    replace: { ...port, ...kubernetes, '10.0.0.2': '@upstream1@' },
    cluster: smallCluster,
    steps: ['web.default.example.org A'],
  },
  {
    rule: 'kubernetes-multiple-endpoints',
    example: 0,
    releases: now,
    replace: {
      ...port,
      'http://10.0.0.1:8080': '@api@',
      'http://10.0.0.2:8080': 'http://127.0.0.1:1',
      '10.0.0.53': '@upstream1@',
    },
    cluster: smallCluster,
    steps: ['web.default.svc.cluster.local A', { logged: 'ultiple endpoints' }],
  },
  {
    rule: 'ready-wrong-block',
    example: 0,
    releases: now,
    replace: { ...port, ...away, '    ready\n': '    ready 127.0.0.1:@port:ready@\n', '10.0.0.1': '@upstream1@' },
    steps: ['http://127.0.0.1:@port:ready@/ready', 'web.default.svc.cluster.local A'],
  },
  {
    rule: 'probe-mismatch',
    example: 0,
    releases: now,
    replace: {
      ...port,
      health: 'health 127.0.0.1:@port:health@',
      ready: 'ready 127.0.0.1:@port:ready@',
      '10.0.0.2': '@upstream1@',
    },
    files: { ports: '@port:ready@' },
    steps: ['http://127.0.0.1:@port:ready@/ready'],
  },
]
