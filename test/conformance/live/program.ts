import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** A server that runs, until it is stopped or ends by itself. */
export interface Program {
  /** What it wrote so far, both streams together. */
  output(): string
  /** Its status and all it wrote, once it has ended. */
  readonly ended: Promise<Ended>
  /** Asks it to end, and kills it where it does not in time; answers how long that took, in milliseconds. */
  stop(): Promise<number>
}

/** How a program ended: `status` is null where a signal did it. */
export interface Ended {
  readonly status: number | null
  readonly output: string
}

/** How a program is started. */
export interface ProgramOptions {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  /** It serves as soon as its output has this. */
  readonly ready: RegExp
  /** What ends it, for a program that does not listen to SIGTERM. */
  readonly signal?: 'SIGTERM' | 'SIGKILL'
}

const START = 20_000
const STOP = 15_000

/** Every program that runs now: none outlives this process. */
const running = new Set<ChildProcessByStdio<null, Readable, Readable>>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
let isWatching = false

/** A signal ends a process without `exit`, unless somebody listens. */
function endOnSignals(): void {
  if (isWatching) return
  isWatching = true
  for (const [signal, number] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(128 + number))
}

/**
 * Starts a server and waits until it serves, or has ended. Throws where it cannot be run, and where it does neither in 20 seconds.
 */
export async function startProgram(
  command: string,
  args: readonly string[],
  { folder, environment = {}, ready, signal = 'SIGTERM' }: ProgramOptions,
): Promise<Program> {
  const env = { PATH: process.env.PATH, HOME: folder, ...environment }
  endOnSignals()
  // A server whose queries go round must find its limit soon.
  const limited = ['-c', 'ulimit -n 2000; exec "$0" "$@"', command, ...args]
  const child = spawn('sh', limited, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let output = ''
  let serves = () => {}
  const serving = new Promise<void>((resolve) => {
    serves = resolve
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      // A server that goes round writes for ever; its first words say why.
      if (output.length < 1_000_000) output += part
      if (ready.test(output)) serves()
    })
  }
  let failure: Error | null = null
  const ended = new Promise<Ended>((resolve) => {
    child.on('error', (error) => {
      failure = error
      resolve({ status: null, output })
    })
    child.on('close', (status) => resolve({ status, output }))
  }).finally(() => running.delete(child))

  const program: Program = {
    output: () => output,
    ended,
    async stop() {
      const asked = Date.now()
      child.kill(signal)
      if ((await within(ended, STOP)) === null) child.kill('SIGKILL')
      await ended
      return Date.now() - asked
    },
  }
  const first = await within(Promise.race([serving.then(() => true), ended.then(() => true)]), START)
  if (failure !== null) throw failure
  if (first === null) {
    child.kill('SIGKILL')
    throw new Error(`${command} neither serves nor ends after ${START / 1000} seconds:\n${output}`)
  }
  return program
}

/** What a promise gives in time, else null. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
