import { Command as CommanderCommand, CommanderError, Option as CommanderOption } from 'commander'
import { tool } from '../report/tool.ts'
import { Arguments, type Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { columnsOf, hasColours, type Io, inWorkflow, withoutPasswords } from './io.ts'

const description =
  'Finds what is wrong in CoreDNS configuration, wherever it lives, at the exact place in the file you edit, and mends it; says who answers a name and which answers a change makes different; moves kube-dns, dnsmasq and hostAliases into a Corefile.'

/**
 * Reads any command line: shows help and version, runs commands, and says what is wrong with a line that cannot be read. Loading
 * commander costs a start some 8 ms, so plain lines do not come here.
 */
export async function runCommander(words: readonly string[], commands: readonly Command[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCode.fine
  const program = new CommanderCommand(io.program)
    .description(description)
    .usage('COMMAND [options]')
    .version(`${tool.name} ${tool.version}`, '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [COMMAND]', 'show the help of a command')
    .addHelpText('after', `\n${startWith(io.program)}`)
  style(program, io)
  for (const command of commands) {
    const sub = program
      .command(command.name)
      .summary(command.summary)
      .description(command.description)
      .usage(`[options] ${command.operands.name}`.trimEnd())
      .helpOption('-h, --help', 'show this help')
      .addHelpText('after', `\n${command.epilogue.replaceAll(/^( *)corefile /gm, `$1${io.program} `)}`)
    if (command.operands.most > 0) sub.argument(operandPattern(command), command.operands.description)
    sub.action(async () => {
      const own = command.isRead ? withoutPasswords(inWorkflow(io, { both: true })) : io
      code = await command.run(argumentsOf(sub.args, sub.opts(), command), own)
    })
    style(sub, io)
    for (const option of optionsOf(command)) sub.addOption(option)
  }
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCode.fine : exitCode.wrongUsage
  }
  return code
}

/** What a person can do first; shown below the help of the program. */
function startWith(program: string): string {
  return `Start with:
  ${program} lint                      check everything below this directory
  ${program} lint --fix-unsafe --diff  see what would be mended
  ${program} fmt --diff .              see what would be laid out otherwise
  ${program} explain forward           what a plugin accepts
`
}

/** Commander's form of what stands behind the options. */
function operandPattern({ operands }: Command): string {
  return operands.most > 1 ? '[operands...]' : '[operand]'
}

function optionsOf(command: Command): CommanderOption[] {
  return command.options.map(({ name, value, optional, description, group, repeatable }) => {
    const term = value === undefined ? '' : optional ? ` [${value}]` : ` <${value}>`
    const option = new CommanderOption(`--${name}${term}`, description)
    option.helpGroup(`${group}:`)
    if (repeatable) option.argParser((word: string, before: string[] | undefined) => [...(before ?? []), word])
    return option
  })
}

function argumentsOf(operands: readonly string[], values: Record<string, unknown>, command: Command): Arguments {
  const options = new Map<string, readonly string[]>()
  for (const { name } of command.options) {
    const value = values[name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]
    if (value !== undefined) options.set(name, value === true ? [''] : [value].flat().map(String))
  }
  return new Arguments(operands, options)
}

/** Errors in our own words' form, help as wide as the terminal, no exit of the process. */
function style(command: CommanderCommand, io: Io): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({
      sortSubcommands: false,
      sortOptions: false,
      showGlobalOptions: false,
      visibleArguments: () => [],
      subcommandTerm: (sub) => sub.name(),
      optionTerm: ({ flags }) => flags.replace(/<(.*)>/, '$1'),
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => columnsOf(io.stdout, io),
      getErrHelpWidth: () => columnsOf(io.stderr, io),
      getOutHasColors: () => hasColours(io.stdout, io),
      getErrHasColors: () => hasColours(io.stderr, io),
      outputError: (text, write) => write(`${io.program}: ${inOurForm(text)}`),
    })
}

/** An error of commander without its prefix, on one line, and with options written as in the help. */
function inOurForm(text: string): string {
  return text
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\)/, ': did you mean $1')
    .replace(/^(option '--[\w-]+) <(.*?)>/, '$1 $2')
}
