import type { PluginGrammar } from './schema.js';
import type { Quirks } from './setup.js';
/** What is known of a plugin: its grammar, and the functions that the grammar's data refers to. */
export interface Plugin {
    readonly grammar: PluginGrammar;
    readonly quirks: Quirks;
}
/** What a plugin's file exports. */
export interface PluginModule {
    readonly default: PluginGrammar;
    readonly quirks?: Quirks;
}
/** A plugin whose file is looked at when somebody asks: a Corefile uses a dozen of them, and in the bundled program the others are never evaluated. */
export declare class LazyPlugin implements Plugin {
    #private;
    constructor(load: () => PluginModule);
    get grammar(): PluginGrammar;
    get quirks(): Quirks;
}
