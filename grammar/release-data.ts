/**
 * The history of CoreDNS as data: its releases, the order in which their plugins run, and what kubeadm installs.
 *
 * Everything starts from this file, so it is short text that `releases.ts` takes apart when somebody asks.
 */

/**
 * Every release from 1.0.0, oldest first, as `release date` (date of the tag, `YYYY-MM-DD`). Numbers that were never released (1.11.2,
 * say) are absent.
 */
export const RELEASE_DATES = `
1.0.0 2017-12-01
1.0.1 2017-12-11
1.0.2 2017-12-31
1.0.3 2018-01-10
1.0.4 2018-01-18
1.0.5 2018-01-25
1.0.6 2018-02-22
1.1.0 2018-03-13
1.1.1 2018-03-25
1.1.2 2018-04-23
1.1.3 2018-05-24
1.1.4 2018-06-19
1.2.0 2018-07-11
1.2.1 2018-08-27
1.2.2 2018-08-29
1.2.3 2018-10-16
1.2.4 2018-10-17
1.2.5 2018-10-24
1.2.6 2018-11-04
1.3.0 2018-12-15
1.3.1 2019-01-13
1.4.0 2019-03-03
1.5.0 2019-04-06
1.5.1 2019-06-26
1.5.2 2019-07-03
1.6.0 2019-07-28
1.6.1 2019-08-01
1.6.2 2019-08-14
1.6.3 2019-08-31
1.6.4 2019-09-27
1.6.5 2019-11-05
1.6.6 2019-12-11
1.6.7 2020-01-28
1.6.8 2020-03-24
1.6.9 2020-03-24
1.7.0 2020-06-16
1.7.1 2020-09-21
1.8.0 2020-10-22
1.8.1 2021-01-20
1.8.2 2021-02-24
1.8.3 2021-02-24
1.8.4 2021-05-28
1.8.5 2021-09-20
1.8.6 2021-10-06
1.8.7 2022-01-13
1.9.0 2022-02-09
1.9.1 2022-03-11
1.9.2 2022-05-10
1.9.3 2022-05-27
1.9.4 2022-09-08
1.10.0 2022-09-19
1.10.1 2023-02-06
1.11.0 2023-08-07
1.11.1 2023-08-15
1.11.3 2024-04-26
1.11.4 2024-11-12
1.12.0 2024-11-21
1.12.1 2025-03-31
1.12.2 2025-06-05
1.12.3 2025-08-05
1.12.4 2025-09-08
1.13.0 2025-09-30
1.13.1 2025-10-08
1.13.2 2025-12-09
1.14.0 2026-01-06
1.14.1 2026-01-16
1.14.2 2026-03-06
1.14.3 2026-04-22
1.14.4 2026-06-09
1.14.5 2026-07-09
1.14.6 2026-07-09
1.14.7 2026-08-18
1.15.0 2026-10-21
`

/** The plugins of 1.0.0 in the order in which a server block runs them. Source: core/dnsserver/zdirectives.go `Directives`. */
export const FIRST_ORDER =
  'tls root bind debug trace health pprof prometheus errors log dnstap chaos cache rewrite loadbalance dnssec autopath ' +
  'reverse hosts federation kubernetes file auto secondary etcd proxy erratic whoami startup shutdown'

/**
 * What each release changed in that order, as the programs were built (core/dnsserver/zdirectives.go; at 1.14.2 plugin.cfg says
 * otherwise and has no effect on the official program). In order of writing: `-a` takes a away, `a>b` puts a, new or moved, right after
 * b, and `a>^` puts it first.
 */
export const ORDER_CHANGES: readonly (readonly [release: string, changes: string])[] = [
  ['1.0.1', 'nsid>tls'],
  ['1.0.3', 'template>reverse'],
  ['1.0.5', 'loadbalance>chaos route53>hosts on>whoami'],
  ['1.0.6', 'forward>etcd'],
  ['1.1.0', 'reload>tls'],
  ['1.1.1', '-startup -shutdown'],
  ['1.2.0', '-reverse metadata>^'],
  ['1.2.1', 'loop>etcd'],
  ['1.3.0', 'k8s_external>federation'],
  ['1.5.0', '-proxy cancel>metadata ready>trace grpc>forward'],
  ['1.5.1', 'any>dnstap'],
  ['1.6.2', 'azure>route53'],
  ['1.6.3', 'clouddns>azure sign>on'],
  ['1.6.4', 'acl>dnstap'],
  ['1.6.5', 'transfer>template'],
  ['1.6.6', 'bufsize>nsid'],
  ['1.7.0', '-federation dns64>dnstap'],
  ['1.8.1', 'local>dnstap'],
  ['1.8.4', 'minimal>autopath'],
  ['1.8.5', 'geoip>metadata header>rewrite'],
  ['1.9.4', 'tsig>loadbalance'],
  ['1.10.0', 'view>sign'],
  ['1.10.1', 'timeouts>tls'],
  ['1.11.3', 'root>^'],
  ['1.12.0', 'multisocket>timeouts'],
  ['1.12.2', 'quic>tls'],
  ['1.13.0', 'nomad>view'],
  ['1.14.0', 'grpc_server>quic https>grpc_server https3>https'],
  ['1.14.2', 'proxyproto>tls'],
  ['1.14.3', 'acl>rewrite'],
  ['1.14.7', 'shed>pprof autopath>rewrite cache>acl tls>dnssec'],
  ['1.15.0', 'siit>dns64 dynupdate>transfer'],
]

/**
 * The CoreDNS that kubeadm installs, by minor release of Kubernetes, as `kubernetes coredns`, with `unverified` where only third parties
 * say so. Source: up to 1.32 the table kubernetes/CoreDNS-k8s_version.md of coredns/deployment, later `CoreDNSVersion` in
 * cmd/kubeadm/app/constants/constants.go.
 */
export const KUBEADM_COREDNS = `
1.9 1.0.1
1.10 1.0.6
1.11 1.1.3
1.12 1.2.2
1.13 1.2.6
1.14 1.3.1
1.15 1.3.1
1.16 1.6.2
1.17 1.6.5
1.18 1.6.7
1.19 1.7.0
1.20 1.7.0
1.21 1.8.0
1.22 1.8.4
1.23 1.8.6
1.24 1.8.6
1.25 1.9.3
1.26 1.9.3
1.27 1.10.1
1.28 1.10.1
1.29 1.11.1
1.30 1.11.1
1.31 1.11.3
1.32 1.11.3
1.33 1.12.0
1.34 1.12.1
1.35 1.13.1
1.36 1.14.2 unverified
`
