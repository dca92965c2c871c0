import type { Range } from '../text/range.ts'

/**
 * What a person or a program fills in before CoreDNS sees the file, each bounded in length so that hostile texts stay cheap: Go and
 * Jinja templates, shell and Terraform, kubeadm's PILLARs, the words of coredns/deployment's script, `@NAME@`, `%NAME%`, `<name>`.
 */
const PLACEHOLDER = new RegExp(
  [
    /\{\{[^}]{0,400}\}\}+/,
    /\{%[-+]?\s(?:[^%]|%(?!\})){0,400}%\}/,
    /\{#[^#]{0,400}#\}/,
    /[$%]\{[^}\n]{0,400}\}/,
    /\$\([^)\s]{0,400}\)/,
    /__[A-Z][A-Z0-9_]{0,100}__/,
    /<%[^%]{0,400}%>/,
    /(?<!\{)%[A-Z][A-Z0-9_]{0,100}%(?!\})/,
    /@@?[A-Z][A-Z0-9_]{0,100}@@?/,
    /\b(?:CLUSTER_DOMAIN|CLUSTER_DNS_IP|REVERSE_CIDRS|UPSTREAMNAMESERVER|STUBDOMAINS|FEDERATIONS)\b/,
    /(?<![?P])<[A-Za-z][A-Za-z0-9 _-]{0,100}>/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

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
