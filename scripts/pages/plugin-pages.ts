import { propertyNames, propertySpans } from '../../grammar/lookup.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { isPluginOf, RELEASES } from '../../grammar/releases.ts'
import type { PluginGrammar } from '../../grammar/schema.ts'
import { explainPlugin, explainProperty, officialBuild } from '../../src/cli/explain-plugin.ts'
import type { Page } from './rule-pages.ts'

/** One page a plugin, in the words of `corefile explain`, and the index of them. */
export function pluginPages(): Page[] {
  const grammars = [...pluginGrammars.values()].map(({ grammar }) => grammar).sort((a, b) => (a.name < b.name ? -1 : 1))
  const pages = grammars.map((grammar) => ({ path: `docs/plugins/${grammar.name}.md`, text: pluginPage(grammar) }))
  const rows = grammars.map((grammar) => `| [${grammar.name}](${grammar.name}.md) | \`${grammar.source}\` |\n`)
  const index = `# Plugins

What every in-tree plugin takes, release by release, as \`corefile explain PLUGIN\` shows it; generated from \`grammar/plugins\`.

| plugin | read by |
|---|---|
${rows.join('')}`
  return [...pages, { path: 'docs/plugins/README.md', text: index }]
}

function pluginPage(grammar: PluginGrammar): string {
  const { name } = grammar
  const release = RELEASES.findLast((candidate) => isPluginOf(candidate, name)) ?? ''
  const style = { columns: 100, release, build: officialBuild(release), paint: (_: string, text: string) => text }
  const [heading = '', ...lines] = explainPlugin(name, style)
  const properties = propertyNames(grammar)
  const details = properties.map((property) => {
    const spans = propertySpans(grammar, property).map(({ since, removed }) =>
      removed === undefined ? `${since} and newer` : `${since} to before ${removed}`,
    )
    const last =
      RELEASES.findLast(
        (candidate) =>
          isPluginOf(candidate, name) &&
          propertySpans(grammar, property).some(({ since, removed }) => covers(candidate, since, removed)),
      ) ?? release
    return `### ${property}\n\n${fenced(explainProperty(name, property, { ...style, release: last }))}\nIn ${spans.join(', ')}.\n`
  })
  return `# ${name}

${heading.replace(/^\S+\s*/, '').replace(/^./, (letter) => letter.toUpperCase())}.

${fenced(lines)}${details.length === 0 ? '' : `\n## Properties\n\n${details.join('\n')}`}`
}

function covers(release: string, since: string, removed: string | undefined): boolean {
  const at = RELEASES.indexOf(release)
  return at >= RELEASES.indexOf(since) && (removed === undefined || at < RELEASES.indexOf(removed))
}

function fenced(lines: readonly string[]): string {
  const text = lines.join('\n').replace(/^\n+|\n+$/g, '')
  return `\`\`\`text\n${text}\n\`\`\`\n`
}
