import { lint } from '../lint/run.ts'
import { secretsOf } from '../report/secrets.ts'
import { prepare } from './prepare.ts'

/** The text of a file as people may see it: `***` for the secrets of the Corefiles in it. */
export async function concealed(path: string, text: string): Promise<string> {
  const { options } = await prepare([], {}, [])
  const { files } = await lint([{ path, text }], options)
  return secretsOf(text, files[0]?.secrets ?? []).inRange({ start: 0, end: text.length }).text
}
