import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formats } from '../src/node/reporters.ts'
import { run } from './cli/program.ts'
import { directoryWith } from './node/directory.ts'

// What a pull request says reaches terminals, logs of workflows, summaries and comments. Each test looks at every format.

/** What a name in a Corefile may hold without a blank, one of each thing that some reader would obey. */
const nasty = [
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u009b2J',
  '\u202e',
  '::error::pwn',
  '::add-mask::x',
  '##[add-mask]y',
  '##[set-output',
  '<script>alert(1)</script>',
  '</details><img/src=x>',
  '%0A::error::z',
  'a|b',
  '`code`',
  '```',
  '[link](https://evil.example)',
  'https://evil.example',
  '@everyone',
  '&lt;b&gt;',
]

/** A Corefile whose zones, plugins, options and arguments are that, each with findings and a fix beside them. */
const hostile = nasty
  .map(
    (word, index) => `${word}z${index}.org {
    foward . 10.0.0.1 ${word}
    ${word} a
    forward . ${word} {
        ${word}
    }
    cache {
        success ${word}
    }
}
`,
  )
  .join('')

const isText = (format: string) => !['json', 'sarif', 'rdjson'].includes(format)

/** All control characters, and those that hide or reorder text. */
const obeyed = /[^\n\P{Cc}]|[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u

describe.each(formats)('%s', (format) => {
  const report = async (files: Readonly<Record<string, string>>, ...words: string[]) => {
    const cwd = directoryWith({ '.git/': '', ...files })
    const env = { GITHUB_ACTIONS: 'true' }
    const { stdout, stderr } = await run(cwd, ['lint', '--format', format, ...words], { env })
    return { stdout, stderr }
  }

  it('shows what files say and obeys nothing of it', async () => {
    const name = `::error::${'\u001b'}[2J%0A<b>|\`,x=y##[add-mask]z.corefile`
    const { stdout, stderr } = await report({ [name]: hostile, Corefile: hostile })
    expect(stdout + stderr).not.toMatch(obeyed)
    expect(stdout.length).toBeGreaterThan(1000)
    const lines = stdout.split('\n')
    const commands = lines.filter((line) => /^\s*::/.test(line))
    if (format === 'github') {
      expect(commands.length).toBeGreaterThan(10)
      for (const command of commands.slice(0, -1)) {
        expect(command).toMatch(
          /^::(error|warning|notice) file=[^:,]+,line=\d+,endLine=\d+,(col=\d+,endColumn=\d+,)?title=[a-z-]+::/,
        )
      }
      expect(commands.at(-1)).toMatch(/^::notice title=corefile::\d+ more/)
    } else {
      expect(commands).toEqual([])
    }
    // The runner looks for the older form of commands in any line that is none of the newer form.
    expect(lines.filter((line) => line.includes('##[') && !commands.includes(line))).toEqual([])
    if (!isText(format)) expect(JSON.parse(stdout)).toBeTypeOf('object')
  })

  it('hides secrets wherever they are quoted', async () => {
    const key = 'c2VjcmV0LWtleQ=='
    const corefile = `. {
    tsig {
        secret a.example. ${key}
        require ${key} AXFR
        sceret b.example. ${key}
    }
    route53 example.org.:Z1 {
        aws_access_key AKIASECRETID wJalrSECRET extra
    }
    azure group:example.org {
        tenant t
        client i
        secret swordfish more
    }
    foward . ${key} AKIASECRETID
    errors ${key}
    bufsize ${key}
}
`
    const indented = corefile.replace(/^/gm, '    ').trimEnd()
    const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: coredns }\ndata:\n  Corefile: |\n${indented}\n`
    for (const words of [[], ['--fix-unsafe', '--diff'], ['--pedantic', '--coredns', '>=1.9 <1.13']]) {
      const { stdout, stderr } = await report({ Corefile: corefile, 'cm.yaml': manifest }, ...words)
      expect(stdout).not.toBe('')
      for (const secret of [key, 'AKIASECRETID', 'wJalrSECRET', 'swordfish']) {
        expect(stdout + stderr).not.toContain(secret)
        expect(stdout + stderr).not.toContain(encodeURIComponent(secret))
      }
    }
  })

  it('reads nothing outside of the work tree', async () => {
    const outside = directoryWith({ 'secret.conf': 'hidden-word a\n', 'zones/b.conf': 'hidden-word b\n' })
    const cwd = directoryWith({
      'repo/.git/': '',
      'repo/deep/inside.conf': 'inside-word a\n',
      'hidden.conf': 'hidden-word c\n',
    })
    symlinkSync(join(outside, 'secret.conf'), join(cwd, 'repo/deep/link.conf'))
    symlinkSync(join(outside, 'zones'), join(cwd, 'repo/deep/zones'))
    const imports = [
      'inside.conf',
      '../../hidden.conf',
      join(outside, 'secret.conf'),
      'link.conf',
      'zones/*.conf',
      '../../*.conf',
    ]
    const text = `. {\n${imports.map((path) => `    import ${path}\n`).join('')}    foward . 10.0.0.1\n}\n`
    const words = ['lint', '--format', format, '-', '--stdin-filename', 'deep/Corefile']
    const { stdout, stderr } = await run(join(cwd, 'repo'), words, { stdin: text })
    expect(stdout).toContain('inside-word')
    expect(stdout + stderr).not.toContain('hidden-word')
  })

  it('is not blown up by aliases', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const part = level === 0 ? 'foward' : `*l${level - 1}`
      return `l${level}: &l${level} [${Array.from({ length: 10 }, () => part).join(', ')}]`
    })
    const bomb = `apiVersion: v1\nkind: ConfigMap\n${levels.join('\n')}\ndata: { Corefile: *l29, other.server: ". {\\n foward . 1.1.1.1\\n}\\n" }\n`
    const started = performance.now()
    const { stdout, stderr } = await report({ 'cm.yaml': bomb, Corefile: '. {\n    foward . 10.0.0.1\n}\n' })
    expect(performance.now() - started).toBeLessThan(5000)
    expect((stdout + stderr).length).toBeLessThan(100_000)
    expect(stdout).toContain('unknown-plugin')
  })
})

describe('markdown', () => {
  it('has the cells it means and no HTML of a file outside of its fences', async () => {
    const cwd = directoryWith({ Corefile: hostile })
    const { stdout } = await run(cwd, ['lint', '--format', 'markdown'])
    const outside = stdout.replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, '')
    expect(outside.match(/<[^>]*>/g)).toEqual(['<details>', '<summary>', '</summary>', '</details>'])
    const rows = outside.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) expect(row.replace(/\\\\/g, '').match(/(?<!\\)\|/g)?.length).toBe(5)
    const plain = outside.replace(/\\./g, '').replace(/\]\(https:\/\/github\.com\/corefile\/[^)]*\)/g, ']()')
    expect(plain).not.toMatch(/`|\]\((?!\))|https?:\/\/|@(?!&#8203;)/)
  })
})

