import type { CorefileUnit, Workspace } from './workspace.ts'

/** Names of files that something fills in before CoreDNS sees them, or that are there to be copied. */
const TEMPLATE =
  /\.(?:j2|jinja2?|tmpl|gotmpl|tpl|tftpl|template|erb|ejs|hbs|mustache|sed|in|base|dist|example|sample)(?:\.|$)|(?:^|\/)(?:templates?|charts)\//i

/** Whether the path says that the file is a template, so that what stands in it is not what CoreDNS reads. */
export function isTemplatePath(path: string): boolean {
  return TEMPLATE.test(path)
}

/** Whether the text around an embedded Corefile matches, as it does where a whole manifest waits to be filled in. */
export function surroundingsMatch(
  { path, embedded, range }: CorefileUnit,
  { files }: Workspace,
  sign: RegExp,
): boolean {
  if (embedded === null) return false
  const outer = files.find((file) => file.path === path)?.text ?? ''
  return sign.test(outer.slice(0, range.start)) || sign.test(outer.slice(range.end))
}
