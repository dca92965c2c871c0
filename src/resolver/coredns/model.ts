import type { Program } from '../../../grammar/program.ts'
import type { Place } from '../../expand/token-view.ts'
import type { Network } from '../../values/ip.ts'
import type { BlockView, OccurrenceView, ServersView } from '../../verdict/servers-view.ts'
import type { Step } from '../decision.ts'
import type { Outcome, ResourceRecord } from '../outcome.ts'
import type { Query } from '../query.ts'
import type { KubernetesObject } from './cluster.ts'
import type { VocabularyBuilder } from './vocabulary.ts'

/**
 * How one plugin answers: a file of `plugins/` for each, in the table of `plugins/index.ts`. A plugin that has none answers `unknown`.
 *
 * `prepare` runs once for each server block, when the first query comes to it. It reads the plugin's words and makes the links of the
 * block's chain, one for each handler that CoreDNS's setup adds: most plugins add one for all their occurrences (`template`, `rewrite`,
 * `file`), some one for each (`forward`). `serve` then runs for every query and must be pure; what is costly belongs into `prepare`, or
 * behind the first `serve` that needs it. Neither throws. Words that are not known (`WordView.known`) never reach a plugin unless it is
 * `lenient`: the chain answers `unknown` in its place.
 */
export interface PluginModel {
  prepare(occurrences: readonly OccurrenceView[], context: BlockContext): readonly Link[]
  /** Adds the names, zones, addresses and patterns that the plugin tells names apart by. */
  mention?(occurrences: readonly OccurrenceView[], vocabulary: VocabularyBuilder, context: BlockContext): void
  /** Whether it makes do with words that are not known: it looks at `known` itself, or at no words at all. */
  readonly lenient?: true
}

/** One plugin in the chain of a block (a `plugin.Handler` of CoreDNS). */
export interface Link {
  /** The occurrence that it comes from, for the path; null for the first one. */
  readonly occurrence?: OccurrenceView
  /**
   * Answers a query, or passes it on with `turn.next()`. What the path says of it follows from that: `passed` where the reply is the one
   * that `next` gave, `changed` where request or reply differ, `answered` where `next` was not called.
   */
  serve(request: Request, turn: Turn): Reply
}

/** A question on its way through a chain. */
export interface Request {
  /** Fully qualified, in the case in which it was asked; rewritten where a plugin did so. */
  readonly name: string
  readonly type: string
  readonly class: string
  /** What the client asked, and from where. */
  readonly query: Query
  /** The name of the view that chose the block, or null. */
  readonly view: string | null
  /** How many lookups through the whole server lie around it: 0 for the client's own question. */
  readonly depth: number
  /** Where it came in; opaque to plugins, kept for `lookup`. */
  readonly listener: unknown
  /** What plugins leave for plugins behind them, by a name of theirs, such as metadata. */
  readonly notes?: ReadonlyMap<string, string>
}

/** What a plugin hands back to the one in front of it. */
export interface Reply {
  readonly outcome: Outcome
  /**
   * False where no plugin wrote it: the rcode was only returned, and the server makes an empty reply of it in the end (SERVFAIL,
   * REFUSED, FORMERR, NOTIMP) or none at all. Plugins in front that change replies (`rewrite`, `cache`, `dns64`) never see it.
   */
  readonly written: boolean
  /** True where the plugin returned an error as well, such as that there is none behind it, or crashed; `autopath` then gives up. */
  readonly isError?: true
  /**
   * The name that the question was left with on the way: `rewrite` changes the query itself, and plugins in front that ask again (`dns64`)
   * ask for that. Missing where it is still the one that was asked.
   */
  readonly leftWith?: string
  /** The authority section as far as it is known; `cache` and `minimal` look at it. Missing where it is not known, empty where there is none. */
  readonly authority?: readonly ResourceRecord[]
}

/** What a link may do with a query besides answering it. */
export interface Turn {
  /** False for the last link: some plugins then answer otherwise. */
  readonly hasNext: boolean
  /**
   * Asks the plugins behind it; the same request where none is given. Without one behind it, the reply is the SERVFAIL that nobody wrote
   * (plugin.NextOrFailure).
   */
  next(request?: Request): Reply
  /**
   * Says for the path what it did, in a few words: `fell through: no entry for the name`; a function where finding them takes time, for
   * often nobody listens. `at` is the word or line that decided.
   */
  note(did: string | (() => string), at?: Place): void
  /** Says what must be true outside of the configuration for the answer to hold. */
  assume(what: string): void
}

/** What a plugin can know of its block and of the world around it. */
export interface BlockContext {
  readonly block: BlockView
  readonly servers: ServersView
  readonly program: Program
  /** Whether the program is of this release or a later one. */
  since(release: string): boolean
  /**
   * The text of a file where CoreDNS runs; null where there is none or where it is a directory, undefined where nobody said. `rooted`:
   * a relative path begins where the plugin `root` of the block says.
   */
  fileText(path: string, options?: { readonly rooted?: boolean }): string | null | undefined
  /** The paths of the files that were given and lie in a directory, at any depth; undefined where nobody said which files there are. */
  filesIn(directory: string, options?: { readonly rooted?: boolean }): readonly string[] | undefined
  /** The objects of the cluster; null where nobody gave them. */
  readonly services: readonly KubernetesObject[] | null
  /** Addresses of the machine but its loopback, as the plugin kubernetes sees them; null where nobody said. */
  readonly localAddresses: readonly string[] | null
  /** Asks the whole server, as the target of a CNAME is looked up (plugin/pkg/upstream): the block is chosen anew. Bounded in depth. */
  lookup(request: Request, name: string, type: string): Reply
  /** Whether the client's address lies in a network; null where it is not known. */
  clientIn(request: Request, network: Network): boolean | null
}

/** A step of the path under construction. */
export type WrittenStep = { -readonly [Key in keyof Step]: Step[Key] }
