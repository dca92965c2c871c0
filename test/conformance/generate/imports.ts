import type { Random } from './random.ts'

const patterns = [
  'snip',
  'snip',
  'snip',
  'other',
  'missing',
  'common.conf',
  './common.conf',
  'servers/*.server',
  'servers/one.server',
  'servers/?ne.server',
  'servers/*.*',
  'servers',
  'servers/*',
  '*/one.server',
  'servers/[ot]*.server',
  'overrides/*.override',
  'overrides/hosts.override',
  'properties.inc',
  'nodir/*.conf',
  '*.missing',
  'empty',
  'hosts.txt',
  '""',
  '"common.conf"',
  'common.conf common.conf',
  '',
  '{$UNSET}',
  '{$UNSET}common.conf',
  '/nodir/*',
  'Corefile',
  '(snip)',
]
const snippetHeads = [
  '(snip) {',
  '(snip) {',
  '(snip) {',
  '(snip)\n{',
  '(snip)',
  '( snip ) {',
  '() {',
  '(snip {',
  '("snip") {',
  '(snip) (other) {',
  '(snip), {',
  '"(snip)" {',
]
const snippetBodies = [
  'errors\n  log',
  'whoami',
  '',
  'forward . 192.0.2.1 {\n    max_fails 2\n  }',
  'max_fails 3',
  '192.0.2.9 a.example.org',
  'fallthrough',
  'import other',
  'import snip',
  'import common.conf',
  'example.net {\n    whoami\n  }',
  'nonsense',
  '}',
  '{',
  'hosts {',
  'cache x',
]
const users = [
  (line: string) => `. {\n  ${line}\n}\n`,
  (line: string) => `. {\n  ${line}\n  whoami\n}\n`,
  (line: string) => `. {\n  errors\n  ${line}\n  ${line}\n}\n`,
  (line: string) => `. {\n  forward . 192.0.2.1 {\n    ${line}\n  }\n}\n`,
  (line: string) => `. {\n  hosts {\n    ${line}\n    fallthrough\n  }\n}\n`,
  (line: string) => `${line}\n. {\n  whoami\n}\n`,
  (line: string) => `. {\n  whoami\n}\n${line}\n`,
  (line: string) => `${line}\n`,
  (line: string) => `${line} {\n  whoami\n}\n`,
  (line: string) => `. { ${line}\n}\n`,
  (line: string) => `. {\n  log ${line}\n}\n`,
  (line: string) => `a.example ${line} {\n  whoami\n}\n`,
]

/** Corefiles with snippets and imports. */
export function importTexts(random: Random, count: number): string[] {
  const snippet = (head: string) =>
    `${head}\n  ${random.one(snippetBodies)}\n${random.chance(0.9) ? '}' : random.one(['', '}}', '} }'])}\n`
  return Array.from({ length: count }, () => {
    const other = random.chance(0.3) ? snippet('(other) {') : ''
    const first = random.chance(0.75) ? snippet(random.chance(0.75) ? '(snip) {' : random.one(snippetHeads)) : ''
    const again = random.chance(0.05) ? snippet('(snip) {') : ''
    const use = random.one(users)(
      `${random.chance(0.95) ? 'import' : random.one(['Import', '"import"', 'imports'])} ${random.one(patterns)}`,
    )
    const second = random.chance(0.3) ? random.one(users)(`import ${random.one(patterns)}`) : ''
    return random.chance(0.9) ? other + first + again + use + second : other + use + first + second
  })
}