/** The names that some reader would obey, as far as a Corefile, a source and a manifest may hold them. */
const words = nasty.map((word) => word.replaceAll('\u001b', '\u009b').replaceAll('\u0007', '\u009b'))

/** A server with such names in zones, records, upstreams and comments, and what it becomes when the records go. */
const answering = {
  'old/::error::a\u202e|b.corefile': `# ${nasty.join(' ')}\n. {
    hosts {
${words.map((word, index) => `        10.0.0.${index + 1} ${word}\n`).join('')}        fallthrough
    }
    rewrite name exact \u202ea.org ::error::b.org
    forward . 10.0.0.53
}\n${words.map((word, index) => `${word}z${index}.org {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN TXT ${word}"\n    }\n}\n`).join('')}`,
  'new/::error::a\u202e|b.corefile': `. {\n    forward . 10.0.0.54\n}\n`,
  'pod.yaml': JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: '::error::\u202epod\u001b[31m', namespace: '##[x' },
    spec: {
      dnsPolicy: '::error::\u009b',
      containers: [{ name: 'a', image: 'b' }],
      dnsConfig: { searches: words },
      hostAliases: [{ ip: '10.0.0.1', hostnames: words }],
    },
  }),
  'dnsmasq.conf': words.map((word, index) => `address=/${word}.org/10.0.0.${index}\nnot-${word}=x\n`).join(''),
  'aliases.yaml': JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: words[0] },
    spec: {
      template: { spec: { hostAliases: words.map((word, index) => ({ ip: `10.0.1.${index}`, hostnames: [word] })) } },
    },
  }),
  'changes.yaml': `changes:\n${words.map((word) => `  - query: ${JSON.stringify(word)}\n    expect: { outcome: nxdomain }\n    reason: ${JSON.stringify(word)}\n`).join('')}`,
  'queries.txt': words.map((word) => `${word} A\n`).join(''),
  'corefile_test.yaml': `corefile: new/::error::a\u202e|b.corefile\ntests:\n${words.map((word) => `  - query: ${JSON.stringify(`${word}.org A`)}\n    expect: { records: [${JSON.stringify(word)}] }\n`).join('')}`,
}

