import type { Case } from '../../case.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

// The plugins of which one table each would be short.

const limits = (property: string) => ({
  [property]: `${property} 10`,
  [`${property}-zero`]: `${property} 0`,
  [`${property}-negative`]: `${property} -1`,
  [`${property}-word`]: `${property} many`,
  [`${property}-nothing`]: property,
  [`${property}-two`]: `${property} 1 2`,
  [`${property}-twice`]: `${property} 1\n${property} 2`,
  [`${property}-32-bits`]: `${property} 4294967295`,
  [`${property}-33-bits`]: `${property} 4294967296`,
  [`${property}-64-bits`]: `${property} 9223372036854775807`,
  [`${property}-65-bits`]: `${property} 9223372036854775808`,
})

const heads = (plugin: string) => ({
  bare: plugin,
  word: `${plugin} x`,
  twice: `${plugin}\n${plugin}`,
  'second-wrong': `${plugin}\n${plugin} x`,
  'empty-block': `${plugin} {\n}`,
  'glued-braces': `${plugin} {}`,
  'unknown-property': `${plugin} {\n  bogus\n}`,
})

export const cases: readonly Case[] = [
  ...inServerBlock('cancel', {
    ...heads('cancel'),
    timeout: 'cancel 2s',
    'timeout-zero': 'cancel 0s',
    'timeout-negative': 'cancel -1s',
    'timeout-number': 'cancel 2',
    'two-words': 'cancel 1s 2s',
    'block-duration': 'cancel {\n  bogus 1s\n}',
    'block-word': 'cancel {\n  bogus x\n}',
  }),
  ...inServerBlock('bufsize', {
    ...heads('bufsize'),
    size: 'bufsize 1232',
    '512': 'bufsize 512',
    '511': 'bufsize 511',
    '4096': 'bufsize 4096',
    '4097': 'bufsize 4097',
    'two-words': 'bufsize 512 1232',
    'second-wrong-size': 'bufsize 512\nbufsize 1',
  }),
  ...inServerBlock('debug', heads('debug')),
  ...inServerBlock('whoami', heads('whoami')),
  ...inServerBlock('timeouts', {
    ...heads('timeouts'),
    'one-line-block': 'timeouts { read 5s }',
    'second-empty': 'timeouts {\n  read 5s\n}\ntimeouts',
    'brace-on-next-line': 'timeouts\n{\n  read 5s\n}',
  }),
  ...inPluginBlock('timeouts', 'timeouts', {
    read: 'read 5s',
    'read-number': 'read 5',
    'read-1s': 'read 1s',
    'read-below-1s': 'read 999ms',
    'read-24h': 'read 24h',
    'read-over-24h': 'read 86401',
    'read-zero': 'read 0',
    'read-word': 'read never',
    'read-nothing': 'read',
    'read-two': 'read 5s 6s',
    'read-twice': 'read 5s\nread 6s',
    write: 'write 10s',
    idle: 'idle 1m',
    'unknown-with-value': 'bogus 5s',
    ...limits('maxtcpqueries'),
    'maxtcpqueries-below-unlimited': 'maxtcpqueries -2',
  }),
  ...inServerBlock('multisocket', {
    ...heads('multisocket'),
    number: 'multisocket 2',
    zero: 'multisocket 0',
    negative: 'multisocket -1',
    '1024': 'multisocket 1024',
    '1025': 'multisocket 1025',
    'two-words': 'multisocket 1 2',
  }),
  ...['quic', 'https', 'https3', 'grpc_server'].flatMap((plugin) => [
    ...inServerBlock(plugin, heads(plugin)),
    ...inPluginBlock(plugin, plugin, {
      ...limits('max_streams'),
      ...limits('max_connections'),
      ...(plugin === 'quic' ? limits('worker_pool_size') : {}),
    }),
  ]),
  ...inServerBlock('root', {
    ...heads('root'),
    path: 'root /tmp',
    'missing-path': 'root /tmp/missing',
    'two-words': 'root /tmp /etc',
    'two-lines': 'root /tmp\nroot /etc',
    empty: 'root ""',
  }),
  ...inServerBlock('pprof', {
    ...heads('pprof'),
    address: 'pprof localhost:6053',
    'port-alone': 'pprof 6053',
    'two-words': 'pprof :6053 x',
  }),
  ...inPluginBlock('pprof', 'pprof', {
    block: 'block',
    'block-rate': 'block 10',
    'block-negative': 'block -1',
    'block-word': 'block all',
    'block-two': 'block 1 2',
    'block-twice': 'block\nblock',
  }),
  ...inServerBlock('nsid', { ...heads('nsid'), words: 'nsid my server' }),
  ...inServerBlock('chaos', { ...heads('chaos'), authors: 'chaos CoreDNS-001 a@example b@example' }),
]
