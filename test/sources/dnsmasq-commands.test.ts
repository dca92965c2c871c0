import { describe, expect, it } from 'vitest'
import type { DnsmasqConfiguration } from '../../src/sources/dnsmasq.ts'
import { recognise, type SourceFile } from '../../src/sources/recognise.ts'

async function dnsmasqOf(...files: readonly SourceFile[]): Promise<DnsmasqConfiguration[]> {
  const { sources } = await recognise(files)
  return sources.filter((source) => source.kind === 'dnsmasq')
}

/** The options of each dnsmasq as they are written. */
async function written(path: string, text: string): Promise<string[][]> {
  const all = await dnsmasqOf({ path, text })
  return all.map(({ options }) =>
    options.map((option) => {
      // What is shown is what stands there.
      const { start, end } = option.range
      return text.slice(start, end)
    }),
  )
}

describe('command lines of dnsmasq', () => {
  it.each([
    ['dnsmasq -k --server=192.0.2.53', ['-k', '--server=192.0.2.53']],
    ['exec /usr/sbin/dnsmasq -k', ['-k']],
    ['sudo dnsmasq -k', ['-k']],
    ['sudo -u nobody -E dnsmasq -k', ['-k']],
    ['sudo -- dnsmasq -k', ['-k']],
    ['env -u HOME LANG=C dnsmasq -k', ['-k']],
    ['LANG=C nohup dnsmasq -k &', ['-k']],
    ['nice -n 5 ionice -c 3 dnsmasq -k', ['-k']],
    ['timeout -k 5 60 dnsmasq -k', ['-k']],
    ['exec su-exec dnsmasq dnsmasq -k', ['-k']],
    ['/sbin/tini -- dnsmasq -k', ['-k']],
    ['if true; then dnsmasq -k; fi', ['-k']],
    ['true && dnsmasq -k || exit 1', ['-k']],
    ['dnsmasq \\\n  -k \\\n  --no-resolv', ['-k', '--no-resolv']],
    ['dnsmasq \\\r\n  -k\r\n', ['-k']],
    ['$ dnsmasq -k', ['-k']],
    ['dnsmasq args: -k', ['-k']],
    ['dnsmasq-nanny -v=2 -restartDnsmasq=true -- -k --no-resolv', ['-k', '--no-resolv']],
    ['start-stop-daemon --start --exec /usr/sbin/dnsmasq -- -k', ['-k']],
    ['docker run -d --name dnsmasq -p 53:53/udp andyshinn/dnsmasq:2.78 -k -S 192.0.2.53', ['-k', '-S 192.0.2.53']],
    ['docker run --rm alpine-dnsmasq dnsmasq -k', ['-k']],
    ['command=/usr/sbin/dnsmasq -k', ['-k']],
    ['--no-resolv\n--server=192.0.2.53', ['--no-resolv', '--server=192.0.2.53']],
  ])('%s', async (text, options) => {
    expect(await written('start.sh', text)).toEqual([options])
  })

  it.each([
    'apt-get install -y dnsmasq',
    'systemctl restart dnsmasq',
    'service dnsmasq restart',
    '/etc/init.d/dnsmasq start -x',
    'dnsmasq --test -k',
    'dnsmasq --version',
    'dnsmasq is a forwarder with a cache',
    'pkill dnsmasq',
    'docker run --name dnsmasq alpine sleep 1',
    'docker pull andyshinn/dnsmasq:2.78',
    'echo dnsmasq -k',
    '# dnsmasq -k',
    'apk add \\\n  dnsmasq \\\n  curl',
  ])('are no command that starts nothing: %s', async (text) => {
    expect(await written('start.sh', text)).toEqual([])
  })

  it('are all that a script holds, whatever its braces look like', async () => {
    const text = 'start() {\n  dnsmasq -k\n}\n'
    expect(await written('start.sh', text)).toEqual([['-k']])
    const { sources } = await recognise([{ path: 'other.sh', text: 'stop() {\n  kill 1\n}\n' }])
    expect(sources).toEqual([])
  })

  it('are as many servers as there are commands', async () => {
    const text = 'dnsmasq --test\ndnsmasq -k --port=53 &\nsudo dnsmasq -k -p 5353\n'
    const all = await dnsmasqOf({ path: 'start.sh', text })
    expect(all.map(({ name, range }) => [name, text.slice(range.start, range.end)])).toEqual([
      ['start.sh (1)', 'dnsmasq -k --port=53'],
      ['start.sh (2)', 'sudo dnsmasq -k -p 5353'],
    ])
  })

  it('take the files they name along, each its own', async () => {
    const script = { path: 'node/start.sh', text: 'dnsmasq -C /etc/one.conf &\ndnsmasq -C /etc/two.conf\n' }
    const one = { path: 'node/etc/one.conf', text: 'server=192.0.2.1\n' }
    const two = { path: 'node/etc/two.conf', text: 'server=192.0.2.2\n' }
    const all = await dnsmasqOf(script, one, two)
    expect(all.map(({ options }) => options.map(({ argument }) => argument?.value))).toEqual([
      ['/etc/one.conf', '192.0.2.1'],
      ['/etc/two.conf', '192.0.2.2'],
    ])
  })

  it('of a systemd unit are those of ExecStart', async () => {
    const text = `[Unit]
Description=dnsmasq - a forwarder
[Service]
ExecStartPre=/usr/sbin/dnsmasq --test -k
ExecStart=-/usr/sbin/dnsmasq -k \\
  --no-resolv
ExecReload=/bin/kill -HUP $MAINPID
`
    expect(await written('dnsmasq.service', text)).toEqual([['-k', '--no-resolv']])
  })

  it('of a Dockerfile are ENTRYPOINT with CMD behind it, in the last stage', async () => {
    const text = `FROM golang AS build
CMD ["dnsmasq", "-q"]
FROM alpine:3.18
RUN apk add dnsmasq
ENTRYPOINT ["/usr/sbin/dnsmasq", "-k"]
CMD ["--no-resolv", \\
     "--txt-record=a.test,\\"x\\u0041\\""]
`
    const [dnsmasq] = await dnsmasqOf({ path: 'Dockerfile', text })
    expect(dnsmasq?.options.map((option) => [option.name, option.argument?.value])).toEqual([
      ['keep-in-foreground', undefined],
      ['no-resolv', undefined],
      ['txt-record', 'a.test,"xA"'],
    ])
  })

  it('of a Dockerfile in the form of a shell take no CMD, and know ENV', async () => {
    const text = 'FROM alpine\nENV UP=192.0.2.9 X="1 2"\nENTRYPOINT exec dnsmasq -S $UP\nCMD ["-k"]\n'
    const [dnsmasq] = await dnsmasqOf({ path: 'Dockerfile', text })
    expect(dnsmasq?.options.map(({ argument }) => argument?.value)).toEqual(['192.0.2.9'])
  })

  it('of a Compose file are those of its services, with the files they mount', async () => {
    const text = `services:
  web:
    image: nginx
    command: nginx -g daemon
  dns:
    image: 4km3/dnsmasq:2.85-r2
    volumes:
      - ./conf/corp.conf:/etc/dnsmasq.conf:ro
    command: ["-k", "--no-resolv"]
  other:
    image: alpine
    entrypoint: /usr/sbin/dnsmasq -k
    command: -S 192.0.2.53 '--txt-record=a.test,b c'
`
    const conf = { path: 'conf/corp.conf', text: 'server=/corp.test/10.0.0.1\n' }
    const all = await dnsmasqOf({ path: 'docker-compose.yml', text }, conf)
    expect(all.map(({ name, version }) => [name, version?.version])).toEqual([
      ['dns', '2.85'],
      ['other', undefined],
    ])
    expect(all.map(({ options }) => options.map((option) => option.argument?.value ?? option.name))).toEqual([
      ['keep-in-foreground', 'no-resolv', '/corp.test/10.0.0.1'],
      ['keep-in-foreground', '192.0.2.53', 'a.test,b c'],
    ])
  })
})
