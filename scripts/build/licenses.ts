import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/** The folder of the package that a bundled file belongs to, or undefined for a file of this project. */
function packageFolder(file: string): string | undefined {
  if (!/[\\/]node_modules[\\/]/.test(file)) return undefined
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    // A package.json without a name only sets the module type of a folder.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name !== undefined) return folder
  }
  return undefined
}

/**
 * Names, versions and licenses of the packages that the given files were bundled from, each license text once under all
 * packages that it covers; throws for a package without one. The same files give the same text.
 */
export function thirdPartyLicenses(modules: Iterable<string>): string {
  const folders = new Set([...modules].map(packageFolder).filter((folder) => folder !== undefined))
  const packagesByText = new Map<string, string[]>()
  for (const { title, text } of [...folders].map(license).sort((a, b) => (a.title < b.title ? -1 : 1))) {
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), title])
  }
  const sections = [...packagesByText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`)
  return ['The bundles of corefile contain these packages.\n', ...sections].join(`\n${'-'.repeat(80)}\n\n`)
}

function license(folder: string): { title: string; text: string } {
  const { name, version, license }: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file))
  if (license === undefined || files.length === 0) throw new Error(`${name} ${version} comes without a license`)
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') }
}
