import type { Random } from '../../generate/random.ts'
import type { Mode } from '../configuration.ts'

/** Where a plugin is written: the zones of its server block, and chance. */
export interface Scene {
  readonly random: Random
  /** Keys of the block without port, the first one its main zone. */
  readonly zones: readonly string[]
}

/** A plugin as it is written into a block, and what its answers depend on. */
export interface Piece {
  readonly lines: readonly string[]
  /** Names with their final dot that questions are made from. */
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  /** Types besides the usual ones. */
  readonly types?: readonly string[]
  /** Clients that it tells apart. */
  readonly clients?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly modes?: readonly Mode[]
  /** Plugins that must stand in the block too. */
  readonly beside?: readonly string[]
  /** True where the answer to one question changes what is answered to the next, so that none may be asked twice. */
  readonly remembers?: boolean
}

/** A name below a zone of the scene, absolute. */
export function under(label: string, zone: string): string {
  const absolute = zone.endsWith('.') ? zone : `${zone}.`
  return absolute === '.' ? `${label}.` : `${label}.${absolute}`
}

/** A zone that is no reverse one. */
export function mainZone({ zones }: Scene): string {
  return zones.find((zone) => !/[/:]|arpa/.test(zone)) ?? '.'
}

/** A domain that lies in the block: its zone, or one below. */
export function domainOf(scene: Scene): string {
  const zone = mainZone(scene)
  if (zone === '.') return scene.random.one(['example.org', 'corp.test', 'sub.example.org'])
  return scene.random.chance(0.6) ? zone : `sub.${zone}`
}

/** The zones that a plugin may be given, or none, in the way people write them. */
export function zonesFor(scene: Scene): string {
  const { random } = scene
  if (random.chance(0.5)) return ''
  return ` ${random.one([domainOf(scene), `${domainOf(scene)} other.test`, '.', domainOf(scene).toUpperCase()])}`
}

/** A `fallthrough` line, or none. */
export function fallthroughFor(scene: Scene): string[] {
  const { random } = scene
  if (random.chance(0.25)) return []
  return [
    random.chance(0.7)
      ? 'fallthrough'
      : `fallthrough ${random.one([domainOf(scene), 'in-addr.arpa', `sub.${mainZone(scene)}`.replace(/\.\.$/, '.test')])}`,
  ]
}

/** A directive with a block, or without one where there are no lines. */
export function directive(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [head] : [`${head} {`, ...lines.map((line) => `    ${line}`), '}']
}
