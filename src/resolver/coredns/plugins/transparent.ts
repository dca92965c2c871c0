import { fqdn, isSubdomain } from '../../../values/name.ts'
import { samplesOf } from '../../pattern-samples.ts'
import type { PluginModel } from '../model.ts'

/** A plugin that looks on, counts or limits, and changes nothing of what a client gets: errors, log, prometheus, ... */
export const transparent: PluginModel = {
  lenient: true,
  prepare: () => [{ serve: (_request, turn) => turn.next() }],
}

/** Names that the texts of an expression may be about: names, their ends, or expressions that match some. */
function namesIn(expression: string, zones: readonly string[]): string[] {
  const texts = [...expression.matchAll(/'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`([^`]*)`/g)]
  return texts.flatMap(([, single, double, raw]) => {
    const text = raw ?? (single ?? double ?? '').replace(/\\(.)/g, '$1')
    const ends = [`${text}zz`, `zz${text}`].map((name) => fqdn(name))
    return [...new Set([...samplesOf(text, zones), fqdn(text), ...ends])].filter(
      (name) => isName(name) && zones.some((zone) => isSubdomain(zone, name)),
    )
  })
}

function isName(name: string): boolean {
  return /^(?:[\w*-]{1,63}\.)+$/.test(name) && name.length <= 254
}

/** plugin/view/view.go: it has chosen the block, and then only passes on. */
export const view: PluginModel = {
  ...transparent,
  mention(occurrences, vocabulary, { block }) {
    for (const occurrence of occurrences) {
      for (const { args } of occurrence.properties('expr')) {
        const text = args.map(({ value }) => value).join(' ')
        if (text.includes('name()')) vocabulary.pattern(text, occurrence, block.zones, namesIn(text, block.zones))
      }
    }
  },
}
