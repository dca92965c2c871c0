import type { FakeCluster } from '../live/kubernetes-api.ts'

/** The cluster that the plugin kubernetes sees: a service of each kind, and pods, two of which have addresses of loopback. */
export const cluster: FakeCluster = {
  services: [
    { namespace: 'default', name: 'kubernetes', clusterIp: '10.96.0.1', ports: [['https', 443]] },
    { namespace: 'kube-system', name: 'kube-dns', clusterIp: '10.96.0.10', ports: [['dns-tcp', 53]] },
    {
      namespace: 'default',
      name: 'web',
      clusterIp: '10.96.0.20',
      ports: [
        ['http', 80],
        ['https', 443],
      ],
      endpoints: [{ ip: '10.244.0.11' }, { ip: '10.244.0.12' }],
    },
    {
      namespace: 'default',
      name: 'db',
      clusterIp: 'None',
      ports: [['sql', 5432]],
      endpoints: [{ ip: '10.244.0.21', hostname: 'db-0' }, { ip: '10.244.0.22' }],
    },
    {
      namespace: 'shop',
      name: 'web',
      clusterIp: '10.96.0.30',
      ports: [['http', 80]],
      endpoints: [{ ip: '10.244.0.41' }],
      externalIps: ['203.0.113.9', '2001:db8::9'],
    },
    {
      namespace: 'shop',
      name: 'edge',
      clusterIp: '10.96.0.31',
      ports: [
        ['http', 80],
        ['https', 443],
      ],
      loadBalancer: 'lb.example.net',
    },
    { namespace: 'shop', name: 'empty', clusterIp: 'None', ports: [['http', 80]], endpoints: [] },
    { namespace: 'default', name: 'outside', externalName: 'www.example.org' },
    { namespace: 'shop', name: 'inside', externalName: 'web.default.svc.cluster.local' },
  ],
  pods: [
    { namespace: 'default', name: 'shell', ip: '10.244.0.31' },
    { namespace: 'default', name: 'client', ip: '127.0.0.7' },
    { namespace: 'shop', name: 'client', ip: '127.0.0.8' },
  ],
}

/** Names below the zone of the cluster that are worth asking for. */
export const clusterNames: readonly string[] = [
  'kubernetes.default.svc',
  'web.default.svc',
  'db.default.svc',
  'db-0.db.default.svc',
  '10-244-0-22.db.default.svc',
  '10-244-0-99.db.default.svc',
  '_sql._tcp.db.default.svc',
  '_http._tcp.web.default.svc',
  'web.shop.svc',
  'empty.shop.svc',
  'outside.default.svc',
  'inside.shop.svc',
  'none.default.svc',
  'web.none.svc',
  'default.svc',
  'svc',
  '10-244-0-31.default.pod',
  '10-1-2-3.default.pod',
  '10-1-2-3.none.pod',
  'default.pod',
  'pod',
  'none',
  'dns-version',
  'x.web.default.svc',
]

/** Addresses that its objects have, and one that none has. */
export const clusterAddresses: readonly string[] = [
  '10.96.0.1',
  '10.96.0.20',
  '10.244.0.11',
  '10.244.0.21',
  '10.96.0.99',
]
