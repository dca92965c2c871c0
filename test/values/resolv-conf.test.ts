import { describe } from 'vitest'
import { nameServersOf } from '../../src/values/resolv-conf.ts'
import { agreesAtEveryRelease } from './recorded.ts'

describe('nameServersOf', () => {
  agreesAtEveryRelease('dns.ClientConfigFromReader', (_, text) => ({ value: nameServersOf(text) }))
})
