/** A file that a migration changes. */
export interface ChangedFile {
    readonly path: string;
    readonly before: string;
    readonly after: string;
}
