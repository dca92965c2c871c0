import type { Answerer } from '../answerers.ts'
import { compared } from '../comparison.ts'
import type { Diagnostic } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'
import { answersOf, subjectOf } from '../report/compare.ts'
import { type Cause, causesOf } from '../resolver/causes.ts'
import { applyEdits } from '../text/edit.ts'
import { preparedAnswerers } from './answerers.ts'
import type { LintFilesOptions, Prepared } from './prepare.ts'

/** Fixes beyond this number are shown without what they change. */
const MOST_FIXES = 20
/** Files longer than this have too many names for a preview, in UTF-16 units. */
const MOST_TEXT = 100_000
/** In a run with more files the others are only looked at for the release. */
const MOST_FILES = 20
/** More causes of one fix are counted. */
const MOST_CAUSES = 2

/** What each unsafe fix of a result changes about answers, a line a cause; fixes of very many or very long files are missing. */
export async function effectsOf(
  result: LintResult,
  prepared: Prepared,
  options: LintFilesOptions,
): Promise<ReadonlyMap<Diagnostic, readonly string[]>> {
  const effects = new Map<Diagnostic, readonly string[]>()
  const texts = new Map(result.files.map(({ path, text }) => [path, text]))
  const differ = new TextEffects(texts, prepared, options)
  const unsafe = result.files.flatMap(({ path, text, findings }) =>
    findings.flatMap((finding) =>
      finding.fix?.safety === 'unsafe' ? [{ path, text, finding, fix: finding.fix }] : [],
    ),
  )
  for (const { path, text, finding, fix } of unsafe.slice(0, MOST_FIXES)) {
    if (text.length <= MOST_TEXT) effects.set(finding, await differ.between(path, applyEdits(text, fix.edits)))
  }
  return effects
}

/** What other texts of files change about the answers of their servers. */
export class TextEffects {
  readonly #texts: ReadonlyMap<string, string>
  readonly #prepared: Prepared
  readonly #options: LintFilesOptions
  readonly #before = new Map<string, readonly Answerer[]>()

  /** `texts` are those of the files as they are, by path. */
  constructor(texts: ReadonlyMap<string, string>, prepared: Prepared, options: LintFilesOptions) {
    this.#texts = texts
    this.#prepared = prepared
    this.#options = options
  }

  /** A line a cause; none where the text as it is was refused, so that nothing answers, or is too long. */
  async between(path: string, text: string): Promise<readonly string[]> {
    const own = this.#texts.get(path) ?? ''
    if (Math.max(own.length, text.length) > MOST_TEXT) return []
    const before = this.#before.get(path) ?? (await this.#answerersOf(path, own))
    this.#before.set(path, before)
    const after = await this.#answerersOf(path, text)
    if (before.length !== after.length) return []
    return before.flatMap((old, at) => {
      const later = after[at]
      return later === undefined ? [] : effectLines({ answerer: old, text: own }, { answerer: later, text })
    })
  }

  async #answerersOf(path: string, text: string): Promise<readonly Answerer[]> {
    const { files, options } = this.#prepared
    const current = files.map((file) => ({
      ...file,
      text: file.path === path ? text : (this.#texts.get(file.path) ?? file.text),
    }))
    const asked = current.length > MOST_FILES ? current.filter((file) => file.path === path) : current
    const around = [...(options.around ?? []), ...current.filter((file) => !asked.includes(file))]
    const prepared = { ...this.#prepared, files: asked, options: { ...options, around } }
    const { answerers } = await preparedAnswerers(prepared, this.#options)
    return answerers.filter((answerer) => answerer.path === path)
  }
}

function effectLines(
  old: { readonly answerer: Answerer; readonly text: string },
  later: { readonly answerer: Answerer; readonly text: string },
): string[] {
  if (old.answerer.verdicts.some(({ kind }) => kind === 'refused')) return []
  const side = ({ answerer, text }: typeof old) => ({
    answerer,
    textOf: (path: string) => (path === answerer.path ? text : undefined),
  })
  const { comparison, probes, lines, untried } = compared(side(old), side(later))
  const causes = causesOf(comparison.undeclared, lines)
  const shown = causes
    .slice(0, MOST_CAUSES)
    .map((cause) => `changes ${subjectOf(cause.differences, probes)}: ${changeOf(cause)}`)
  const more = causes.length - shown.length
  if (causes.length > 0)
    return more > 0 ? [...shown, `and the answers to ${more} more kinds of names: corefile compare shows all`] : shown
  return comparison.unproved.length + untried.length > 0 ? [] : ['changes no answer that was compared']
}

function changeOf(cause: Cause): string {
  const [first, ...more] = answersOf(cause)
  if (first === undefined) return ''
  return `${first.old} -> ${first.now}${more.length > 0 ? `, and ${more.length} more` : ''}`
}
