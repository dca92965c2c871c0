import type { Node, YAMLMap } from 'yaml'
import { isMap, isScalar } from 'yaml'
import type { NamedProgram } from './embedded.ts'
import type { YamlReader } from './yaml-reader.ts'
import { rangeOf } from './yaml-reader.ts'

/** How far around a value its image is looked for. */
const farthest = 8

/** What AWS, CloudFormation and Terraform call the version of an add-on. */
const versionOfAddOn = ['addon_version', 'addonVersion', 'AddonVersion']

/** What they and eksctl call the values of one. */
const valuesOfAddOn = ['configuration_values', 'configurationValues', 'ConfigurationValues']

/** What maps say: many Corefiles may have one of them around. */
const knownOfCharts = new WeakMap<YAMLMap, NamedProgram | null>()
const knownOfOthers = new WeakMap<YAMLMap, NamedProgram | null>()

/**
 * The image or add-on version that the nearest of the maps around a Corefile names. An image without a name counts only where
 * `isChart` says that these are values of the coredns chart: those of others have images of other programs.
 */
export function programNear(maps: Iterable<YAMLMap>, reader: YamlReader, isChart: boolean): NamedProgram | undefined {
  let distance = 0
  for (const map of maps) {
    if (distance++ === farthest) return undefined
    const known = isChart ? knownOfCharts : knownOfOthers
    let program = known.get(map)
    if (program === undefined) {
      program = addOnIn(map, reader) ?? imageIn(map, reader, isChart) ?? null
      known.set(map, program)
    }
    if (program !== null) return program
  }
  return undefined
}

function addOnIn(map: YAMLMap, reader: YamlReader): NamedProgram | undefined {
  const isAddOn = valuesOfAddOn.some((key) => reader.get(map, key) !== undefined)
  const keys = isAddOn ? [...versionOfAddOn, 'version'] : versionOfAddOn
  for (const key of keys) {
    const value = reader.resolve(reader.get(map, key))
    const text = reader.string(value)
    if (value !== undefined && text !== undefined) return { of: 'add-on', text, range: rangeOf(value) }
  }
  return undefined
}

function imageIn(map: YAMLMap, reader: YamlReader, isChart: boolean): NamedProgram | undefined {
  const image = reader.resolve(reader.get(map, 'image'))
  if (image === undefined) return undefined
  const whole = reader.string(image)
  if (whole !== undefined) return { of: 'image', text: whole, range: rangeOf(image) }
  if (!isMap(image)) return undefined
  const repository = reader.string(reader.get(image, 'repository')) ?? (isChart ? 'coredns' : undefined)
  const tag = reader.resolve(reader.get(image, 'tag'))
  const text = tagText(tag)
  if (repository === undefined || tag === undefined || text === undefined) return undefined
  return { of: 'image', text: `${repository}:${text}`, range: rangeOf(tag) }
}

function tagText(tag: Node | undefined): string | undefined {
  return isScalar(tag) && tag.value !== null ? (tag.source ?? String(tag.value)) : undefined
}
