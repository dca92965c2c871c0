import { createHash } from 'node:crypto'
import { findUnits } from '../../../src/lint/units.ts'
import { corpusFiles } from '../../shared.ts'

/** A Corefile as somebody keeps it. */
export interface CorpusText {
  /** Twelve hexadecimal digits of its SHA-256: the one thing of it that is recorded. */
  readonly id: string
  readonly source: 'Corefile' | 'manifest'
  readonly text: string
}

/** The different Corefiles of the shared corpus, alone and in manifests, sorted by id; none where it is missing. */
export async function corpusTexts(): Promise<readonly CorpusText[]> {
  const texts = new Map<string, CorpusText>()
  const add = (source: CorpusText['source'], text: string) => {
    const id = createHash('sha256').update(text).digest('hex').slice(0, 12)
    if (!texts.has(id)) texts.set(id, { id, source, text })
  }
  for (const { text } of corpusFiles('corefiles')) add('Corefile', text)
  for (const { name, text } of corpusFiles('manifests')) {
    const { units } = await findUnits({ path: name, text })
    for (const unit of units) add('manifest', unit.text)
  }
  return [...texts.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}
