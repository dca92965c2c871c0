import { readFileSync } from 'node:fs'
import { type Commit, Repository, type Variables } from '../node/git.ts'
import { WrongUsage } from '../node/wrong-usage.ts'

/** The commit that an event is compared with; or, where this clone does not have it, why. */
export type Base = { readonly repository: Repository; readonly commit: Commit } | { readonly missing: string }

/**
 * The base of the event. For a pull request it is the first parent of the merge commit that GitHub checks out, else where the branch that
 * is checked out left its base; for a push what the branch was before; for a merge queue its base.
 */
export function baseOfEvent(root: string, env: Variables): Base {
  let repository: Repository
  try {
    repository = Repository.at(root, env)
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error
    return { missing: error.message }
  }
  const event = eventOf(env)
  const id = commitOf(event, repository)
  if (id !== null) return { repository, commit: { id, name: nameOf(event, id, env) } }
  const needed = `set fetch-depth: ${event.kind === 'push' ? 0 : 2} for actions/checkout`
  return { missing: event.kind === 'other' ? 'this event has none' : `this clone does not have it, ${needed}` }
}

interface Event {
  readonly kind: 'pull-request' | 'push' | 'other'
  /** The commit that the payload names, null where it names none. */
  readonly base: string | null
}

function eventOf({ GITHUB_EVENT_PATH: path }: Variables): Event {
  const payload = payloadAt(path ?? '')
  const pullRequest = payload.pull_request ?? payload.merge_group
  if (pullRequest !== undefined) {
    const { base, base_sha: queued } = pullRequest as { base?: { sha?: unknown }; base_sha?: unknown }
    return { kind: 'pull-request', base: idOrNull(base?.sha ?? queued) }
  }
  if (payload.before === undefined) return { kind: 'other', base: null }
  return { kind: 'push', base: idOrNull(payload.before) }
}

function payloadAt(path: string): Readonly<Record<string, unknown>> {
  try {
    const payload: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof payload === 'object' && payload !== null ? { ...payload } : {}
  } catch {
    return {}
  }
}

/** A new branch was nothing before: its name is all zeros. */
function idOrNull(word: unknown): string | null {
  return typeof word === 'string' && /^[0-9a-f]{40,64}$/.test(word) && !/^0+$/.test(word) ? word : null
}

function commitOf({ kind, base }: Event, repository: Repository): string | null {
  if (kind === 'other') return null
  const parents = repository.parents('HEAD')
  const [first] = parents
  if (kind === 'push') return base !== null && repository.has(base) ? base : null
  if (parents.length > 1 && first !== undefined) return repository.has(first) ? first : null
  return base !== null && repository.has(base) ? repository.mergeBase(base) : null
}

function nameOf({ kind }: Event, id: string, { GITHUB_BASE_REF: branch }: Variables): string {
  const short = id.slice(0, 7)
  return kind === 'pull-request' && branch ? `${branch} (${short})` : short
}
