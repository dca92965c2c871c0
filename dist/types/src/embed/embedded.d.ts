import type { Range } from '../text/range.js';
import type { InnerText } from './inner-text.js';
/**
 * The texts for CoreDNS inside a YAML, JSON or Terraform file or a template of one: Corefiles of ConfigMaps, alone, in several
 * documents, in lists, values under any key that speaks of a Corefile, and those in strings that hold YAML or JSON themselves. A file
 * without any gives nothing and no problem, and costs no more than a look for a few words. `path` tells what the file is. Never throws.
 */
export declare function embeddedIn(path: string, text: string): Promise<EmbeddedTexts>;
/**
 * What kind of text was found: a file that is a `corefile` itself or a key that holds a whole one (`*.server`), the
 * Corefile of a `configmap`, or a `fragment` that stands inside a server block of another file (`*.override`).
 */
export type EmbeddedKind = 'corefile' | 'configmap' | 'fragment';
/** A text for CoreDNS inside another text, with an exact map between their offsets. */
export interface Embedded extends InnerText {
    readonly kind: EmbeddedKind;
    /** The key it is the value of: `Corefile`, `office.server`. */
    readonly key: string;
    /** For people: `kube-system/coredns Corefile`. */
    readonly name: string;
    /** The value in the outermost file, from its `|` or quote to its end. */
    readonly range: Range;
    /** `parsed` from valid YAML or JSON; `recovered`, by its lines if need be, where the file around it is a template or broken: then the text may not be all of it; `rendered` out of several values, as a chart does: then it has no layout of its own, and edits change the values. */
    readonly found: 'parsed' | 'recovered' | 'rendered';
    /** The YAML comments on the lines directly above the key and behind a block's `|`, in order. */
    readonly comments: readonly EmbeddedComment[];
    /** The object whose value this is. */
    readonly document: EmbeddingDocument;
    /** The template that `helm template` says it made the document of, missing where it says nothing. */
    readonly source?: string;
    /** The program that the values around name for it, missing where they name none. */
    readonly program?: NamedProgram;
}
/** What values around a Corefile say of the program that will read it: a container image, or the version of an EKS add-on. */
export interface NamedProgram {
    readonly of: 'image' | 'add-on';
    /** The image with its tag, or the version. */
    readonly text: string;
    /** Where the tag or version stands in the outermost file. */
    readonly range: Range;
}
/** A comment of the text around an embedded one, from its `#` to the end of its line; the range is one of the outermost file. */
export interface EmbeddedComment {
    readonly text: string;
    readonly range: Range;
}
/** The Kubernetes object around an embedded text; what it does not say, or not as a string, is undefined. */
export interface EmbeddingDocument {
    readonly apiVersion: string | undefined;
    readonly kind: string | undefined;
    readonly name: string | undefined;
    readonly namespace: string | undefined;
    /** All string values under `data`, the embedded ones among them, each with its own map. */
    readonly entries: ReadonlyMap<string, InnerText>;
}
/** Something about the text around that keeps an embedded text from being read as it should. */
export interface EmbeddingProblem {
    /** `template` and `not-yaml`: the file does not load, and what was found may not be all. `not-a-string`: Kubernetes refuses the value. `duplicate-key`: only the last value counts. `not-rendered`: values that a chart would make a Corefile of are of other kinds than it takes. */
    readonly code: 'template' | 'not-yaml' | 'not-a-string' | 'duplicate-key' | 'not-rendered';
    /** One sentence without a full stop, with what was done about it. */
    readonly message: string;
    /** A range of the outermost file. */
    readonly range: Range;
}
/** All that was found in a file, in the order of the file. */
export interface EmbeddedTexts {
    readonly embedded: readonly Embedded[];
    readonly problems: readonly EmbeddingProblem[];
}
