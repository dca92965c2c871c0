import type { PluginGrammar } from './schema.ts'
import type { Quirks } from './setup.ts'

/** What is known of a plugin: its grammar, and the functions that the grammar's data refers to. */
export interface Plugin {
  readonly grammar: PluginGrammar
  readonly quirks: Quirks
}

/** What a plugin's file exports. */
export interface PluginModule {
  readonly default: PluginGrammar
  readonly quirks?: Quirks
}

/** A plugin whose file is looked at when somebody asks: a Corefile uses a dozen of them, and in the bundled program the others are never evaluated. */
export class LazyPlugin implements Plugin {
  readonly #load: () => PluginModule
  #module: PluginModule | undefined

  constructor(load: () => PluginModule) {
    this.#load = load
  }

  get grammar(): PluginGrammar {
    this.#module ??= this.#load()
    return this.#module.default
  }

  get quirks(): Quirks {
    this.#module ??= this.#load()
    return this.#module.quirks ?? NO_QUIRKS
  }
}

const NO_QUIRKS: Quirks = {}
