import type { PluginModel } from '../model.ts'

/** A plugin that looks on, counts or limits, and changes nothing of what a client gets: errors, log, prometheus, ... */
export const transparent: PluginModel = {
  lenient: true,
  prepare: () => [{ serve: (_request, turn) => turn.next() }],
}

/** plugin/view/view.go: it has chosen the block, and then only passes on. */
export const view: PluginModel = {
  ...transparent,
  mention(occurrences, vocabulary) {
    for (const { args } of occurrences.flatMap((occurrence) => occurrence.properties('expr'))) {
      const text = args.map(({ value }) => value).join(' ')
      if (text.includes('name()')) vocabulary.pattern(text)
    }
  },
}
