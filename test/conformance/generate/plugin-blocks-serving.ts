import type { PluginBlock } from './plugin-block.ts'

const tlsBeside = ['tls cert.pem key.pem']

/** Plugins for the server itself: where it listens, what it logs and measures, how it is watched. */
export const servingBlocks: Readonly<Record<string, readonly PluginBlock[]>> = {
  bind: [
    { head: 'bind 127.0.0.1 ::1' },
    { head: 'bind lo', lines: ['except 127.0.0.2', 'except ::1'] },
    { head: 'bind 192.0.2.1' },
  ],
  debug: [{ head: 'debug' }],
  dnstap: [
    { head: 'dnstap /tmp/dnstap.sock full' },
    { head: 'dnstap tcp://127.0.0.1:6000' },
    {
      head: 'dnstap tls://127.0.0.1:6000 full 2 4',
      lines: ['identity dns1', 'version 1.0', 'skipverify', 'extra some=thing', 'tls cert.pem key.pem'],
    },
    { head: 'dnstap listen tcp://127.0.0.1:6001 full', lines: ['tls cert.pem key.pem cert.pem', 'identity dns1'] },
  ],
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
  geoip: [{ head: 'geoip nofile.mmdb', lines: ['edns-subnet'] }],
  grpc_server: [
    { head: 'grpc_server', keys: 'grpc://.', beside: tlsBeside, lines: ['max_streams 256', 'max_connections 200'] },
  ],
  health: [{ head: 'health' }, { head: 'health :8091', lines: ['lameduck 5s'] }, { head: 'health 127.0.0.1:8080' }],
  https: [{ head: 'https', keys: 'https://.', beside: tlsBeside, lines: ['max_connections 200', 'max_streams 100'] }],
  https3: [
    { head: 'https3', keys: 'https3://.', beside: tlsBeside, lines: ['max_connections 200', 'max_streams 100'] },
  ],
  log: [
    { head: 'log' },
    { head: 'log . "{remote} {name} {rcode}"' },
    { head: 'log example.org example.net {combined}', lines: ['class denial error'] },
    { head: 'log', lines: ['class all', 'class success'] },
  ],
  loop: [{ head: 'loop' }],
  metadata: [{ head: 'metadata' }, { head: 'metadata example.org' }],
  multisocket: [{ head: 'multisocket' }, { head: 'multisocket 4' }],
  on: [{ head: 'on startup echo started' }, { head: 'on shutdown true' }],
  pprof: [{ head: 'pprof' }, { head: 'pprof 127.0.0.1:6054', lines: ['block 2', 'block'] }],
  prometheus: [
    { head: 'prometheus' },
    { head: 'prometheus :9153' },
    { head: 'prometheus 127.0.0.1:9253', lines: ['runtime_metrics', 'tls web.yml'] },
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
  root: [{ head: 'root zones' }],
  shed: [{ head: 'shed' }],
  shutdown: [{ head: 'shutdown true' }],
  startup: [{ head: 'startup echo started' }],
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
}
