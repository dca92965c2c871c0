/** Actions of Go templates and Jinja. */
const action = /\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}/g

/** No longer line is taken for one of template actions. */
const longestLine = 10_000

/** True when a line has a template action. */
export function hasTemplateAction(line: string): boolean {
  return line.length <= longestLine && line.search(action) !== -1
}

/** True when a line has template actions and nothing else. */
export function isTemplateLine(line: string): boolean {
  return hasTemplateAction(line) && line.replace(action, '').trim() === ''
}

/** What opens and closes in templates: `{{ if }}`, `{% for %}`, `{{- end }}`, `{% endfor %}`; and what stands between, `{{ else }}`. */
const keyword =
  /\{\{-?\s*(?:((?:if|with|range|define)\s|block\s+")|(end)\s*-?\}|(else)\b)|\{%[-+]?\s*(?:(if|for|macro|filter|call|raw|block)|(end\w+)|(else|elif))\b/g

/** How deep lines read so far are inside of template blocks that opened among them. */
export class TemplateNesting {
  depth = 0

  /** True when a line closes, or goes on with, something that opened before the first line. */
  leaves(line: string): boolean {
    return readNesting(line, this.depth).leaves
  }

  read(line: string): void {
    this.depth = readNesting(line, this.depth).depth
  }
}

function readNesting(line: string, before: number): { depth: number; leaves: boolean } {
  let depth = before
  let leaves = false
  for (const [, goOpens, goCloses, goContinues, opens, closes, continues] of line.matchAll(keyword)) {
    if (goOpens ?? opens) depth++
    else if (depth === 0) leaves ||= Boolean(goCloses ?? closes ?? goContinues ?? continues)
    else if (goCloses ?? closes) depth--
  }
  return { depth, leaves }
}
