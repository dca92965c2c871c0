/** A plugin as somebody would write it. */
export interface PluginBlock {
  /** The directive with its words. */
  readonly head: string
  /** Lines without which the head is refused. */
  readonly needed?: readonly string[]
  /** Further lines of the block, of any release. */
  readonly lines?: readonly string[]
  /** The addresses of the server block; `.` if not given. */
  readonly keys?: string
  /** What stands beside it in the server block. */
  readonly beside?: readonly string[]
}

const transfer = ['transfer to *', 'transfer to 192.0.2.2 192.0.2.3:5353']
const tlsBeside = ['tls cert.pem key.pem']

/** At least one way to write each plugin that was ever part of CoreDNS, with the properties of all releases. */
export const pluginBlocks: Readonly<Record<string, readonly PluginBlock[]>> = {
  acl: [
    {
      head: 'acl example.org',
      lines: ['allow type ANY net 192.168.0.0/16', 'block type A AAAA net *', 'filter net 10.0.0.0/8 fd00::/8', 'drop'],
    },
    { head: 'acl', lines: ['block type ANY', 'allow net 127.0.0.1', 'filter type HTTPS SVCB'] },
  ],
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
  bind: [
    { head: 'bind 127.0.0.1 ::1' },
    { head: 'bind lo', lines: ['except 127.0.0.2', 'except ::1'] },
    { head: 'bind 192.0.2.1' },
  ],
  bufsize: [{ head: 'bufsize' }, { head: 'bufsize 1232' }],
  cache: [
    { head: 'cache 30' },
    { head: 'cache 3600 example.org example.net' },
    { head: 'cache example.org' },
    {
      head: 'cache 300',
      lines: [
        'success 9984 3600 5',
        'denial 9984 30',
        'prefetch 10 1m 10%',
        'serve_stale 1h verify',
        'serve_stale 1h verify 500ms 30s 5s',
        'serve_stale_policy prefer_positive',
        'servfail 1m',
        'disable success example.org',
        'disable denial',
        'keepttl',
      ],
    },
  ],
  cancel: [{ head: 'cancel' }, { head: 'cancel 2s' }],
  chaos: [{ head: 'chaos' }, { head: 'chaos CoreDNS-001 admin@example.org "Somebody Else"' }],
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
  debug: [{ head: 'debug' }],
  dns64: [
    { head: 'dns64' },
    { head: 'dns64 64:ff9b::/96' },
    { head: 'dns64', lines: ['prefix 64:1337::/96', 'translate_all', 'allow_ipv4'] },
  ],
  dnssec: [
    { head: 'dnssec' },
    {
      head: 'dnssec example.org',
      keys: 'example.org',
      lines: ['key file Kexample.org.+013+02137', 'cache_capacity 20000'],
    },
    { head: 'dnssec', keys: 'example.org', lines: ['key aws_secretsmanager name'] },
  ],
  dnstap: [
    { head: 'dnstap /tmp/dnstap.sock full' },
    { head: 'dnstap tcp://127.0.0.1:6000' },
    {
      head: 'dnstap tls://127.0.0.1:6000 full 2 4',
      lines: ['identity dns1', 'version 1.0', 'skipverify', 'extra some=thing', 'tls cert.pem key.pem'],
    },
    { head: 'dnstap listen tcp://127.0.0.1:6001 full', lines: ['tls cert.pem key.pem cert.pem', 'identity dns1'] },
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
  errors: [
    { head: 'errors' },
    { head: 'errors stdout' },
    {
      head: 'errors',
      lines: [
        'consolidate 5m ".* i/o timeout$" warning',
        'consolidate 30s "^Failed to .+"',
        'consolidate 1m "^x" error show_first',
        'stacktrace',
      ],
    },
  ],
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
  geoip: [{ head: 'geoip nofile.mmdb', lines: ['edns-subnet'] }],
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
  grpc_server: [
    { head: 'grpc_server', keys: 'grpc://.', beside: tlsBeside, lines: ['max_streams 256', 'max_connections 200'] },
  ],
  header: [
    { head: 'header', lines: ['query set rd', 'query clear rd', 'response set aa ra', 'response clear ra'] },
    { head: 'header', lines: ['set ra aa', 'clear rd'] },
  ],
  health: [{ head: 'health' }, { head: 'health :8091', lines: ['lameduck 5s'] }, { head: 'health 127.0.0.1:8080' }],
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
  https: [{ head: 'https', keys: 'https://.', beside: tlsBeside, lines: ['max_connections 200', 'max_streams 100'] }],
  https3: [
    { head: 'https3', keys: 'https3://.', beside: tlsBeside, lines: ['max_connections 200', 'max_streams 100'] },
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
  loadbalance: [
    { head: 'loadbalance' },
    { head: 'loadbalance round_robin', lines: ['prefer 192.0.2.0/24 2001:db8::/32'] },
    { head: 'loadbalance weighted weights.txt', lines: ['reload 30s'] },
  ],
  local: [{ head: 'local' }, { head: 'local', lines: ['localhost_prefix off'] }],
  log: [
    { head: 'log' },
    { head: 'log . "{remote} {name} {rcode}"' },
    { head: 'log example.org example.net {combined}', lines: ['class denial error'] },
    { head: 'log', lines: ['class all', 'class success'] },
  ],
  loop: [{ head: 'loop' }],
  metadata: [{ head: 'metadata' }, { head: 'metadata example.org' }],
  minimal: [{ head: 'minimal' }],
  multisocket: [{ head: 'multisocket' }, { head: 'multisocket 4' }],
  nomad: [
    {
      head: 'nomad service.nomad',
      lines: ['address http://127.0.0.1:4646', 'token 0123-4567', 'ttl 30', 'filter Tags contains "dns"'],
    },
  ],
  nsid: [{ head: 'nsid' }, { head: 'nsid Use The Force' }],
  on: [{ head: 'on startup echo started' }, { head: 'on shutdown true' }],
  pprof: [{ head: 'pprof' }, { head: 'pprof 127.0.0.1:6054', lines: ['block 2', 'block'] }],
  prometheus: [
    { head: 'prometheus' },
    { head: 'prometheus :9153' },
    { head: 'prometheus 127.0.0.1:9253', lines: ['runtime_metrics', 'tls web.yml'] },
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
  proxyproto: [
    {
      head: 'proxyproto',
      lines: ['allow 192.0.2.0/24 2001:db8::/32', 'default reject', 'udp_session_tracking 30s 1000', 'tlv_metadata'],
    },
  ],
  quic: [
    {
      head: 'quic',
      keys: 'quic://.',
      beside: tlsBeside,
      lines: ['max_streams 256', 'worker_pool_size 1024', 'max_connections 100'],
    },
  ],
  ready: [{ head: 'ready' }, { head: 'ready :8181', lines: ['monitor continuously'] }],
  reload: [{ head: 'reload' }, { head: 'reload 10s' }, { head: 'reload 2m 30s' }],
  reverse: [
    {
      head: 'reverse 192.0.2.0/24',
      lines: ['hostname ip-{ip}.{zone[1]}', 'ttl 3600', 'wildcard', 'fallthrough'],
    },
  ],
  rewrite: [
    { head: 'rewrite name exact a.example.org b.example.org' },
    { head: 'rewrite name a.example.org b.example.org answer auto' },
    {
      head: 'rewrite stop',
      lines: [
        'name regex (.*)\\.example\\.org {1}.cluster.local',
        'answer name (.*)\\.cluster\\.local {1}.example.org',
      ],
    },
    { head: 'rewrite continue', lines: ['name suffix .example.org .cluster.local', 'answer auto'] },
    { head: 'rewrite name prefix a- b-' },
    { head: 'rewrite name substring old new answer auto' },
    { head: 'rewrite name regex (.*)-(us|eu)\\.example\\.org {1}.{2}.example.net answer name (.*)\\.net {1}.org' },
    { head: 'rewrite type ANY HINFO' },
    { head: 'rewrite class CH IN' },
    { head: 'rewrite edns0 local set 0xffee 0x61626364' },
    { head: 'rewrite edns0 local append 0xffee {client_ip}' },
    { head: 'rewrite edns0 local replace 0xffee hello' },
    { head: 'rewrite edns0 local unset 0xffee' },
    { head: 'rewrite edns0 nsid set' },
    { head: 'rewrite edns0 subnet set 24 56 revert' },
    { head: 'rewrite edns0 subnet append 24 56' },
    { head: 'rewrite ttl exact a.example.org 60' },
    { head: 'rewrite ttl regex .*\\.example\\.org 5-60' },
    { head: 'rewrite ttl suffix .example.org -300' },
    { head: 'rewrite cname exact a.example.org. b.example.org.' },
    { head: 'rewrite rcode regex .*\\.example\\.org SERVFAIL NOERROR' },
    { head: 'rewrite continue ttl substring example 30-' },
  ],
  root: [{ head: 'root zones' }],
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
  shed: [{ head: 'shed' }],
  shutdown: [{ head: 'shutdown true' }],
  sign: [
    {
      head: 'sign db.example.org example.org',
      needed: ['key file Kexample.org.+013+02137'],
      lines: ['directory zones', 'key directory .'],
    },
  ],
  siit: [
    { head: 'siit', lines: ['ipv6_prefix 64:ff9b::/96', 'eam 192.0.2.1 2001:db8::1', 'eam 192.0.2.2 2001:db8::2'] },
  ],
  startup: [{ head: 'startup echo started' }],
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
  timeouts: [{ head: 'timeouts', lines: ['read 5s', 'write 10s', 'idle 1h', 'maxtcpqueries 100'] }],
  tls: [
    { head: 'tls cert.pem key.pem', keys: 'tls://.', lines: ['client_auth request', 'keylog keys.log'] },
    { head: 'tls cert.pem key.pem cert.pem', keys: 'https://.', lines: ['client_auth require_and_verify'] },
    {
      head: 'tls',
      keys: 'tls://.',
      needed: ['acme dns.example.org'],
      lines: [
        'email admin@example.org',
        'ca https://127.0.0.1:1/directory',
        'storage acme',
        'ca_root cert.pem',
        'resolver 192.0.2.1:53',
      ],
    },
  ],
  trace: [
    {
      head: 'trace',
      lines: [
        'every 100',
        'service dns',
        'client_server',
        'client_server false',
        'datadog_analytics_rate 0.5',
        'zipkin_max_backlog_size 1000',
        'zipkin_max_batch_size 100',
        'zipkin_max_batch_interval 1s',
      ],
    },
    { head: 'trace zipkin 127.0.0.1:9411' },
    { head: 'trace datadog 127.0.0.1:8126' },
    { head: 'trace http://127.0.0.1:9411/api/v2/spans' },
  ],
  transfer: [
    {
      head: 'transfer example.org',
      keys: 'example.org',
      lines: ['to *', 'to 192.0.2.2 192.0.2.3:5353', 'source 192.0.2.7'],
      beside: ['file db.example.org'],
    },
  ],
  tsig: [
    {
      head: 'tsig example.org',
      lines: [
        'secret key.example.org. NoTCJU+DMqFWywaPyxSijrDEA/eC3nK0xi3AMEZuPVk=',
        'secrets tsig.conf',
        'require AXFR IXFR',
        'require all',
        'require none',
        'require_opcode UPDATE NOTIFY',
      ],
    },
  ],
  view: [
    {
      head: 'view lan',
      lines: [
        "expr incidr(client_ip(), '192.168.0.0/16')",
        'expr name() endsWith ".example.org."',
        "expr type() == 'A'",
      ],
    },
  ],
  whoami: [{ head: 'whoami' }],
}
