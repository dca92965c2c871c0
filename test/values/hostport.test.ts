import { describe } from 'vitest'
import { joinHostPort, splitHostPort } from '../../src/values/hostport.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { agreesWithGo } from './recorded.ts'

describe('splitHostPort', () => {
  agreesWithGo('net.SplitHostPort', (text) => {
    const parts = splitHostPort(text)
    return isInvalid(parts) ? parts : { value: [parts.host, parts.port] }
  })
})

describe('joinHostPort', () => {
  agreesWithGo('net.JoinHostPort', (host, port) => ({ value: joinHostPort(host, port) }))
})
