import { kindOfKey } from './configmap.ts'
import type { Embedded, EmbeddedKind, EmbeddingDocument, NamedProgram } from './embedded.ts'
import { embeddedValue } from './found-value.ts'
import type { HclScope, HclString } from './hcl-strings.ts'
import { hclStrings } from './hcl-strings.ts'
import type { HclPlace } from './hcl-value.ts'
import { hclValue } from './hcl-value.ts'
import type { HostText } from './inner-text.ts'
import type { Surroundings } from './signs.ts'
import { customName, isCorefileByPlace, isCorefileKey, mayMatter } from './signs.ts'

/** What was found in a Terraform file: Corefiles, and strings that may hold YAML or JSON that holds one, with what to call them. */
export interface FoundInTerraform {
  readonly embedded: readonly Embedded[]
  readonly values: readonly {
    readonly value: HostText
    readonly within: string
    readonly program: NamedProgram | undefined
  }[]
}

/** Finds the Corefiles in strings and heredocs of a Terraform file, by their keys as in YAML. Never throws. */
export function embeddedInTerraform(host: HostText): FoundInTerraform {
  const embedded: Embedded[] = []
  const values: { value: HostText; within: string; program: NamedProgram | undefined }[] = []
  for (const string of hclStrings(host.text)) {
    const { place, key = '', keyStart, scope } = string
    const kindByKey = kindInCustom(host, string)
    if (!kindByKey && !mayMatter(key, host.text.slice(place.start, place.end))) continue
    const inner = hclValue(host, place)
    const kind =
      kindByKey ?? (scope.keepsText && isCorefileByPlace(inner.text, around(host, string)) ? 'corefile' : undefined)
    const name = nameOf(string)
    if (!kind) {
      values.push({ value: inner, within: name, program: addOnAround(host, scope) })
      continue
    }
    const { start, end } = place
    const program = addOnAround(host, scope)
    const as = { kind, name, ...(program && { program }) }
    const found = { key, keyStart, floor: 0, inner, start, end, comment: undefined, as }
    const one = embeddedValue(host, noDocument, found, 'parsed')
    if (one) embedded.push(one)
  }
  return { embedded, values }
}

/** The version of the EKS add-on that a value belongs to, where it is written beside it. */
function addOnAround(host: HostText, scope: HclScope): NamedProgram | undefined {
  for (let at: HclScope | undefined = scope; at?.parent; at = at.parent) {
    let version = addOnVersions.get(at)
    if (version === undefined) {
      version = at.strings.find(([key]) => key === 'addon_version')?.[1] ?? null
      addOnVersions.set(at, version)
    }
    if (version?.style !== 'quoted') continue
    const { start, end } = version
    return { of: 'add-on', text: host.text.slice(start + 1, end - 1), range: { start, end } }
  }
  return undefined
}

/** What scopes say, in which many Corefiles may stand. */
const addOnVersions = new WeakMap<HclScope, HclPlace | null>()

const noDocument: EmbeddingDocument = {
  apiVersion: undefined,
  kind: undefined,
  name: undefined,
  namespace: undefined,
  entries: new Map(),
}

/** What a key is of a ConfigMap that bears the name that platforms import from. */
function kindInCustom(host: HostText, { key, scope }: HclString): EmbeddedKind | undefined {
  if (key === undefined || isCorefileKey(key)) return undefined
  const kind = kindOfKey(customName, key)
  if (!kind) return undefined
  let block = scope
  while (block.parent?.parent) block = block.parent
  return host.text.slice(block.start, block.end).includes(`"${customName}"`) ? kind : undefined
}

function around(host: HostText, { key, scope }: HclString): Surroundings {
  return {
    key,
    *keysAround() {
      for (let at: HclScope | undefined = scope; at; at = at.parent) {
        if (at.isBlock || host.text[at.start] === '{') yield at.names.join('.')
      }
    },
    *stringsBeside() {
      for (const { strings } of [scope, ...(scope.parent ? [scope.parent] : [])]) {
        for (const [name, place] of strings) {
          if (place.style === 'quoted') yield [name, host.text.slice(place.start + 1, place.end - 1)]
        }
      }
    },
  }
}

/** How people say where it is: `aws_eks_addon.coredns configuration_values.corefile`. */
function nameOf({ key, scope }: HclString): string {
  const path: string[] = []
  if (key !== undefined) path.push(key)
  let block = ''
  for (let at: HclScope | undefined = scope; at?.parent; at = at.parent) {
    if (!at.parent.parent && at.isBlock) block = (at.names[0] === 'resource' ? at.names.slice(1) : at.names).join('.')
    else if (at.isBlock || !isSamePath(at)) path.unshift(at.names.join('.'))
  }
  const keys = path.filter((name, index) => name !== '' && name !== path[index - 1]).join('.')
  return block === '' ? keys : `${block} ${keys}`
}

/** True for brackets that stand in others under the same key. */
function isSamePath({ names, parent }: HclScope): boolean {
  return parent !== undefined && !parent.isBlock && parent.names.join('.') === names.join('.')
}
