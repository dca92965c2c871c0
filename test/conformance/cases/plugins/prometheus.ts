import type { Case } from '../../case.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = [
  ...inServerBlock('prometheus', {
    bare: 'prometheus',
    port: 'prometheus :9153',
    address: 'prometheus 0.0.0.0:9153',
    'port-alone': 'prometheus 9153',
    'address-alone': 'prometheus 0.0.0.0',
    'two-words': 'prometheus :9153 x',
    twice: 'prometheus :9153\nprometheus :9154',
    'empty-block': 'prometheus {\n}',
    'glued-braces': 'prometheus {}',
  }),
  ...inPluginBlock('prometheus', 'prometheus :9153', {
    'runtime-metrics': 'runtime_metrics',
    'runtime-metrics-word': 'runtime_metrics on',
    'runtime-metrics-twice': 'runtime_metrics\nruntime_metrics',
    tls: 'tls web.yml',
    'tls-nothing': 'tls',
    'tls-two': 'tls cert.pem key.pem',
    'tls-twice': 'tls web.yml\ntls web.yml',
    'unknown-property': 'bogus',
  }),
]
