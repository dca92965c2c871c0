import type { Build } from '../../grammar/builds.ts'
import { releaseOfImage, releaseOfTag } from '../../grammar/images.ts'
import { compareReleases } from '../../grammar/releases.ts'
import { FileLines } from '../text/file-lines.ts'
import type { FilePlace } from '../text/range.ts'
import type { Stated } from './cluster/place.ts'
import { isComposeName, mounts, onlyImage } from './images-by-lines.ts'
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
 * (as kustomize changes it), the image or the version of an EKS add-on in the values that it stands in, the image that a kustomization
 * sets, that stands in the same template or Terraform file, or that Compose mounts the Corefile into.
 */
export class Targets {
  readonly #workspace: Workspace
  readonly #texts: ReadonlyMap<string, string>
  readonly #lines: FileLines
  readonly #evidence = new Map<CorefileUnit, readonly Evidence[]>()
  readonly #images = new Map<string, Stated<string> | null>()
  #composes: readonly (readonly [path: string, text: string])[] | undefined

  /** `texts` has the files of the run by their paths. */
  constructor(workspace: Workspace, texts: ReadonlyMap<string, string>) {
    this.#workspace = workspace
    this.#texts = texts
    this.#lines = new FileLines((path) => texts.get(path))
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
    const around = cluster.kustomizations.imagesAround(unit.path).flatMap((image) => evidenceOfImage(image) ?? [])
    if (around.length > 0) return around
    const image = unit.embedded === null ? this.#imageInCompose(unit) : this.#imageBeside(unit)
    return image === null ? [] : [evidenceOfImage(image) ?? []].flat()
  }

  /** The one image in the file, where that is no YAML whose objects say what mounts what. */
  #imageBeside({ path, embedded }: CorefileUnit): Stated<string> | null {
    let image = this.#images.get(path)
    if (image === undefined) {
      const text = this.#texts.get(path) ?? ''
      const says = embedded?.document.kind !== undefined && !/\{\{|\{%/.test(text)
      image = says ? null : onlyImage(path, text)
      this.#images.set(path, image)
    }
    return image
  }

  #imageInCompose({ path }: CorefileUnit): Stated<string> | null {
    this.#composes ??= [...this.#texts].filter(([name]) => isComposeName(name))
    const found = this.#composes.find(([name, text]) => mounts(name, text, path))
    return found === undefined ? null : onlyImage(...found)
  }

  /** `image PATH:LINE`, with the place of the second release and how many there are besides. */
  #from(releases: readonly string[], evidence: readonly Evidence[]): string {
    const told = releases.flatMap((release) => evidence.find((one) => one.release === release) ?? [])
    const places = told.slice(0, mostPlaces).map(({ place }) => this.#lines.nameOf(place))
    const more = told.length > mostPlaces ? ` and ${told.length - mostPlaces} more` : ''
    return `${told[0]?.of ?? 'image'} ${places.join(' and ')}${more}`
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
