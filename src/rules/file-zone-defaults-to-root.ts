import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without a zone of its own a file is read for the zones of its block (plugin/file/setup.go fileParse). */
export default defineRule({
  id: 'file-zone-defaults-to-root',
  severity: 'warning',
  effects: ['misbehaves'],
  check({ servers, report }) {
    for (const file of servers.plugins('file')) {
      const [path, zone] = file.args
      if (path === undefined || !path.known || zone !== undefined) continue
      const { zones, keys } = file.block
      if (keys.some(({ known }) => !known) || zones.length === 0 || zones.some((own) => own !== '.')) continue
      const base = path.value.split('/').at(-1) ?? ''
      if (isOfRoot(base)) continue
      const named = zoneNamed(base)
      report({
        at: path.place,
        message: `${path.value} is read as the zone ".", so its names are served as names below the root: ${named === null ? 'write its zone behind it' : `write file ${path.value} ${named}`}`,
        help: 'Names of a zone file that do not end in a dot get the zone behind them. A zone that is named here, or a server block of its own, says which.',
      })
    }
  },
})

/** Whether the file may well be the root zone. */
function isOfRoot(base: string): boolean {
  return /(?:^|[._-])root(?:[._-]|$)|^named\.ca$|^\.?$|[{}]/i.test(base)
}

/** The zone that a file is named after, as `db.example.org` and `example.org.zone` are. */
function zoneNamed(base: string): string | null {
  const name = base.replace(/^(?:db|zone|zones)\./, '').replace(/\.(?:db|zone|txt|signed|hosts|conf)$/, '')
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name) && name !== base ? name : null
}

export const text: RuleText = {
  summary: 'A zone file that is served as the root zone',
  why: '`file` without a zone behind the path serves the file for the zones of its block. In the block of "." that is the root: `www` in the file is then the name `www.`, and www.example.org does not exist.',
  links: ['coredns/coredns#2880', 'ori-edge/k8s_gateway#155', 'plugin/file/setup.go fileParse'],
  examples: [
    {
      bad: '. {\n    file db.example.org\n}\n',
      good: '. {\n    file db.example.org example.org\n}\n',
    },
    {
      bad: '.:5353 {\n    file /etc/coredns/lan.zone\n    forward . 10.0.0.53\n}\n',
      good: '.:5353 {\n    file /etc/coredns/lan.zone lan\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
