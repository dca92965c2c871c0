/** A plugin as somebody would write it. */
export interface PluginBlock {
  /** The directive with its words. */
  readonly head: string
  /** Lines without which the head is refused. */
  readonly needed?: readonly string[]
  /** Further lines of the block, of any release. */
  readonly lines?: readonly string[]
  /** The addresses of the server block; `.` if not given. */
  readonly keys?: string
  /** What stands beside it in the server block. */
  readonly beside?: readonly string[]
}