describe('answers', () => {
  const [old, later] = Object.keys(answering)
  const questions: readonly (readonly string[])[] = [
    ['trace', words[3] ?? '', old ?? ''],
    ['trace', `${words[5]}z5.org`, '--type', 'TXT', old ?? ''],
    ['trace', '--queries', 'queries.txt', old ?? '', later ?? ''],
    ['trace', words[5] ?? '', '--from-pod', 'pod.yaml', old ?? ''],
    ['trace', 'zz', '--from-pod', 'pod.yaml', old ?? ''],
    ['compare', old ?? '', later ?? ''],
    ['compare', 'old', 'new', '--expect', 'changes.yaml'],
    ['compare', old ?? '', later ?? '', '--probes', 'queries.txt'],
    ['compare', 'dnsmasq.conf', old ?? ''],
    ['test'],
  ]

  it.each(questions)('of %s are shown and not obeyed: %j', async (...command) => {
    const cwd = directoryWith({ '.git/': '', ...answering })
    for (const format of ['pretty', 'json']) {
      const asked = [...command, '--format', format]
      const { code, stdout, stderr } = await run(cwd, asked, { env: { GITHUB_ACTIONS: 'true' } })
      expect(code).toBeLessThan(2)
      expect(stdout.length).toBeGreaterThan(50)
      expect(stdout + stderr).not.toMatch(obeyed)
      expect(stdout + stderr).not.toMatch(/^\s*::|##\[/m)
    }
  })

  it.each([
    ['corefile_test.yaml', ['test']],
    ['e.yaml', ['compare', 'Corefile', 'Corefile', '--expect', 'e.yaml']],
    ['s.yaml', ['trace', 'a', 'Corefile', '--services', 's.yaml']],
    ['c.yaml', ['trace', 'a', 'Corefile', '--config', 'c.yaml']],
    ['b.json', ['lint', 'Corefile', '--baseline', 'b.json']],
  ])('mistakes in %s are told without being obeyed', async (name, command) => {
    for (const word of nasty) {
      const text = `"${JSON.stringify(word).slice(1, -1)}": 1\nquery: ${word}\n\ttests: [`
      for (const broken of [text, `${JSON.stringify(word)}: 1\n`, `tests: ${JSON.stringify([{ [word]: word }])}\n`]) {
        const cwd = directoryWith({ Corefile: '. {\n    whoami\n}\n', [name]: broken })
        const { code, stdout, stderr } = await run(cwd, command, { env: { GITHUB_ACTIONS: 'true' } })
        expect(code).toBeLessThan(3)
        expect(stdout + stderr).not.toMatch(obeyed)
        expect(stdout + stderr).not.toMatch(/^\s*::|##\[/m)
      }
    }
  })

  it('are not made of files outside of the work tree', async () => {
    const cwd = directoryWith({
      'hosts.outside': '10.9.9.9 a.example\n',
      'repo/.git/': '',
      'repo/root/etc/': '',
      'repo/hosts.inside': '10.1.1.1 a.example\n',
    })
    symlinkSync('../hosts.outside', join(cwd, 'repo/link'))
    symlinkSync('../../../hosts.outside', join(cwd, 'repo/root/etc/link'))
    const answer = async (path: string, ...more: string[]) => {
      const stdin = `. {\n    hosts ${path}\n}\n`
      writeFileSync(join(cwd, 'repo/Corefile'), stdin)
      return (await run(join(cwd, 'repo'), ['trace', 'a.example', 'Corefile', ...more])).stdout
    }
    expect(await answer('hosts.inside')).toContain('10.1.1.1')
    const outside = [
      await answer('../hosts.outside'),
      await answer('link'),
      await answer(join(cwd, 'hosts.outside')),
      await answer('/etc/link', '--root', 'root'),
      await answer('/../../hosts.outside', '--root', 'root'),
    ]
    for (const stdout of outside) expect(stdout).not.toContain('10.9.9.9')
  })

  it('end for aliases, nesting, loops and templates that go on for ever', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const bomb = `l0: &l0 [x, x]\n${Array.from({ length: 40 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]\n`).join('')}`
    const files = {
      Corefile: `. {
    rewrite continue name a.example b.example
    rewrite continue name b.example a.example
    rewrite name regex (a+)+$ b
    template IN A c.example {
        answer "{{ .Name }} 60 IN CNAME d.example"
    }
    template IN A d.example {
        answer "{{ .Name }} 60 IN CNAME c.example"
    }
    template IN A e.example {
        answer "{{ range 1000000000000 }}{{ range 1000000000000 }}x{{ end }}{{ end }} 60 IN A 10.0.0.1"
    }
    forward . 127.0.0.1
}
`,
      'deep.yaml': `corefile: Corefile\ntests: ${deep}\n`,
      'bomb.yaml': `${bomb}tests: *l40\n`,
      'self.yaml': 'tests: &a\n  - query: a A\n    expect: &e { not: *e }\n  - *a\n',
      'dnsmasq.conf': 'conf-file=dnsmasq.conf\ncname=a,b\ncname=b,a\naddress=/a/10.0.0.1\n',
    }
    const cwd = directoryWith(files)
    for (const name of [
      'a.example',
      'c.example',
      'e.example',
      `${'a'.repeat(60)}.${'a'.repeat(60)}.${'a'.repeat(60)}`,
    ]) {
      expect((await run(cwd, ['trace', name, 'Corefile'])).code).toBe(0)
    }
    for (const bad of ['deep.yaml', 'bomb.yaml', 'self.yaml']) {
      for (const command of [
        ['test', bad],
        ['compare', 'Corefile', 'Corefile', '--expect', bad],
        ['trace', 'a', 'Corefile', '--from-pod', bad],
        ['migrate', bad],
      ]) {
        const { code, stderr } = await run(cwd, command)
        expect([bad, command[0], code]).toEqual([bad, command[0], 2])
        expect(stderr.length).toBeLessThan(2000)
      }
    }
    expect((await run(cwd, ['trace', 'a', 'Corefile', '--services', 'bomb.yaml'])).code).toBe(2)
    expect((await run(cwd, ['migrate', 'dnsmasq.conf'])).code).toBeLessThan(4)
  })
})

describe('migrations', () => {
  const secret = { password: 'hunter2hunter2', inUrl: 'urlsecret99', key: 'c2VjcmV0LWtleQ==' }
  const skydns = `apiVersion: apps/v1
kind: Deployment
metadata: { name: skydns }
spec:
  template:
    spec:
      containers:
        - name: skydns
          image: skynetservices/skydns:2.5.3a
          args: [-etcd3, -machines=https://u:${secret.inUrl}@10.0.0.9:4001, -username=root, -password=${secret.password}]
          env: [{ name: ETCD_PASSWORD, value: ${secret.password} }]
`
  const target = `. {\n    tsig {\n        secret a.example. ${secret.key}\n    }\n    forward . 10.0.0.1\n}\n`

  it('show what sources say and obey nothing of it', async () => {
    const env = { GITHUB_ACTIONS: 'true', NO_COLOR: '1' }
    const cwd = directoryWith({ '.git/': '', ...answering })
    for (const source of ['dnsmasq.conf', 'aliases.yaml', Object.keys(answering)[0] ?? '']) {
      for (const format of ['corefile', 'json', 'configmap']) {
        const command = ['migrate', source, '--format', format, '--report', 'report.md']
        const { stdout, stderr } = await run(cwd, command, { env, terminal: true })
        const shown = (stdout + stderr).replace('\r\u001b[K', '')
        expect(shown).not.toMatch(obeyed)
        expect(stderr).not.toMatch(/^\s*::|##\[/m)
      }
    }
    const report = readFileSync(join(cwd, 'report.md'), 'utf8')
    const outside = report.replace(/^```sh\n[\s\S]*?^```$/gm, '')
    expect(outside).not.toMatch(obeyed)
    expect(new Set(outside.match(/<[^>]*>/g))).toEqual(new Set(['<code>', '</code>']))
    const rows = outside.split('\n').filter((line) => line.includes('<code>') && line.startsWith('|'))
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) expect(row.replace(/\\\\/g, '').match(/(?<!\\)\|/g)?.length).toBe(6)
  })

  it('hide secrets in all but what is applied', async () => {
    const cwd = directoryWith({ 'sky.yaml': skydns, Corefile: target, 'a.hosts': '10.0.0.1 a.example.org\n' })
    const made = await run(cwd, ['migrate', 'sky.yaml', '--report', 'report.md'])
    expect(made.stdout).toContain(secret.password)
    const told = made.stderr + readFileSync(join(cwd, 'report.md'), 'utf8')
    const json = await run(cwd, ['migrate', 'sky.yaml', '--format', 'json'])
    const items = JSON.stringify({ ...JSON.parse(json.stdout), corefile: '', diff: '' })
    for (const text of [told, items]) {
      for (const word of Object.values(secret)) expect(text).not.toContain(word)
    }
    const command = ['migrate', 'a.hosts', '--into', 'Corefile']
    const piped = await run(cwd, command)
    expect(piped.stdout).toContain(secret.key)
    const shown = await run(cwd, command, { terminal: true })
    expect(shown.stdout).toContain('***')
    expect(shown.stdout + piped.stderr + shown.stderr).not.toContain(secret.key)
  })
})
