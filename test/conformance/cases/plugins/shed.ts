import type { Case } from '../../case.ts'

const shed = (id: string, block: string, key = '.'): Case => ({
  id: `shed-${id}`,
  text: `${key} {\n  shed ${block}\n  whoami\n}\n`,
})

export const cases: readonly Case[] = [
  shed('alone', ''),
  shed('argument', 'x'),
  shed('twice', '\n  shed'),
  shed('empty-block', '{\n  }'),
  shed('glued-block', '{}'),
  shed('property', '{\n    depth 1\n  }'),
  shed('dns', '', 'dns://example.org'),
  shed('grpc', '', 'grpc://example.org'),
  shed('tls', '', 'tls://example.org'),
  shed('second-key-is-tls', '', 'example.org tls://example.net'),
  shed('two-keys', '', 'example.org example.net'),
]
