import type { Case } from '../../case.ts'

const clouddns = (id: string, block: string, files?: Case['files']): Case => ({
  id: `clouddns-${id}`,
  text: `. {\n  clouddns ${block}\n}\n`,
  ...(files === undefined ? {} : { files }),
})
const property = (id: string, line: string, files?: Case['files']) => clouddns(id, `{\n    ${line}\n  }`, files)
const user = JSON.stringify({ type: 'authorized_user', client_id: 'a', client_secret: 'b', refresh_token: 'c' })

export const cases: readonly Case[] = [
  clouddns('alone', ''),
  clouddns('zone', 'example.org.:project:zone'),
  clouddns('zone-two-parts', 'example.org.:project'),
  clouddns('zone-one-part', 'example.org.'),
  clouddns('zone-empty-project', 'example.org.::zone'),
  clouddns('zone-empty-name', 'example.org.:project:'),
  clouddns('zone-empty', ':project:zone'),
  clouddns('zone-more-colons', 'example.org.:project:zone:more'),
  clouddns('zone-twice', 'example.org.:project:zone example.org.:project:zone'),
  clouddns('zone-in-two-projects', 'example.org.:one:zone example.org.:two:zone'),
  clouddns('empty-block', '{\n  }'),
  clouddns('glued-block', '{}'),
  property('credentials', 'credentials file', { file: user }),
  property('credentials-missing', 'credentials nofile'),
  property('credentials-alone', 'credentials'),
  property('credentials-surplus', 'credentials file more', { file: user }),
  property('credentials-surplus-is-a-property', 'credentials file fallthrough', { file: user }),
  property('upstream', 'upstream 10.0.0.1'),
  property('upstream-alone', 'upstream'),
  property('fallthrough', 'fallthrough example.org'),
  property('endpoint', 'endpoint http://localhost:1/'),
  property('endpoint-alone', 'endpoint'),
  property('refresh', 'refresh 30s'),
  property('refresh-seconds', 'refresh 30'),
  property('refresh-zero', 'refresh 0'),
  property('refresh-word', 'refresh often'),
  property('refresh-alone', 'refresh'),
  property('unknown-property', 'project a'),
]
