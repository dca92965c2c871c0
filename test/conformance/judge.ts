import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Case } from './case.ts'
import type { RecordedBlock, RecordedError, RecordedServer } from './record.ts'

/** What the judge answers to a case; see `answer` in judge/main.go. */
export interface Answer {
  readonly id: string
  readonly accepted: boolean
  readonly class?: string
  readonly plugin?: string
  readonly file?: string
  readonly line?: number
  readonly message?: string
  readonly log?: readonly string[]
  readonly servers?: readonly RecordedServer[]
  readonly parse?: { readonly blocks: readonly RecordedBlock[]; readonly error: RecordedError | null }
}

/** Most judges spend their time waiting, so several work at once on a large number of cases. */
const mostJudges = 4
const fewestCases = 500

/**
 * Asks a judge about all cases; the answers are in the order of the cases. A judge that ends early is started
 * again for the rest. With status 3 it gave up after its last answer; else a plugin ended the process, which is
 * class `panic` for the case it was at. Throws if the judge cannot be started or itself does not work.
 */
export async function judgeAll(program: string, cases: readonly Case[]): Promise<Answer[]> {
  const judges = Math.max(1, Math.min(mostJudges, Math.floor(cases.length / fewestCases)))
  const share = Math.ceil(cases.length / judges)
  const shares = Array.from({ length: judges }, (_, number) => cases.slice(number * share, (number + 1) * share))
  return (await Promise.all(shares.map((each) => judgeShare(program, each)))).flat()
}

async function judgeShare(program: string, cases: readonly Case[]): Promise<Answer[]> {
  const answers: Answer[] = []
  while (answers.length < cases.length) {
    const rest = cases.slice(answers.length)
    const { given, gaveUp, complaint } = await askOnce(program, rest)
    answers.push(...given)
    const next = rest[given.length]
    if (next !== undefined && !gaveUp) {
      answers.push({ id: next.id, accepted: false, class: 'panic', message: `the process ended: ${complaint}` })
    }
  }
  return answers
}

interface Given {
  readonly given: readonly Answer[]
  /** The judge ended after its last answer because it could not stop the work for it. */
  readonly gaveUp: boolean
  readonly complaint: string
}

async function askOnce(program: string, cases: readonly Case[]): Promise<Given> {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'pipe'] })
  // A judge that ends early no longer reads; what it answered until then is kept.
  child.stdin.on('error', () => {})
  child.stdin.end(cases.map((each) => `${JSON.stringify(each)}\n`).join(''))
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 2000)
  })
  const ended = new Promise<Error | number | null>((resolve) => {
    child.on('error', resolve)
    child.on('close', resolve)
  })
  const given: Answer[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const answer: Answer = JSON.parse(line)
    if (answer.id !== cases[given.length]?.id) throw new Error(`the judge answered ${answer.id} out of turn`)
    given.push(answer)
  }
  const status = await ended
  if (status instanceof Error) throw status
  const reason = complaint.split('\n').find((line) => /^(panic|fatal error|judge):/.test(line)) ?? ''
  if (reason.startsWith('judge:')) throw new Error(reason)
  return { given, gaveUp: status === 3, complaint: reason }
}
