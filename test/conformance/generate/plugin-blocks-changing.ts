import type { PluginBlock } from './plugin-block.ts'

/** Plugins that let a query in or not, and change what is asked or answered. */
export const changingBlocks: Readonly<Record<string, readonly PluginBlock[]>> = {
  acl: [
    {
      head: 'acl example.org',
      lines: ['allow type ANY net 192.168.0.0/16', 'block type A AAAA net *', 'filter net 10.0.0.0/8 fd00::/8', 'drop'],
    },
    { head: 'acl', lines: ['block type ANY', 'allow net 127.0.0.1', 'filter type HTTPS SVCB'] },
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
  header: [
    { head: 'header', lines: ['query set rd', 'query clear rd', 'response set aa ra', 'response clear ra'] },
    { head: 'header', lines: ['set ra aa', 'clear rd'] },
  ],
  loadbalance: [
    { head: 'loadbalance' },
    { head: 'loadbalance round_robin', lines: ['prefer 192.0.2.0/24 2001:db8::/32'] },
    { head: 'loadbalance weighted weights.txt', lines: ['reload 30s'] },
  ],
  minimal: [{ head: 'minimal' }],
  nsid: [{ head: 'nsid' }, { head: 'nsid Use The Force' }],
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
}
