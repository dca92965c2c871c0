import { writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { lint } from '../lint/run.ts'
import { configurationName, findConfiguration } from '../node/configuration.ts'
import { reasonOf } from '../node/files.ts'
import { firstConfiguration } from '../node/first-configuration.ts'
import { prepare } from '../node/prepare.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { counted } from '../report/words.ts'
import { rules } from '../rules/index.ts'
import { visible } from '../text/width.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** `corefile init`: a first `.corefile.yaml` from what the files below the working directory say. */
export const init: Command = {
  name: 'init',
  summary: `write a ${configurationName} from what is here`,
  description: `Looks at the files below the working directory and writes a commented ${configurationName} there: what they say of the cluster is filled in, all else can be taken up. One that is there is never overwritten.`,
  operands: { name: '', description: '', most: 0 },
  options: [],
  epilogue: `Exit codes:
  0  the file was written
  2  there is one already, or it cannot be written

Then:
  corefile lint --print-config FILE   what counts for a file, and who says so
  corefile lint --update-baseline     accept the findings that are there now
`,
  run: runInit,
}

async function runInit(_args: Arguments, io: Io): Promise<ExitCode> {
  const path = resolve(io.cwd, configurationName)
  const existing = findConfiguration(io.cwd)
  if (existing !== null) {
    const shown = relative(io.cwd, existing)
    throw new WrongUsage(
      `${shown} is there already, and counts here: corefile lint --print-config FILE shows what it says`,
    )
  }
  const prepared = await prepare(['.'], { cwd: io.cwd }, rules)
  const result = await lint(prepared.files, prepared.options)
  const text = await firstConfiguration(prepared, result)
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    throw new WrongUsage(`cannot write ${configurationName}: ${reasonOf(error)}`)
  }
  const findings = result.files.reduce((sum, file) => sum + file.findings.length, 0)
  const next =
    findings === 0
      ? `next: ${io.program} lint`
      : `${counted(findings, 'finding')} in them: ${io.program} lint shows, ${io.program} lint --update-baseline accepts what is there`
  tell(io, `wrote ${configurationName} for ${counted(result.summary.files, 'file')} with Corefiles; ${next}`)
  return exitCode.fine
}

function tell(io: Io, message: string): void {
  io.stderr.write(`${io.program}: ${visible(message)}\n`)
}
