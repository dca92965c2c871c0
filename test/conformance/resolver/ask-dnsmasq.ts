import { startDnsmasq } from '../live/dnsmasq.ts'
import { within } from '../live/program.ts'
import { askQuestions } from './ask-coredns.ts'
import { type Configuration, fillIn, type Mode, UPSTREAMS } from './configuration.ts'

/** Asks a dnsmasq, that of this machine without a program, every question of the configurations, each of which runs in a process of its own. */
export async function askDnsmasq(
  configurations: readonly Configuration[],
  mode: Mode,
  refused: (configuration: Configuration, output: string) => void,
  program?: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const replies = new Map<string, readonly string[]>()
  const places = {
    port: '@port@',
    files: '@folder@',
    api: '',
    upstream: (upstream: number) => `127.0.0.1#@upstreamport${upstream}@`,
  }
  for (const configuration of configurations) {
    const options = fillIn(configuration.text, places).trimEnd().split('\n')
    const upstreams = Array.from({ length: UPSTREAMS }, () => mode)
    const live = await startDnsmasq({
      options,
      files: configuration.files,
      upstreams,
      ...(program === undefined ? {} : { program }),
    })
    try {
      const ended = await within(live.ended, 1)
      if (ended === null) replies.set(configuration.id, await askQuestions(live, configuration, live.port))
      else refused(configuration, ended.output)
    } finally {
      await live.stop()
    }
  }
  return replies
}
