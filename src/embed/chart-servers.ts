import type { InnerText } from './inner-text.ts'
import { RenderedTextBuilder } from './rendered-text.ts'

/** A value of the chart: a text, what Helm writes for another scalar, a list, or a map. Its place is the whole of it in the file. */
export type ChartValue =
  | { readonly kind: 'scalar'; readonly written: InnerText; readonly isEmpty: boolean }
  | { readonly kind: 'list'; readonly place: InnerText; readonly items: readonly ChartValue[] }
  | { readonly kind: 'map'; readonly place: InnerText; readonly entries: ReadonlyMap<string, ChartEntry> }
  | { readonly kind: 'unknown' }

/** A pair of a map of the chart's values. */
export interface ChartEntry {
  readonly key: InnerText
  readonly value: ChartValue
}

/** Thrown where values are not what the chart's template takes. */
class NotRendered extends Error {}

/** True for a value that can only be the `servers` of the coredns chart: a list of maps, of which one lists plugins by name. */
export function isChartServers(servers: ChartValue): boolean {
  if (servers.kind !== 'list' || !servers.items.every(({ kind }) => kind === 'map')) return false
  return servers.items.some((server) => {
    const plugins = entry(server, 'plugins')
    return plugins?.kind === 'list' && plugins.items.some((plugin) => entry(plugin, 'name')?.kind === 'scalar')
  })
}

/**
 * The Corefile that the coredns chart makes of its values `servers` and `extraConfig`, unit by unit; undefined where they are of
 * kinds that its template was not made for.
 *
 * Source: coredns/helm charts/coredns/templates/configmap.yaml.
 */
export function renderChartServers(servers: ChartValue, extraConfig: ChartValue | undefined): InnerText | undefined {
  const builder = new RenderedTextBuilder()
  try {
    if (servers.kind !== 'list') return undefined
    renderExtra(builder, extraConfig)
    for (const [index, server] of servers.items.entries()) {
      if (index > 0) builder.write('\n', placeOf(server))
      renderServer(builder, server)
    }
  } catch (error) {
    if (error instanceof NotRendered) return undefined
    throw error
  }
  const rendered = builder.build()
  return rendered.text === '' ? undefined : rendered
}

/** A line for each pair, in the order of the keys, as templates range over maps. */
function renderExtra(builder: RenderedTextBuilder, extra: ChartValue | undefined): void {
  if (isEmpty(extra)) return
  if (extra?.kind !== 'map') throw new NotRendered()
  const lines = [...extra.entries.values()].toSorted((a, b) => (a.key.text < b.key.text ? -1 : 1))
  for (const { key, value } of lines) {
    builder.copy(key)
    if (!isEmpty(value) && value.kind !== 'map') throw new NotRendered()
    renderWord(builder, entry(value, 'parameters'))
    builder.write('\n', key)
  }
}

function renderServer(builder: RenderedTextBuilder, server: ChartValue): void {
  const place = placeOf(server)
  const zones = entry(server, 'zones')
  if (zones && !isEmpty(zones) && zones.kind !== 'list') throw new NotRendered()
  const all = zones?.kind === 'list' ? zones.items : []
  if (all.length === 0) builder.write('.', place)
  for (const [index, zone] of all.entries()) {
    if (zone.kind !== 'map') throw new NotRendered()
    if (index > 0) builder.write(' ', zone.place)
    renderOr(builder, entry(zone, 'scheme'), '', zone.place)
    renderOr(builder, entry(zone, 'zone'), '.', zone.place)
  }
  const port = entry(server, 'port')
  if (port && !isEmpty(port)) {
    builder.write(':', placeOf(port))
    renderOr(builder, port, '', place)
    builder.write(' ', placeOf(port))
  }
  builder.write('{', place)
  const plugins = entry(server, 'plugins')
  if (plugins && !isEmpty(plugins)) {
    if (plugins.kind !== 'list') throw new NotRendered()
    for (const plugin of plugins.items) renderPlugin(builder, plugin)
  }
  builder.write('\n}', place)
}

function renderPlugin(builder: RenderedTextBuilder, plugin: ChartValue): void {
  const name = entry(plugin, 'name')
  if (name?.kind !== 'scalar' || name.isEmpty) throw new NotRendered()
  builder.write('\n    ', name.written)
  builder.copy(name.written)
  renderWord(builder, entry(plugin, 'parameters'))
  const block = entry(plugin, 'configBlock')
  if (!block || isEmpty(block)) return
  if (block.kind !== 'scalar') throw new NotRendered()
  builder.write(' {', name.written)
  const { written } = block
  for (let at = 0; at <= written.text.length; ) {
    const lineBreak = written.text.indexOf('\n', at)
    const end = lineBreak === -1 ? written.text.length : lineBreak
    builder.write('\n        ', written)
    builder.copy(written, { start: at, end })
    at = end + 1
  }
  builder.write('\n    }', name.written)
}

/** `{{ if .x }} {{ .x }}{{ end }}` */
function renderWord(builder: RenderedTextBuilder, value: ChartValue | undefined): void {
  if (!value || isEmpty(value)) return
  builder.write(' ', placeOf(value))
  renderOr(builder, value, '', placeOf(value))
}

/** `{{ default "x" .x }}` */
function renderOr(builder: RenderedTextBuilder, value: ChartValue | undefined, or: string, place: InnerText): void {
  if (!value || isEmpty(value)) builder.write(or, place)
  else if (value.kind === 'scalar') builder.copy(value.written)
  else throw new NotRendered()
}

function entry(value: ChartValue, key: string): ChartValue | undefined {
  return value.kind === 'map' ? value.entries.get(key)?.value : undefined
}

function isEmpty(value: ChartValue | undefined): boolean {
  if (!value) return true
  if (value.kind === 'scalar') return value.isEmpty
  if (value.kind === 'list') return value.items.length === 0
  return value.kind === 'map' && value.entries.size === 0
}

function placeOf(value: ChartValue): InnerText {
  if (value.kind === 'unknown') throw new NotRendered()
  return value.kind === 'scalar' ? value.written : value.place
}
