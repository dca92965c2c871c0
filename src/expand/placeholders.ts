import type { Range } from '../text/range.ts'

/** What a person or program fills in before CoreDNS sees the file: Go and Jinja templates, shell and Terraform, kubeadm's PILLARs. */
const PLACEHOLDER =
  /\{\{[^}]*\}\}+|\{%-?\s[^%]*%\}|\{#[^#]*#\}|\$\{[^}\s]*\}|\$\([^)\s]*\)|__[A-Z][A-Z0-9_]*__|<%[^%]*%>|%%?[A-Z][A-Z0-9_]*%%?(?!\})|@@?[A-Z][A-Z0-9_]*@@?|(?<![?P])<[A-Za-z][A-Za-z0-9 _-]*>/g

/**
 * The places of a text that a template engine or a person has yet to fill in, in order. What stands there cannot be judged. `{{ }}`
 * inside the quotes of a `template` answer is CoreDNS's own and must be told apart by the caller.
 */
export function placeholdersIn(text: string): Range[] {
  const found: Range[] = []
  for (const match of text.matchAll(PLACEHOLDER)) {
    found.push({ start: match.index, end: match.index + match[0].length })
  }
  return found
}
