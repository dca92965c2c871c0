import type { ClusterObject } from './objects.js';
import { type Stated } from './place.js';
/** The ConfigMap that a kustomization makes of a file. */
export interface GeneratedConfigMap {
    readonly name: string;
    readonly namespace: string | undefined;
    /** The kustomization. */
    readonly path: string;
}
/** The kustomizations of a run: which of them build on which files, and what they make of images. */
export declare class Kustomizations {
    #private;
    constructor(objects: readonly ClusterObject[]);
    get isEmpty(): boolean;
    /** The ConfigMap that a file becomes the value of a key of, null where none does. */
    generatedFrom(path: string): GeneratedConfigMap | null;
    /** What becomes of an image that a file names: one for each overlay in which it ends, the image itself where no kustomization changes it. */
    imagesFor(image: Stated<string>, path: string): readonly Stated<string>[];
    /** The images of any name that the kustomizations which build on a file, or are it, set a tag for. */
    imagesAround(path: string): readonly Stated<string>[];
}
