import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { agreementTable, compareSuites, writeAgreementPage } from './agreement-page.ts'
import { buildJudge, compareReleases } from './build.ts'
import type { Case, Suite } from './case.ts'
import { fingerprint, loadSuite, suiteNames } from './case.ts'
import { recordOptions } from './dnsmasq-options/record.ts'
import { writeGenerated } from './generate/write.ts'
import { judgeAll } from './judge.ts'
import { recordKubeDns } from './kube-dns/record.ts'
import { askClaims } from './live/ask-claims.ts'
import { recordReloads } from './live/record-restart.ts'
import { runMigrate } from './migrate/run-migrate.ts'
import type { Outcome } from './record.ts'
import {
  formatRecording,
  formatVerdicts,
  outcomeAt,
  outcomeOf,
  readRecording,
  record,
  recordingFile,
} from './record.ts'
import { runResolver } from './resolver/run-resolver.ts'
import { runSkyDns } from './skydns/run-skydns.ts'

const usage = `npm run conformance -- [--release R]... [--suite S]... [--new | --check] [--agreement]
                          [--compare] [--generate] [--show ID]
       npm run conformance -- live [--rule ID] [--check]
       npm run conformance -- restart [--check]
       npm run conformance -- dnsmasq-options FOLDER [--check]
       npm run conformance -- kube-dns FOLDER [--check]
       npm run conformance -- migrate [FOLDER] [--check]
       npm run conformance -- skydns FOLDER [--check]
       npm run conformance -- resolver [--release R]... [--suite S]... [--check | --compare | --seed N]

Asks real CoreDNS releases about the cases of test/conformance/cases, records what they say in
test/conformance/verdicts, and ends with how often we say the same. Needs Go and its module proxy
(or a warm module cache).

--release R  a release to ask, 1.11.1; without it all that the suite was judged at before
--suite S    a suite by name, or a module (.ts) that exports cases; without it every suite
--new        judge only cases without a recorded verdict
--check      judge again, write nothing, and fail if anything is not as recorded
--compare    ask nobody; compare what we say with what is recorded
--agreement  write docs/agreement.md too
--generate   make the texts of the suite "generated" anew from the grammar, and end
--show ID    print a case as the server gets it, and what was recorded of it

With live it starts real servers with the examples of rules and records how they answer
(test/conformance/live).

--rule ID    only about one rule

With restart it gives running servers another text and records what they take over by themselves.

With resolver it asks real servers with generated configurations who answers which name, records
that, and compares it with what our models say (test/conformance/resolver); suites: coredns, corpus,
dnsmasq.

--seed N     ask about other configurations than the recorded ones, and record nothing

With migrate it translates generated sources, lets the target release judge every result, and asks
dnsmasq and the result side by side (test/conformance/migrate); FOLDER has further dnsmasq releases, and
the sources of kubernetes/dns for a whole kube-dns.

With dnsmasq-options FOLDER it asks the dnsmasq releases that were made in a folder, FOLDER/2.90/src/dnsmasq
and others, which options they start with; with kube-dns FOLDER the sources of kube-dns releases,
FOLDER/1.26.7 and others, which ConfigMaps they take.

With skydns FOLDER it asks the SkyDNS of these sources, on an etcd of the machine, and records what it
answers (test/conformance/skydns).
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    release: { type: 'string', multiple: true },
    suite: { type: 'string', multiple: true },
    new: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    agreement: { type: 'boolean', default: false },
    generate: { type: 'boolean', default: false },
    show: { type: 'string' },
    rule: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const suites = positionals.length > 0 ? [] : await Promise.all((values.suite ?? suiteNames()).map(loadSuite))
if (values.help) {
  process.stdout.write(usage)
} else if (positionals[0] === 'live') {
  if (!(await askClaims(values))) process.exitCode = 1
} else if (positionals[0] === 'restart') {
  if (!(await recordReloads(values.check ?? false))) process.exitCode = 1
} else if (positionals[0] === 'resolver') {
  if (!(await runResolver(values))) process.exitCode = 1
} else if (positionals[0] === 'migrate') {
  if (!(await runMigrate({ folder: positionals[1] ?? null, check: values.check }))) process.exitCode = 1
} else if (positionals[0] === 'dnsmasq-options') {
  if (!recordOptions(positionals[1] ?? '', values.check)) process.exitCode = 1
} else if (positionals[0] === 'skydns') {
  if (!(await runSkyDns({ folder: positionals[1] ?? '.', check: values.check }))) process.exitCode = 1
} else if (positionals[0] === 'kube-dns') {
  if (!recordKubeDns(positionals[1] ?? '', values.check)) process.exitCode = 1
} else if (values.generate) {
  console.log(`${writeGenerated()} texts`)
} else if (values.show !== undefined) {
  for (const suite of suites) show(suite, values.show)
} else {
  const failed: string[] = []
  for (const suite of suites) {
    if (!values.compare && !(await run(suite, values.release, values.check))) failed.push(suite.name)
  }
  const agreement = compareSuites(suites, values.release)
  process.stdout.write(agreementTable(agreement))
  if (values.agreement) writeAgreementPage(agreement)
  if (failed.length > 0) {
    console.error(`not as recorded: ${failed.join(', ')}`)
    process.exitCode = 1
  }
}

/** Judges a suite and records or checks it; false if a check found a difference. */
async function run(suite: Suite, asked: readonly string[] | undefined, check: boolean): Promise<boolean> {
  const before = readRecording(suite.name)
  const judged = asked ?? before.releases
  if (judged.length === 0) throw new Error(`${suite.name} was not judged before: name a --release`)
  const answers = new Map<string, Map<string, Outcome>>()
  for (const release of judged) {
    const isAsked = (each: Case) => {
      const known = before.cases[each.id]
      return !values.new || known?.of !== fingerprint(each) || known.verdicts[release] === undefined
    }
    answers.set(release, await judgeAt(release, suite.cases.filter(isAsked)))
  }

  const releases = [...new Set([...before.releases, ...judged])].sort(compareReleases)
  const cases = suite.cases.map((each) => {
    const of = fingerprint(each)
    const known = before.cases[each.id]
    const outcomes = new Map<string, Outcome>()
    for (const release of releases) {
      const outcome = answers.get(release)?.get(each.id)
      if (outcome !== undefined) outcomes.set(release, outcome)
      else if (known?.of === of && release in known.verdicts) outcomes.set(release, outcomeAt(known, release))
    }
    const recorded = record(of, outcomes)
    return [each.id, suite.records === 'all' ? recorded : { of, verdicts: recorded.verdicts }] as const
  })
  const format = suite.records === 'all' ? formatRecording : formatVerdicts
  const text = format({ releases, cases: Object.fromEntries(cases) })

  const file = recordingFile(suite.name)
  const old = existsSync(file) ? readFileSync(file, 'utf8') : ''
  for (const [id, now] of cases) {
    if (JSON.stringify(now) === JSON.stringify(before.cases[id])) continue
    const was = before.cases[id]
    console.log(`${suite.name} ${id}: ${was ? `${summary(was.verdicts)} -> ` : ''}${summary(now.verdicts)}`)
  }
  const lacking = cases.filter(([, { verdicts }]) => releases.some((release) => verdicts[release] === undefined)).length
  if (lacking > 0) console.log(`${suite.name}: ${lacking} cases lack a verdict of one of ${releases.join(', ')}`)
  if (check) return text === old
  if (text !== old) writeFileSync(file, text)
  return true
}

async function judgeAt(release: string, cases: readonly Case[]): Promise<Map<string, Outcome>> {
  if (cases.length === 0) return new Map()
  const started = Date.now()
  const answers = await judgeAll(buildJudge(release), cases)
  const counts = new Map<string, number>()
  for (const answer of answers) {
    const name = answer.accepted ? 'ok' : (answer.class ?? '')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${count} ${name}`)
  console.error(`${release}: ${parts.join(', ')} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return new Map(answers.map((answer, i) => [answer.id, outcomeOf(answer, cases[i]?.path)]))
}

function summary(verdicts: Readonly<Record<string, string>>): string {
  return [...new Set(Object.values(verdicts))].join(' / ')
}

function show({ name, cases }: Suite, id: string): void {
  const found = cases.find((each) => each.id === id)
  if (found === undefined) return
  const { text, files = {}, env = {}, path = 'Corefile' } = found
  for (const [file, content] of Object.entries({ [path]: text, ...files })) {
    console.log(`--- ${file}\n${JSON.stringify(content)}\n${content}`)
  }
  for (const [variable, value] of Object.entries(env)) console.log(`--- $${variable}=${JSON.stringify(value)}`)
  const recorded = readRecording(name).cases[id]
  if (recorded !== undefined)
    console.log(`--- recorded\n${formatRecording({ releases: [], cases: { [id]: recorded } })}`)
}
