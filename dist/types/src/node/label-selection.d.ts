import type { CorefileUnit, Workspace } from '../lint/workspace.js';
/** Chooses the Corefiles whose object has all of some labels, and knows those it left out. */
export declare class LabelSelection {
    #private;
    constructor(labels: Readonly<Record<string, string>>);
    /** How many Corefiles were left out. */
    get leftOut(): number;
    /** The labels as they were asked for. */
    get words(): string;
    /** Whether `metadata.labels` of the object around a Corefile has them; false where there is no object, or none that can be read. */
    selects(unit: CorefileUnit, workspace: Workspace): boolean;
}
