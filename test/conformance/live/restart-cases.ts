/** A server that is given another text while it runs. `@port:a@` and `@port:b@` are free ports. */
export interface ReloadCase {
  readonly id: string
  readonly old: string
  readonly later: string
  /** What is asked before and behind it: a URL, or `NAME TYPE @port:x@` for DNS. */
  readonly asks: readonly string[]
}

const LIST = (address: string) => `    hosts {\n        ${address} a.example\n    }\n`

function text(address: string, more: readonly string[], key = '.:@port@', reload = '    reload 2s 1s\n'): string {
  return `${key} {\n    errors\n${reload}${LIST(address)}${more.map((line) => `    ${line}\n`).join('')}}\n`
}

const PATHS = { health: '/health', prometheus: '/metrics', ready: '/ready', pprof: '/debug/pprof/' } as const

/** What people change, one thing a case; the address of `a.example` tells which text the server has taken over. */
export const reloadCases: readonly ReloadCase[] = [
  ...Object.entries(PATHS).flatMap(([plugin, path]) => {
    const [at, url] = [
      (name: string) => `127.0.0.1:@port:${name}@`,
      (name: string) => `http://127.0.0.1:@port:${name}@${path}`,
    ]
    const asks = ['a.example A @port@', url('a'), url('b')]
    const own = (name: string) => [`${plugin} ${at(name)}`]
    return [
      { id: `${plugin} moves`, old: text('10.0.0.1', own('a')), later: text('10.0.0.2', own('b')), asks },
      { id: `${plugin} stays`, old: text('10.0.0.1', own('a')), later: text('10.0.0.2', own('a')), asks },
      { id: `${plugin} comes`, old: text('10.0.0.1', []), later: text('10.0.0.2', own('b')), asks },
      { id: `${plugin} goes`, old: text('10.0.0.1', own('a')), later: text('10.0.0.2', []), asks },
    ]
  }),
  {
    id: 'a block moves to another port',
    old: text('10.0.0.1', [], '.:@port:a@'),
    later: text('10.0.0.2', [], '.:@port:b@'),
    asks: ['a.example A @port:a@', 'a.example A @port:b@'],
  },
  {
    id: 'a block comes with a port of its own',
    old: text('10.0.0.1', []),
    later: `${text('10.0.0.2', [])}${text('10.0.0.3', [], '.:@port:b@', '')}`,
    asks: ['a.example A @port@', 'a.example A @port:b@'],
  },
  {
    id: 'no reload',
    old: text('10.0.0.1', [], '.:@port@', ''),
    later: text('10.0.0.2', []),
    asks: ['a.example A @port@'],
  },
  {
    id: 'reload goes',
    old: text('10.0.0.1', []),
    later: text('10.0.0.2', [], '.:@port@', ''),
    asks: ['a.example A @port@'],
  },
  {
    id: 'a text that is refused',
    old: text('10.0.0.1', []),
    later: text('10.0.0.2', ['nonsense']),
    asks: ['a.example A @port@'],
  },
  {
    id: 'a text that is refused as its plugins are set up',
    old: text('10.0.0.1', ['health 127.0.0.1:@port:a@']),
    later: text('10.0.0.2', ['health 127.0.0.1:@port:b@', 'forward .']),
    asks: ['a.example A @port@', 'http://127.0.0.1:@port:a@/health', 'http://127.0.0.1:@port:b@/health'],
  },
  ...Object.entries(PATHS).map(([plugin, path]) => {
    const at = (name: string) => `${plugin} 127.0.0.1:@port:${name}@`
    // The upstream listens there already; another plugin than the one that moves is to fail.
    const taken = plugin === 'health' ? 'ready 127.0.0.1:@upstreamport1@' : 'health 127.0.0.1:@upstreamport1@'
    return {
      id: `${plugin} moves, and another listener cannot be opened`,
      old: text('10.0.0.1', [at('a')]),
      later: text('10.0.0.2', [at('b'), taken]),
      asks: ['a.example A @port@', `http://127.0.0.1:@port:a@${path}`, `http://127.0.0.1:@port:b@${path}`],
    }
  }),
]
