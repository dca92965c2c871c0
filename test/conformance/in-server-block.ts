import type { Case } from './case.ts'

/** Cases that are one server block each, `. { ... }`, by id without the plugin's name, which goes in front; the value is what stands in the block. */
export function inServerBlock(
  plugin: string,
  blocks: Readonly<Record<string, string>>,
  files?: Readonly<Record<string, string>>,
): Case[] {
  return Object.entries(blocks).map(([id, block]) => ({
    id: `${plugin}-${id}`,
    text: `. {\n${block.replace(/^(?=.)/gm, '  ')}\n}\n`,
    ...(files === undefined ? {} : { files }),
  }))
}

/** Cases that are one line in the block of a plugin each, by id without the plugin's name; `head` is the plugin with its words. */
export function inPluginBlock(
  plugin: string,
  head: string,
  lines: Readonly<Record<string, string>>,
  files?: Readonly<Record<string, string>>,
): Case[] {
  const blocks = Object.entries(lines).map(([id, line]) => [id, `${head} {\n${line.replace(/^(?=.)/gm, '  ')}\n}`])
  return inServerBlock(plugin, Object.fromEntries(blocks), files)
}
