import type { Reading } from '../../src/migrate/kube-dns/config-map.ts'

/** A situation that people come from, with the files they have. */
export interface MigrationExample {
  readonly files: Readonly<Record<string, string>>
  readonly dnsmasq?: string
  readonly reading?: Reading
  readonly accept?: readonly string[]
  /** The Corefile that it goes into. */
  readonly into?: string
  readonly clusterDomain?: string
  /** Codes of the conflicts that are left. */
  readonly conflicts?: readonly string[]
}

const configMap = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-dns
  namespace: kube-system
data:
${data
  .trim()
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`

const nanny = (args: readonly string[], tag = '1.14.13', kubedns: readonly string[] = []) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  template:
    spec:
      dnsPolicy: Default
      containers:
        - name: kubedns
          image: k8s.gcr.io/k8s-dns-kube-dns:${tag}
          args:
            - --domain=cluster.local.
            - --dns-port=10053
            - --config-dir=/kube-dns-config
            - --v=2
${kubedns.map((flag) => `            - ${flag}\n`).join('')}        - name: dnsmasq
          image: k8s.gcr.io/k8s-dns-dnsmasq-nanny:${tag}
          args:
            - -v=2
            - -logtostderr
            - -configDir=/etc/k8s/dns/dnsmasq-nanny
            - -restartDnsmasq=true
            - --
${args.map((flag) => `            - ${flag}`).join('\n')}
`

/** kubedns behind a plain dnsmasq, as Kubernetes 1.3 to 1.5 had it. */
const plain = (
  args: readonly string[],
  kubedns: readonly string[] = ['--domain=cluster.local.', '--dns-port=10053'],
  volumes = '',
) => `apiVersion: extensions/v1beta1
kind: Deployment
metadata:
  name: kube-dns-v20
  namespace: kube-system
spec:
  template:
    spec:
      containers:
        - name: kubedns
          image: gcr.io/google_containers/kubedns-amd64:1.9
          args:
${kubedns.map((flag) => `            - ${flag}`).join('\n')}
        - name: dnsmasq
          image: gcr.io/google_containers/kube-dnsmasq-amd64:1.4
          args:
${args.map((flag) => `            - ${flag}`).join('\n')}
${volumes}`

const stock = ['-k', '--cache-size=1000', '--no-negcache', '--dns-loop-detect', '--log-facility=-']
const cluster = [
  '--server=/cluster.local/127.0.0.1#10053',
  '--server=/in-addr.arpa/127.0.0.1#10053',
  '--server=/ip6.arpa/127.0.0.1#10053',
]

const command = (args: string) => ({ 'dnsmasq.sh': `dnsmasq ${args}\n` })

const workload = (name: string, namespace: string, aliases: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  template:
    spec:
      hostAliases:
${aliases
  .trim()
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}
      containers:
        - name: app
          image: app:1
`

const usual = `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    forward . /etc/resolv.conf
    cache 30
}
`

/** The worked examples of the move, by their names: what people have, and which decisions they take. */
export const examples: Readonly<Record<string, MigrationExample>> = {
  'E01-stock-deployment': { files: { 'kube-dns.yaml': nanny([...stock, ...cluster]) } },
  'E02-stub-and-upstreams': {
    files: {
      'cm.yaml': configMap(`stubDomains: |
  {"acme.local": ["10.150.0.1", "10.150.0.2:5353"]}
upstreamNameservers: |
  ["192.0.2.53","192.0.2.54:5353"]`),
    },
    dnsmasq: '2.78',
  },
  'E03-ipv6-servers': {
    files: {
      'cm.yaml': configMap(`stubDomains: |
  {"v6.corp": ["2001:db8:3:3:3::3"]}
upstreamNameservers: |
  ["2001:db8::53"]`),
    },
  },
  'E04-bracketed-ipv6': {
    files: {
      'cm.yaml': configMap(`stubDomains: |
  {"widget.local": ["[2001:db8:2:2:2::2]:10053"]}
upstreamNameservers: |
  ["[2001:db8::53]:5353"]`),
    },
  },
  'E05-stub-above-the-cluster': { files: { 'cm.yaml': configMap(`stubDomains: |\n  {"local": ["10.150.0.1"]}`) } },
  'E06-stub-below-the-cluster': {
    files: { 'cm.yaml': configMap(`stubDomains: |\n  {"my.cluster.local": ["10.150.0.1"]}`) },
  },
  'E07-stub-is-the-cluster': {
    files: { 'cm.yaml': configMap(`stubDomains: |\n  {"cluster.local": ["10.150.0.1"]}`) },
    conflicts: ['stub-is-cluster-domain'],
  },
  'E08-reverse-stub': { files: { 'cm.yaml': configMap(`stubDomains: |\n  {"1.10.in-addr.arpa": ["10.150.0.1"]}`) } },
  'E09-server-by-name': {
    files: {
      'cm.yaml': configMap(
        `stubDomains: |\n  {"consul": ["consul-dns.consul.svc.cluster.local"], "corp.example": ["ns1.corp.example"]}`,
      ),
    },
    conflicts: ['server-by-name'],
  },
  'E10-federations': {
    files: {
      'cm.yaml': configMap(`federations: "myfed=fed.example.com"\nstubDomains: |\n  {"acme.local": ["10.150.0.1"]}`),
    },
  },
  'E11-federations-as-json': {
    files: {
      'cm.yaml': configMap(
        `federations: |\n  {"foo": "foo.feddomain.com"}\nstubDomains: |\n  {"acme.local": ["10.150.0.1"]}`,
      ),
    },
    reading: 'running',
  },
  'E12-four-upstreams': {
    files: {
      'cm.yaml': configMap(
        `upstreamNameservers: |\n  ["192.0.2.53", "192.0.2.54", "192.0.2.55", "192.0.2.56"]\nstubDomains: |\n  {"acme.local": ["10.150.0.1"]}`,
      ),
    },
    reading: 'running',
  },
  'E13-empty-lists': {
    files: { 'cm.yaml': configMap(`stubDomains: |\n  {"acme.local": []}\nupstreamNameservers: |\n  []`) },
  },
  'E14-suppressed-search-paths': {
    files: {
      'kube-dns.yaml': nanny(
        [
          '-k',
          '--cache-size=10000',
          '--dns-forward-max=150',
          '--no-negcache',
          '--log-facility=-',
          '--log-queries',
          '--server=/cluster.local/127.0.0.1#10053',
          '--server=/in-addr.arpa/127.0.0.1#10053',
          '--server=/in6.arpa/127.0.0.1#10053',
          '--server=/internal.yourdomain.com/172.30.0.2',
          '--server=192.0.2.53',
          '--server=192.0.2.54',
          '-R',
          '--address=/org.cluster.local/com.cluster.local/org.default.svc.cluster.local/local.vpc/',
        ],
        '1.14.10',
      ),
    },
  },
  'E15-addn-hosts': {
    files: {
      'kube-dns.yaml': plain(
        [
          '--keep-in-foreground',
          '--cache-size=1000',
          '--no-resolv',
          '--server=127.0.0.1#10053',
          '--addn-hosts=/dns/key',
        ],
        undefined,
        `          volumeMounts:
            - name: machines
              mountPath: /dns
      volumes:
        - name: machines
          configMap:
            name: machines
`,
      ),
      'machines.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: machines
  namespace: kube-system
data:
  key: |
    192.168.1.11 hadoop-nn hadoop-nn.corp
    192.168.1.12 hadoop-dn1
`,
    },
  },
  'E16-kubedns-among-others': {
    files: { 'kube-dns.yaml': plain(['--no-resolv', '--server=127.0.0.1#10053', '--server=192.0.2.53#53']) },
    conflicts: ['kubedns-among-others'],
  },
  'E17-own-domain-and-nameservers': {
    files: {
      'kube-dns.yaml': plain(
        ['--no-resolv', '--server=127.0.0.1#10053'],
        ['--domain=k8s.corp.', '--dns-port=10053', '--nameservers=192.0.2.53:53,192.0.2.54'],
      ),
    },
  },
  'E18-address-old': {
    files: command('--address=/app.test/10.0.0.1 --server=192.0.2.53 --no-resolv'),
    dnsmasq: '2.78',
  },
  'E19-address-new': {
    files: command('--address=/app.test/10.0.0.1 --server=192.0.2.53 --no-resolv'),
    dnsmasq: '2.90',
  },
  'E20-nested-addresses': {
    files: command(
      '--address=/b.test/10.0.0.9 --address=/b.test/10.0.0.10 --address=/a.b.test/10.0.0.8 --address=/v6.b.test/fd00::9 --server=192.0.2.53 -R',
    ),
    dnsmasq: '2.90',
  },
  'E21-exception-below-an-address': {
    files: command('--address=/example.test/10.0.0.1 --host-record=www.example.test,10.0.0.2 --server=192.0.2.53 -R'),
    dnsmasq: '2.90',
  },
  'E22-sinkholes': {
    files: {
      'dnsmasq.conf':
        'address=/ads.test/#\naddress=/trk.test/0.0.0.0\nlocal=/bad.test/\nserver=192.0.2.53\nno-resolv\n',
    },
    dnsmasq: '2.90',
  },
  'E23-local-domain-with-records': {
    files: command(
      '--local=/corp.test/ --host-record=www.corp.test,10.1.1.1 --host-record=db.sub.corp.test,10.1.1.2 --server=192.0.2.53 -R',
    ),
    dnsmasq: '2.90',
  },
  'E24-carve-outs': {
    files: command(
      '--server=/b.test/10.150.0.1 --server=/pub.b.test/# --local=/lan/ --server=/nas.lan/10.150.0.2 --server=192.0.2.53 -R',
    ),
    dnsmasq: '2.90',
  },
  'E25-domain-needed': {
    files: command('--domain-needed --host-record=printer,10.2.0.10 --server=192.0.2.53 -R'),
    dnsmasq: '2.90',
  },
  'E26-records': {
    files: {
      'dnsmasq.conf': `cname=alias.test,target.test
host-record=target.test,10.0.0.5
txt-record=t.test,hello world
srv-host=_ldap._tcp.s.test,ldap.s.test,389,1,2
mx-host=m.test,mail.test,10
ptr-record=9.9.9.10.in-addr.arpa,nine.test
server=192.0.2.53
no-resolv
`,
    },
    dnsmasq: '2.90',
  },
  'E27-hosts-clean-up': {
    files: {
      'dnsmasq.sh': 'dnsmasq --addn-hosts=/etc/extra --expand-hosts --domain=lan --server=192.0.2.53 -R\n',
      'etc/extra': `10.1.1.1 one.test ONE-Alias.Test short   # comment
10.1.1.2 one.test
10.1.1.1 one.test
010.1.1.9 zeros.test
fe80::1%eth0 zone.test
10.1.1.3 *.wild.test
`,
    },
    dnsmasq: '2.90',
  },
  'E28-reverse-networks': {
    files: command(
      '--bogus-priv --rev-server=172.16.0.0/12,10.150.0.1 --host-record=nas.test,192.168.1.10 --server=192.0.2.53 -R',
    ),
    dnsmasq: '2.90',
  },
  'E29-order-and-limits': {
    files: command(
      '--strict-order --server=192.0.2.53 --server=192.0.2.54 --no-resolv --cache-size=5000 --no-negcache --max-ttl=60 --dns-forward-max=500',
    ),
    dnsmasq: '2.78',
  },
  'E30-no-equivalent': {
    files: command(
      '--stop-dns-rebind --bogus-nxdomain=198.51.100.9 --ignore-address=198.51.100.8 --alias=198.51.100.7,10.0.0.7 --ipset=/x.test/set --all-servers --dnssec --localise-queries --server=192.0.2.53 --server=192.0.2.54 -R',
    ),
    dnsmasq: '2.90',
  },
  'E31-aliases-of-several-workloads': {
    files: {
      'gateway.yaml': workload(
        'paas-gateway-server',
        'default',
        `- ip: "10.255.0.170"
  hostnames: ["paas-nacos-register", "paas-nacos-config"]
- ip: "10.1.2.3"
  hostnames: ["foo.remote", "bar.remote"]`,
      ),
      'devops.yaml': workload('devops', 'devops', `- ip: "10.255.0.170"\n  hostnames: ["registry"]`),
    },
    into: usual,
  },
  'E32-alias-under-a-stub': {
    files: { 'db.yaml': workload('db', 'default', `- ip: "10.9.9.9"\n  hostnames: ["db.acme.local", "db"]`) },
    into: `${usual}acme.local:53 {\n    errors\n    forward . 10.150.0.1\n    cache 30\n}\n`,
  },
  'E33-aliases-in-conflict': {
    files: {
      'a.yaml': workload('a', 'a', `- ip: 10.0.0.1\n  hostnames: [db.internal]`),
      'b.yaml': workload('b', 'b', `- ip: 10.0.0.2\n  hostnames: [db.internal]`),
    },
    into: usual,
    conflicts: ['alias-conflict'],
  },
  'E34-aliases-that-stay': {
    files: {
      'stay.yaml': workload(
        'stay',
        'default',
        `- ip: "127.0.0.1"
  hostnames: ["foo.local"]
- ip: "10.3.3.3"
  hostnames: ["api.default.svc.cluster.local"]
- ip: "169.254.169.254"
  hostnames: ["metadata.internal"]
- ip: "10.4.4.4"
  hostnames: ["kubernetes"]`,
      ),
    },
    into: usual,
  },
  'E35-hosts-is-there': {
    files: { 'db.yaml': workload('db', 'default', `- ip: "10.9.9.9"\n  hostnames: ["db.corp"]`) },
    into: `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
    }
    hosts /etc/coredns/NodeHosts {
        ttl 60
        reload 15s
        fallthrough
    }
    forward . /etc/resolv.conf
    cache 30
    import /etc/coredns/custom/*.override
}
`,
  },
  'E36-skydns-and-kube2sky': {
    files: {
      'skydns-rc.yaml': `apiVersion: v1
kind: ReplicationController
metadata:
  name: skydns
  namespace: kube-system
spec:
  template:
    spec:
      containers:
        - name: skydns
          image: skynetservices/skydns
          args:
            - --machines=http://10.16.42.200:4012
            - --domain=domeos.sohu
            - --addr=0.0.0.0:53
        - name: kube2sky
          image: kube2sky:0.5
          args:
            - --etcd-server=http://10.16.42.200:4012
            - --domain=domeos.sohu
            - --kube_master_url=http://10.16.42.200:8080
`,
    },
  },
  'E37-skydns-on-its-own': {
    files: {
      'skydns.sh':
        'ETCD_MACHINES=https://e1:2379,https://e2:2379 skydns -etcd3 -domain=skydns.local. -nameservers=192.0.2.53:53,192.0.2.54:53 -path-prefix=mydns -ca-cert=/c/ca.pem -tls-pem=/c/c.pem -tls-key=/c/k.pem -username=u -password=p\n',
    },
  },
}
