import type { Case } from '../../case.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = [
  ...inServerBlock('bind', {
    bare: 'bind',
    address: 'bind 127.0.0.1',
    'two-addresses': 'bind 127.0.0.1 ::1',
    'two-lines': 'bind 127.0.0.1\nbind ::1',
    'with-port': 'bind 127.0.0.1:53',
    'ipv6-brackets': 'bind [::1]',
    'octet-256': 'bind 10.0.0.256',
    network: 'bind 10.0.0.0/8',
    loopback: 'bind lo',
    'address-and-interface': 'bind 192.0.2.1 lo',
    'interface-with-space': 'bind "my interface"',
    'interface-too-long': 'bind averyverylongname',
    'interface-zone': 'bind fe80::1%lo',
    star: 'bind *',
    empty: 'bind ""',
    'empty-block': 'bind 127.0.0.1 {\n}',
    'block-alone': 'bind {\n  except 127.0.0.1\n}',
    'glued-braces': 'bind 127.0.0.1 {}',
  }),
  ...inPluginBlock('bind', 'bind 127.0.0.1 127.0.0.2', {
    except: 'except 127.0.0.1',
    'except-two': 'except 127.0.0.1 ::1',
    'except-interface': 'except lo',
    'except-nothing': 'except',
    'except-wrong': 'except 127.0.0.1:53',
    'except-twice': 'except 127.0.0.1\nexcept 127.0.0.2',
    'unknown-property': 'bogus',
  }),
]
