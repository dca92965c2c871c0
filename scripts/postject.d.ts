/** The package has no types of its own. */
declare module 'postject' {
  /** Puts data into an executable file under a name, and turns on the fuse that says so. */
  export function inject(
    file: string,
    resource: string,
    data: Uint8Array,
    options: { readonly sentinelFuse: string },
  ): Promise<void>
}
