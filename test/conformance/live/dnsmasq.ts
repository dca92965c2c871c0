import { spawnSync } from 'node:child_process'
import { type Live, type LiveOptions, start } from './live.ts'
import { startProgram } from './program.ts'

/** The version of a dnsmasq, that of the machine (Debian: `dnsmasq-base`) without a name; null where there is none. */
export function dnsmasqVersion(program = 'dnsmasq'): string | null {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return /^Dnsmasq version (\S+)/m.exec(stdout ?? '')?.[1] ?? null
}

/**
 * Starts dnsmasq with options as people write them, with the placeholders of `LiveOptions`; an upstream is `127.0.0.1#@upstreamport1@`.
 * It reads no file of the machine. Always stop what was started. `program` is another dnsmasq than that of the machine.
 */
export async function startDnsmasq({
  options,
  program = 'dnsmasq',
  ...rest
}: LiveOptions & { readonly options: readonly string[]; readonly program?: string }): Promise<Live> {
  const files = { 'dnsmasq.conf': '', ...rest.files }
  return start({ ...rest, files }, (folder, port, fill) =>
    startProgram(
      program,
      [
        '--keep-in-foreground',
        '--log-facility=-',
        '--conf-file=dnsmasq.conf',
        '--pid-file=',
        '--user=',
        `--port=${port}`,
        '--listen-address=127.0.0.1',
        '--bind-interfaces',
        '--no-resolv',
        '--no-hosts',
        ...options.map(fill),
      ],
      { folder, ready: /^dnsmasq\[\d+\]: started/m },
    ),
  )
}
