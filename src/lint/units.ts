import type { Range } from '../text/range.ts'
import { CorefileUnit, type InputFile } from './workspace.ts'

/** The Corefiles of one file, and what of the file could not be read. */
export interface FoundUnits {
  readonly file: InputFile
  readonly units: readonly CorefileUnit[]
  readonly unchecked: readonly { readonly message: string; readonly range: Range | null }[]
}

const STRUCTURED = /\.(?:ya?ml|json)(?:\.[a-z0-9]+)?$|\.(?:tf|tofu)$/i

/**
 * Finds the Corefiles of a file: the file itself, or the values inside it. The name decides, and where it says nothing the content:
 * what begins like YAML or JSON and holds a Corefile is read as that. What reads YAML or Terraform loads only then.
 */
export async function findUnits(file: InputFile): Promise<FoundUnits> {
  const as = file.as ?? 'auto'
  if (as === 'corefile' || as === 'fragment') return whole(file, as)
  const named = STRUCTURED.test(file.path)
  if (as === 'auto' && !named && !looksStructured(file.text)) {
    return whole(file, file.path.endsWith('.override') ? 'fragment' : 'corefile')
  }
  const { embeddedIn } = await import('../embed/embedded.ts')
  const { embedded, problems } = await embeddedIn(file.path, file.text)
  if (as === 'auto' && !named && embedded.length === 0) return whole(file, 'corefile')
  const units = embedded.map((value) => new CorefileUnit(file.path, value.text, value.kind, value))
  return { file, units, unchecked: problems.map(({ message, range }) => ({ message, range })) }
}

function whole(file: InputFile, kind: 'corefile' | 'fragment'): FoundUnits {
  return { file, units: [new CorefileUnit(file.path, file.text, kind, null)], unchecked: [] }
}

/** A Corefile can begin with nearly anything, but hardly with these. */
function looksStructured(text: string): boolean {
  return /^\uFEFF?(\s|#[^\n]*\n)*(\{\s*"|---|apiVersion:|kind:|metadata:|items:|data:)/.test(text.slice(0, 4096))
}
