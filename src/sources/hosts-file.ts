import type { Range } from '../text/range.ts'
import type { Placed, SourceBase } from './source.ts'

/** A hosts file as it is written; what a program makes of it is a view. */
export interface HostsFile extends SourceBase {
  readonly kind: 'hosts-file'
  /** Lines with at least one word before a comment. */
  readonly lines: readonly HostsLine[]
}

/** One line: an address and names, nothing of it checked. */
export interface HostsLine {
  readonly range: Range
  readonly address: Placed
  readonly names: readonly Placed[]
}

/** What a program makes of a hosts file. */
export interface HostsView {
  /** In the order of the file; equal pairs of address and name only where the program answers both. */
  readonly entries: readonly HostsEntry[]
  /** What the program ignores, with the reason. */
  readonly skipped: readonly { readonly range: Range; readonly text: string; readonly why: string }[]
}

/** Names of one line that a program answers with an address. */
export interface HostsEntry {
  /** The address that the program reads, in its shortest form. */
  readonly address: string
  /** In lower case without a final dot, where the program ignores these. */
  readonly names: readonly Placed[]
  readonly line: HostsLine
}
