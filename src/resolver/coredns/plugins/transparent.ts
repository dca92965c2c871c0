import type { PluginModel } from '../model.ts'

/** A plugin that looks on, counts or limits, and changes nothing of what a client gets: errors, log, prometheus, ... */
export const transparent: PluginModel = {
  lenient: true,
  prepare: () => [{ serve: (_request, turn) => turn.next() }],
}
