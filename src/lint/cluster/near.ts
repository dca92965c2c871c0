/** A thing of a file, found by a name that may occur in many directories. */
interface Placed {
  readonly path: string
}

/** More things than this at equal distance say nothing. */
const mostNear = 50

/** Directories deeper than this are taken for the one at this depth. */
const deepest = 40

/**
 * Things by their names and the directories they lie in, to find those that belong together where many clusters keep things of the
 * same name in directories of their own.
 */
export class NearIndex<T extends Placed> {
  /** By name and file. */
  readonly #files = new Map<string, T[]>()
  /** By name and directory; those below a directory too. */
  readonly #below = new Map<string, T[]>()
  /** How many lie in the directory itself, by name and directory. */
  readonly #inside = new Map<string, number>()

  add(name: string, thing: T): void {
    push(this.#files, `${name}\n${thing.path}`, thing)
    const directories = directoriesAbove(thing.path)
    for (const directory of directories) push(this.#below, `${name}\n${directory}`, thing)
    const own = `${name}\n${directories[0] ?? ''}`
    this.#inside.set(own, (this.#inside.get(own) ?? 0) + 1)
  }

  inFile(name: string, path: string): readonly T[] {
    return this.#files.get(`${name}\n${path}`) ?? []
  }

  isBelow(name: string, directory: string): boolean {
    return this.#below.has(`${name}\n${directory}`)
  }

  isInside(name: string, directory: string): boolean {
    return this.#inside.has(`${name}\n${directory}`)
  }

  /** The things below the nearest directory above `path` that has any, with that directory. */
  nearest(name: string, path: string): { readonly directory: string; readonly things: readonly T[] } | null {
    for (const directory of directoriesAbove(path)) {
      const things = this.#below.get(`${name}\n${directory}`)
      if (things !== undefined) return { directory, things }
    }
    return null
  }
}

/**
 * The things of a name that belong to what stands in the file `path`: those of the same file, else those of the nearest directory that
 * holds any below it, but not those that have one of `rivals` (all that is like what asks) nearer to them.
 */
export function belongingTo<T extends Placed>(
  name: string,
  path: string,
  things: NearIndex<T>,
  rivals: NearIndex<Placed>,
): readonly T[] {
  const beside = things.inFile(name, path)
  if (beside.length > 0) return beside
  const nearest = things.nearest(name, path)
  if (nearest === null || nearest.things.length > mostNear) return []
  const { directory } = nearest
  const own = directoryOf(path)
  return nearest.things.filter((thing) => {
    if (rivals.inFile(name, thing.path).length > 0) return false
    const place = directoryOf(thing.path)
    if (place === directory) return own === directory || !rivals.isInside(name, directory)
    return !rivals.isBelow(name, stepTowards(directory, place))
  })
}

function push<T>(map: Map<string, T[]>, key: string, thing: T): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [thing])
  else known.push(thing)
}

/** '' for a file without a directory. */
function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** The directory of a file and those above it, the nearest first, '' last. */
function directoriesAbove(path: string): string[] {
  const directories: string[] = []
  for (let at = directoryOf(path); at !== '' && directories.length < deepest; at = directoryOf(at)) directories.push(at)
  directories.push('')
  return directories
}

/** The directory right below `directory` on the way to `place`, which lies below it. */
function stepTowards(directory: string, place: string): string {
  const from = directory === '' ? 0 : directory.length + 1
  const slash = place.indexOf('/', from)
  return slash < 0 ? place : place.slice(0, slash)
}
