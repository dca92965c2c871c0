import type { Configuration } from '../expand/configuration.ts'
import type { Verdict } from '../verdict/reason.ts'
import type { ServersView } from '../verdict/servers-view.ts'
import type { Finding, Rule } from './rule.ts'
import type { TargetOptions } from './run.ts'
import type { CorefileUnit } from './workspace.ts'

/** A text as one release reads it, and what rules found in it. */
export interface Reading {
  readonly configuration: Configuration
  readonly verdict: Verdict
  readonly servers: ServersView
  /** The findings of the rules that looked at nothing else; null where the reading is of one Corefile alone. */
  readonly findings: Map<Rule, readonly Finding[]> | null
}

/**
 * Remembers what was read in texts that several Corefiles of a run have, as the clusters of a fleet do: they are read and looked at once.
 * A text is forgotten with the last Corefile that has it.
 */
export class Repeats {
  readonly #left = new Map<string, number>()
  readonly #readings = new Map<string, Map<string, Reading>>()
  readonly #keys = new WeakMap<TargetOptions, string>()
  readonly #plugins = new Map<object, number>()

  constructor(units: readonly CorefileUnit[]) {
    for (const { text } of units) this.#left.set(text, (this.#left.get(text) ?? 0) + 1)
  }

  /** The reading of a Corefile for a release, the one of an equal text where nothing but the text counted for it. */
  of(unit: CorefileUnit, release: string, options: TargetOptions, read: () => Omit<Reading, 'findings'>): Reading {
    const readings = this.#readings.get(unit.text)
    const isRepeated = (this.#left.get(unit.text) ?? 0) > 1
    if (readings === undefined && !isRepeated) return { ...read(), findings: null }
    const key = `${unit.kind === 'fragment'}\n${release}\n${this.#keyOf(options)}`
    const known = readings?.get(key)
    if (known !== undefined) return known
    const own = read()
    if (!isRepeated || !isItself(own.configuration)) return { ...own, findings: null }
    const reading = { ...own, findings: new Map() }
    if (readings === undefined) this.#readings.set(unit.text, new Map([[key, reading]]))
    else readings.set(key, reading)
    return reading
  }

  /** Says that a Corefile is done with. */
  leave({ text }: CorefileUnit): void {
    const left = (this.#left.get(text) ?? 0) - 1
    this.#left.set(text, left)
    if (left <= 0) this.#readings.delete(text)
  }

  #keyOf(options: TargetOptions): string {
    let key = this.#keys.get(options)
    if (key === undefined) {
      const { build, isBuildChosen, settings, severities, pedantic, externalPlugins } = options
      key = JSON.stringify([build, isBuildChosen, settings, severities, pedantic, this.#numberOf(externalPlugins)])
      this.#keys.set(options, key)
    }
    return key
  }

  #numberOf(plugins: object | undefined): number {
    if (plugins === undefined) return -1
    const number = this.#plugins.get(plugins) ?? this.#plugins.size
    this.#plugins.set(plugins, number)
    return number
  }
}

/** Whether a configuration is its text and nothing else: files are others for each Corefile. */
function isItself({ imports }: Configuration): boolean {
  return imports.every(({ from }) => from === 'snippet')
}
