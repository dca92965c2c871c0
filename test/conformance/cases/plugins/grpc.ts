import type { Case } from '../../case.ts'
import { certificateFiles } from '../../certificate.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

const targets = (count: number) => Array.from({ length: count }, (_, at) => `10.0.0.${at + 1}`).join(' ')

export const cases: readonly Case[] = [
  ...inServerBlock(
    'grpc',
    {
      bare: 'grpc',
      'from-alone': 'grpc .',
      'one-target': 'grpc . 127.0.0.1:9005',
      'no-port': 'grpc . 127.0.0.1',
      'ipv6-zone': 'grpc . fe80::1%eth0',
      scheme: 'grpc . grpc://127.0.0.1',
      'other-scheme': 'grpc . tls://127.0.0.1:853',
      unix: 'grpc . unix:///run/dns.sock',
      name: 'grpc . dns.example.org',
      file: 'grpc . resolv.conf',
      'fifteen-targets': `grpc . ${targets(15)}`,
      'sixteen-targets': `grpc . ${targets(16)}`,
      'from-two-dots': 'grpc a..b 127.0.0.1',
      twice: 'grpc a.example 127.0.0.1\ngrpc b.example 127.0.0.1',
    },
    { 'resolv.conf': 'nameserver 10.0.0.1\n' },
  ),
  ...inPluginBlock(
    'grpc',
    'grpc . 127.0.0.1:9005',
    {
      'unknown-property': 'force_tcp',
      except: 'except a.example b..c',
      'except-nothing': 'except',
      tls: 'tls',
      'tls-ca': 'tls cert.pem',
      'tls-cert-key-ca': 'tls cert.pem key.pem cert.pem',
      'tls-missing': 'tls missing.pem',
      'tls-four': 'tls cert.pem key.pem cert.pem cert.pem',
      'tls-servername': 'tls_servername dns.example',
      'tls-servername-nothing': 'tls_servername',
      'tls-servername-two': 'tls_servername dns.example x',
      policy: 'policy sequential',
      'policy-other': 'policy least_conn',
      fallthrough: 'fallthrough example.org',
    },
    certificateFiles,
  ),
]
