import type { CorefileUnit, Workspace } from './workspace.ts'

/** Names of files that something fills in before CoreDNS sees them, or that are there to be copied. */
const TEMPLATE =
  /\.(?:j2|jinja2?|tmpl|gotmpl|tpl|tftpl|template|erb|ejs|hbs|mustache|sed|in|base|dist|example|sample)(?:\.|$)|(?:^|\/)(?:templates?|charts)\//i

/** Whether the path says that the file is a template, so that what stands in it is not what CoreDNS reads. */
export function isTemplatePath(path: string): boolean {
  return TEMPLATE.test(path)
}

const matched = new WeakMap<CorefileUnit, Map<RegExp, boolean>>()

/** Whether the text around an embedded Corefile matches, as it does where a whole manifest waits to be filled in. */
export function surroundingsMatch(unit: CorefileUnit, { files }: Workspace, sign: RegExp): boolean {
  const { path, embedded, range } = unit
  if (embedded === null) return false
  const known = matched.get(unit) ?? new Map<RegExp, boolean>()
  matched.set(unit, known)
  let matches = known.get(sign)
  if (matches === undefined) {
    const outer = files.find((file) => file.path === path)?.text ?? ''
    matches = sign.test(outer.slice(0, range.start)) || sign.test(outer.slice(range.end))
    known.set(sign, matches)
  }
  return matches
}
