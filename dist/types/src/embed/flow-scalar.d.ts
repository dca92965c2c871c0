import type { MappedText } from './offset-map.js';
/** The YAML styles that end at a quote or at what follows. */
export type FlowStyle = 'double-quoted' | 'single-quoted' | 'plain';
/**
 * The value of a flow scalar that stands in `source` from `start` to `end`, quotes included, with its map. It is what the
 * yaml package reads: line breaks fold, in double quotes escapes are resolved.
 */
export declare function readFlowScalar(source: string, start: number, end: number, style: FlowStyle): MappedText;
