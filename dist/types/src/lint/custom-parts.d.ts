import { type PlatformName } from '../../grammar/platforms/index.js';
import type { FilePlace } from '../text/range.js';
import { CorefileUnit, type Workspace } from './workspace.js';
/** The parts of a Corefile that stand in a ConfigMap `coredns-custom`: what goes into its server block, and server blocks of their own. */
export declare class CustomParts {
    #private;
    readonly path: string;
    readonly units: readonly CorefileUnit[];
    readonly namespace: string | undefined;
    constructor(units: readonly [CorefileUnit, ...CorefileUnit[]], directories: ReadonlySet<string>);
    /** Whether an import looks where the keys are files. */
    isMeant(pattern: string): boolean;
    /** The keys that an import leads to, in the order in which CoreDNS reads files; null for an import of something else. */
    find(pattern: string): readonly PartFile[] | null;
    /** The part that a file of `find` is, undefined for other files. */
    unitOf(file: string): CorefileUnit | undefined;
    /** Whether a place is in one of the parts. */
    holds(place: FilePlace): boolean;
    /** The part that a place is in. */
    partAt({ path, range }: FilePlace): CorefileUnit | undefined;
}
/** A key as a file. */
interface PartFile {
    readonly path: string;
    readonly text: string;
    readonly key: string;
}
/** Parts and the Corefile that imports them. */
export interface Merge {
    readonly root: CorefileUnit;
    readonly parts: CustomParts;
}
/** Finds out which Corefile of a run imports which `coredns-custom` of the run, each cluster its own. */
export declare class CustomMerges {
    #private;
    /** Those whose root imports one alone: judging the root judges both. */
    readonly own: Map<CorefileUnit, CustomParts>;
    /** Those of a root that several ConfigMaps belong to, each of which is to be judged with it. */
    readonly shared: readonly Merge[];
    readonly rootless: readonly CustomParts[];
    constructor(workspace: Workspace);
    /** Whether a unit is a part that is looked at in its root as well; `hasPlatform` where its platform supplies that. */
    isMerged(unit: CorefileUnit, hasPlatform: boolean): boolean;
}
/** The Corefile of a platform as a unit of its own, which is in no file; its path says what it is. */
export declare function platformRoot(name: PlatformName, release: string, clusterDomain: string | null): CorefileUnit;
export {};
