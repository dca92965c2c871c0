import type { Case } from '../../case.ts'

const route53 = (id: string, block: string, files?: Case['files']): Case => ({
  id: `route53-${id}`,
  text: `. {\n  route53 ${block}\n}\n`,
  ...(files === undefined ? {} : { files }),
})
/** Without zones nothing asks AWS, so that the rest is seen. */
const property = (id: string, line: string, files?: Case['files']) => route53(id, `{\n    ${line}\n  }`, files)
const profile = { file: '[default]\naws_access_key_id = a\naws_secret_access_key = b\n' }

export const cases: readonly Case[] = [
  route53('alone', ''),
  route53('zone', 'example.org.:Z1'),
  route53('zone-without-dot', 'example.org:Z1'),
  route53('zone-without-id', 'example.org.'),
  route53('zone-empty-id', 'example.org.:'),
  route53('zone-empty', ':Z1'),
  route53('id-with-colon', 'example.org.:Z1:Z2'),
  route53('zone-twice', 'example.org.:Z1 example.org.:Z1'),
  route53('zone-with-two-ids', 'example.org.:Z1 example.org.:Z2'),
  route53('zone-twice-by-case', 'example.org.:Z1 EXAMPLE.org.:Z1'),
  route53('twice', '\n  route53'),
  route53('empty-block', '{\n  }'),
  route53('glued-block', '{}'),
  route53('one-line-block', '{ refresh 30s }'),
  route53('block-on-next-line', '\n  {\n    refresh 30s\n  }'),
  property('key', 'aws_access_key ID SECRET'),
  property('key-half', 'aws_access_key ID'),
  property('key-surplus', 'aws_access_key ID SECRET more'),
  property('endpoint', 'aws_endpoint http://localhost'),
  property('endpoint-alone', 'aws_endpoint'),
  property('endpoint-surplus', 'aws_endpoint a b'),
  property('endpoint-surplus-is-a-property', 'aws_endpoint a fallthrough'),
  property('upstream', 'upstream 10.0.0.1'),
  property('upstream-alone', 'upstream'),
  property('upstream-word', 'upstream word'),
  property('credentials-alone', 'credentials'),
  property('credentials-file', 'credentials default file', profile),
  property('credentials-file-missing', 'credentials default nofile'),
  property('credentials-surplus', 'credentials default file more', profile),
  route53('zone-credentials-file', 'example.org.:Z1 {\n    credentials default file\n  }', profile),
  route53('zone-credentials-file-missing', 'example.org.:Z1 {\n    credentials default nofile\n  }'),
  route53(
    'zone-key-and-file-missing',
    'example.org.:Z1 {\n    aws_access_key a b\n    credentials default nofile\n  }',
  ),
  property('fallthrough', 'fallthrough'),
  property('fallthrough-zones', 'fallthrough example.org in-addr.arpa'),
  property('refresh', 'refresh 30s'),
  property('refresh-seconds', 'refresh 30'),
  property('refresh-zero', 'refresh 0'),
  property('refresh-negative', 'refresh -1s'),
  property('refresh-word', 'refresh often'),
  property('refresh-alone', 'refresh'),
  property('refresh-surplus', 'refresh 30s 60s'),
  property('unknown-property', 'region us-east-1'),
]
