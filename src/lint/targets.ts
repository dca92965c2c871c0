import type { Build } from '../../grammar/builds.ts'
import { releaseOfImage, releaseOfTag } from '../../grammar/images.ts'
import { compareReleases } from '../../grammar/releases.ts'
import { LineIndex } from '../text/lines.ts'
import type { FilePlace, Stated } from './cluster/place.ts'
import type { TargetOptions } from './run.ts'
import type { CorefileUnit, Workspace } from './workspace.ts'

/** Something in the run that says which program reads a Corefile. */
interface Evidence {
  readonly release: string | null
  readonly build: Build
  readonly of: 'image' | 'add-on'
  readonly place: FilePlace
}

/** More places than this are not named. */
const mostPlaces = 2

/**
 * Finds what the files of a run say of the release and build that read a Corefile: the image of the workload that mounts its ConfigMap
 * (as kustomize changes it), the image or the version of an EKS add-on in the values that it stands in, or the image that a
 * kustomization sets.
 */
export class Targets {
  readonly #workspace: Workspace
  readonly #texts: ReadonlyMap<string, string>
  readonly #lines = new Map<string, LineIndex>()
  readonly #evidence = new Map<CorefileUnit, readonly Evidence[]>()

  /** `texts` has the files of the run by their paths. */
  constructor(workspace: Workspace, texts: ReadonlyMap<string, string>) {
    this.#workspace = workspace
    this.#texts = texts
  }

  /** The options with the releases and the build of one Corefile, where nobody chose them. */
  of<T extends TargetOptions>(unit: CorefileUnit, options: T): T {
    const isReleaseOpen = options.releasesFrom === 'assumed'
    if (!isReleaseOpen && options.isBuildChosen) return options
    const evidence = this.#evidenceOf(unit)
    const [first] = evidence
    if (first === undefined) return options
    const releases = [...new Set(evidence.flatMap(({ release }) => release ?? []))].sort(compareReleases)
    const takesReleases = isReleaseOpen && releases.length > 0
    const build = options.isBuildChosen ? options.build : buildFor(first, takesReleases && releases.length === 1)
    if (!takesReleases) return { ...options, build }
    return { ...options, build, releases, releasesFrom: this.#from(releases, evidence) }
  }

  #evidenceOf(unit: CorefileUnit): readonly Evidence[] {
    let evidence = this.#evidence.get(unit)
    if (evidence === undefined) {
      evidence = this.#find(unit)
      this.#evidence.set(unit, evidence)
    }
    return evidence
  }

  #find(unit: CorefileUnit): readonly Evidence[] {
    const { cluster } = this.#workspace
    const mounts = cluster.mountsOf(unit)
    const images = mounts.flatMap(({ container }) =>
      container.image === null ? [] : cluster.kustomizations.imagesFor(container.image, container.path),
    )
    const mounting = images.flatMap((image) => evidenceOfImage(image) ?? [])
    if (mounting.length > 0) return mounting
    const program = unit.embedded?.program
    if (program !== undefined) {
      const place = { path: unit.path, range: program.range }
      if (program.of === 'image') return [evidenceOfImage({ ...place, value: program.text }) ?? []].flat()
      const release = releaseOfTag(program.text)
      return release === null ? [] : [{ release, build: 'official', of: 'add-on', place }]
    }
    return cluster.kustomizations.imagesAround(unit.path).flatMap((image) => evidenceOfImage(image) ?? [])
  }

  /** `image PATH:LINE`, with the place of the second release and how many there are besides. */
  #from(releases: readonly string[], evidence: readonly Evidence[]): string {
    const told = releases.flatMap((release) => evidence.find((one) => one.release === release) ?? [])
    const places = told.slice(0, mostPlaces).map(({ place }) => `${place.path}:${this.#lineOf(place)}`)
    const more = told.length > mostPlaces ? ` and ${told.length - mostPlaces} more` : ''
    return `${told[0]?.of ?? 'image'} ${places.join(' and ')}${more}`
  }

  #lineOf({ path, range }: FilePlace): number {
    let lines = this.#lines.get(path)
    if (lines === undefined) {
      lines = new LineIndex(this.#texts.get(path) ?? '')
      this.#lines.set(path, lines)
    }
    return lines.positionAt(range.start).line
  }
}

function evidenceOfImage(image: Stated<string>): Evidence | null {
  const found = releaseOfImage(image.value)
  return found === null ? null : { ...found, of: 'image', place: { path: image.path, range: image.range } }
}

/** The build of an image; without its tag where the releases are others than the one in it. */
function buildFor({ build }: Evidence, isItsRelease: boolean): Build {
  return typeof build === 'string' && build.startsWith('node-cache') && !isItsRelease ? 'node-cache' : build
}
