import type { PluginBlock } from './plugin-block.ts'

const transfer = ['transfer to *', 'transfer to 192.0.2.2 192.0.2.3:5353']

/** Plugins that answer, or hand a query to somebody who does. */
export const answeringBlocks: Readonly<Record<string, readonly PluginBlock[]>> = {
  any: [{ head: 'any' }],
  auto: [
    {
      head: 'auto example.org',
      needed: ['directory zones'],
      lines: ['reload 10s', 'no_reload', 'upstream 192.0.2.1', ...transfer],
    },
    { head: 'auto', needed: ['directory zones (.*)\\.zone {1} 60'], lines: ['reload 0', 'transfer to *'] },
    { head: 'auto example.org example.net', needed: ['directory zones db\\.(.*) {1}'], lines: ['reload 1m30s'] },
  ],
  autopath: [
    { head: 'autopath @kubernetes', beside: ['kubernetes cluster.local'] },
    { head: 'autopath example.org resolv.conf' },
  ],
  azure: [
    {
      head: 'azure resource-group:example.org other-group:example.net',
      lines: [
        'tenant 123abc-123abc',
        'client 123abc-234xyz',
        'subscription 123abc-456abc',
        'secret mysecret',
        'environment AzurePublicCloud',
        'fallthrough example.org',
        'access private',
        'refresh 5m',
      ],
    },
  ],
  clouddns: [
    {
      head: 'clouddns example.org.:my-project:my-zone',
      lines: [
        'credentials nofile.json',
        'fallthrough example.org',
        'upstream 192.0.2.1',
        'endpoint http://127.0.0.1:8080',
        'refresh 1m',
      ],
    },
  ],
  dynupdate: [
    {
      head: 'dynupdate example.org',
      keys: 'example.org',
      needed: ['file db.example.org', 'allow key.example.org. *.example.org. A AAAA'],
      lines: [
        'database store.db',
        'allow key.example.org. www.example.org. *',
        'max_records 1000',
        'max_bytes 1000000',
        'max_update_records 10',
      ],
    },
  ],
  erratic: [{ head: 'erratic', lines: ['drop 3', 'truncate 5', 'delay 3 50ms', 'large'] }],
  etcd: [
    {
      head: 'etcd skydns.local',
      lines: [
        'path /skydns',
        'endpoint http://127.0.0.1:2379 http://127.0.0.2:2379',
        'tls cert.pem key.pem cert.pem',
        'fallthrough example.org',
        'upstream 192.0.2.1:53',
        'stubzones',
        'debug',
        'min-lease-ttl 30s',
        'max-lease-ttl 24h',
        'no_apex_fallback',
      ],
    },
  ],
  federation: [
    {
      head: 'federation cluster.local',
      lines: ['prod example.org', 'staging staging.example.org', 'upstream 192.0.2.1'],
      beside: ['kubernetes cluster.local'],
    },
  ],
  file: [
    {
      head: 'file db.example.org example.org',
      lines: [
        'reload 30s',
        'reload_by_mtime',
        'fallthrough example.org',
        'upstream 192.0.2.1',
        'no_reload',
        ...transfer,
      ],
    },
    { head: 'file db.example.net', keys: 'example.net' },
  ],
  forward: [
    { head: 'forward . 192.0.2.1 192.0.2.2:5353' },
    { head: 'forward . /etc/resolv.conf' },
    { head: 'forward example.org 192.0.2.1', lines: ['except internal.example.org 10.0.0.0/8', 'policy sequential'] },
    {
      head: 'forward . tls://192.0.2.1 tls://192.0.2.2:853',
      lines: [
        'tls_servername dns.example.org',
        'tls cert.pem key.pem cert.pem',
        'health_check 5s no_rec domain example.org',
        'health_check 500ms',
        'expire 10s',
        'max_fails 2',
        'policy round_robin',
        'max_concurrent 1000',
      ],
    },
    {
      head: 'forward . 192.0.2.1',
      lines: [
        'force_tcp',
        'prefer_udp',
        'max_age 10m',
        'max_idle_conns 10',
        'max_connect_attempts 3',
        'read_timeout 2s',
        'next NXDOMAIN SERVFAIL',
        'next_on_nodata',
        'failfast_all_unhealthy_upstreams',
        'failover SERVFAIL REFUSED',
        'resolver 192.0.2.53 192.0.2.54:5353',
        'source_address 192.0.2.7',
      ],
    },
    { head: 'forward . https://192.0.2.1', lines: ['doh_method GET', 'tls_servername dns.example.org'] },
  ],
  grpc: [
    {
      head: 'grpc . 192.0.2.1:443 192.0.2.2:443',
      lines: [
        'except example.org',
        'tls cert.pem key.pem cert.pem',
        'tls_servername dns.example.org',
        'policy random',
        'fallthrough',
      ],
    },
    { head: 'grpc example.org resolv.conf' },
  ],
  hosts: [
    {
      head: 'hosts',
      lines: [
        '192.0.2.1 a.example.org b.example.org',
        '2001:db8::1 a.example.org',
        'fallthrough',
        'ttl 60',
        'no_reverse',
        'reload 30s',
        'fallthrough_unsupported',
      ],
    },
    { head: 'hosts hosts.txt example.org', lines: ['fallthrough example.org', 'ttl 3600'] },
    { head: 'hosts /etc/hosts' },
  ],
  k8s_external: [
    {
      head: 'k8s_external example.org',
      lines: ['apex dns', 'ttl 60', 'headless', 'fallthrough'],
      beside: ['kubernetes cluster.local'],
    },
  ],
  kubernetes: [
    {
      head: 'kubernetes cluster.local in-addr.arpa ip6.arpa',
      lines: ['pods insecure', 'fallthrough in-addr.arpa ip6.arpa', 'ttl 30', 'upstream', 'resyncperiod 1m'],
    },
    {
      head: 'kubernetes cluster.local 10.96.0.0/12',
      lines: [
        'endpoint http://127.0.0.1:8080',
        'namespaces default demo',
        'labels environment in (production,qa),app=web',
        'endpoint_pod_names',
        'noendpoints',
        'ignore empty_service',
        'transfer to *',
        'startup_timeout 5s',
        'apiserver_qps 10.5',
        'apiserver_burst 20',
        'apiserver_max_inflight 5',
      ],
    },
    {
      head: 'kubernetes cluster.local clusterset.local',
      lines: ['namespace_labels team=dns', 'multicluster clusterset.local', 'kubeconfig kubeconfig.yaml home', 'zonal'],
    },
    { head: 'kubernetes', lines: ['endpoint https://127.0.0.1:6443', 'tls cert.pem key.pem cert.pem'] },
  ],
  local: [{ head: 'local' }, { head: 'local', lines: ['localhost_prefix off'] }],
  nomad: [
    {
      head: 'nomad service.nomad',
      lines: ['address http://127.0.0.1:4646', 'token 0123-4567', 'ttl 30', 'filter Tags contains "dns"'],
    },
  ],
  proxy: [
    {
      head: 'proxy . 192.0.2.1 192.0.2.2:5353',
      lines: [
        'policy round_robin',
        'fail_timeout 5s',
        'max_fails 3',
        'health_check /health:8080 10s',
        'except example.org',
        'spray',
        'protocol dns force_tcp',
      ],
    },
    { head: 'proxy . 192.0.2.1', lines: ['protocol grpc insecure', 'protocol https_google'] },
    { head: 'proxy example.org /etc/resolv.conf' },
  ],
  reverse: [
    {
      head: 'reverse 192.0.2.0/24',
      lines: ['hostname ip-{ip}.{zone[1]}', 'ttl 3600', 'wildcard', 'fallthrough'],
    },
  ],
  route53: [
    {
      head: 'route53 example.org.:Z1Z2Z3Z4DZ5Z6Z7 example.net:Z93A52145678156',
      lines: [
        'aws_access_key AWS_ID AWS_SECRET',
        'aws_endpoint http://127.0.0.1:1',
        'credentials default aws.ini',
        'credentials default',
        'upstream',
        'fallthrough example.org',
        'refresh 1m',
      ],
    },
  ],
  secondary: [
    {
      head: 'secondary example.org',
      needed: ['transfer from 192.0.2.1'],
      lines: [
        'transfer from 192.0.2.2:5353 2001:db8::2',
        'transfer to *',
        'upstream 192.0.2.1',
        'catalog',
        'catalog example.net',
        'fallthrough example.org',
      ],
    },
  ],
  template: [
    {
      head: 'template IN A example.org',
      lines: [
        'match "^ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)[.]example[.]org[.]$"',
        'answer "{{ .Name }} 60 IN A 10.0.{{ .Group.a }}.{{ .Group.b }}"',
        'additional "ns1.example.org. 60 IN A 192.0.2.1"',
        'authority "example.org. 60 IN NS ns1.example.org."',
        'rcode NXDOMAIN',
        'ederror 21 "Blocked according to policy"',
        'fallthrough example.org',
        'upstream 192.0.2.1',
        'var ttl 60',
        'expr name() != "x"',
      ],
    },
    { head: 'template ANY ANY', lines: ['rcode NXDOMAIN', 'match .*'] },
    { head: 'template IN AAAA .', lines: ['rcode NOERROR', 'authority ". 60 IN SOA ns hostmaster 1 60 60 60 60"'] },
  ],
  whoami: [{ head: 'whoami' }],
}
