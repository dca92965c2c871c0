import { parseArgs } from 'node:util'
import { compareSource } from './source/compare.ts'
import { openSourceTree } from './source/source-tree.ts'

const usage = `npm run compare-source -- PATH [--release R]

Compares the grammar with the source of a CoreDNS release and lists where they differ: plugins and their order,
words that a plugin's setup compares, and properties that the source does not mention. Fails if there is anything.

PATH         a checkout of CoreDNS, or the module in Go's cache
--release R  the release whose grammar is compared; without it the one that the source calls itself
`

const { values, positionals } = parseArgs({
  options: { release: { type: 'string' }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const [path] = positionals
if (values.help || path === undefined) {
  process.stdout.write(usage)
  process.exitCode = values.help ? 0 : 2
} else {
  try {
    process.exitCode = compare(path, values.release)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
  }
}

function compare(folder: string, named: string | undefined): number {
  const tree = openSourceTree(folder)
  const release = named ?? tree.release
  if (release === null) throw new Error(`${folder} does not say its release: name it with --release`)
  const { differences, notes, plugins, properties } = compareSource(tree, release)
  for (const note of notes) console.log(`note: ${note}`)
  for (const difference of differences) console.log(difference)
  console.log(`${release}: ${plugins} plugins and ${properties} properties compared, ${differences.length} differences`)
  return differences.length === 0 ? 0 : 1
}
