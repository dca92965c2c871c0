import type { Command } from '../command.ts'
import { type Offer, type OfferedOption, offersOf } from './offers.ts'

/** The completion script for fish. */
export function fishScript(commands: readonly Command[]): string {
  const offered = offersOf(commands)
  const named = offered.map(
    ({ name, summary }) => `    complete -c $program -n __corefile_has_no_command -a ${name} -d ${quoted(summary)}\n`,
  )
  const each = offered.flatMap(({ name, options, operands }) => {
    const when = `    complete -c $program -n '__corefile_command_is ${name}'`
    const after = operands === 'nothing' ? [] : [`${when} ${argumentsOf(operands, '-F', '')}\n`]
    return [...options.map((option) => `${when} ${optionOf(option)}\n`), ...after]
  })
  return `# fish completion for corefile

function __corefile_command
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
end

function __corefile_has_no_command
    set -l command (__corefile_command)
    test -z "$command"
end

function __corefile_command_is
    set -l command (__corefile_command)
    test "$command" = $argv[1]
end

for program in corefile kubectl-corefile
    complete -c $program -f
    complete -c $program -n __corefile_has_no_command -l help -d 'show this help'
    complete -c $program -n __corefile_has_no_command -l version -d 'show the version'
${named.join('')}    complete -c $program -n __corefile_has_no_command -a help -d 'show the help of a command'
    complete -c $program -n '__corefile_command_is help' -a '${offered.map(({ name }) => name).join(' ')}'
${each.join('')}end
`
}

function optionOf({ name, description, value }: OfferedOption): string {
  const start = `-l ${name.slice(2)} -d ${quoted(description)}`
  if (value === null || value.isOptional) return start
  return `${start} ${argumentsOf(value.offer, '-r -F', '-x')}`.trimEnd()
}

function argumentsOf(offer: Offer, forFiles: string, forWords: string): string {
  if (offer === 'files') return forFiles
  if (offer === 'directories') return `${forWords} -a '(__fish_complete_directories)'`.trimStart()
  return offer === 'nothing' ? forWords : `${forWords} -a '${offer.join(' ')}'`.trimStart()
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
