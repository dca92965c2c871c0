import type { Command } from '../command.ts'
import { type Offer, type OfferedOption, offersOf } from './offers.ts'

/** The completion script for zsh, as a file in `fpath` or to be sourced. */
export function zshScript(commands: readonly Command[]): string {
  const offered = offersOf(commands)
  const named = offered.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}\n`)
  const cases = offered.map(({ name, options, operands }) => {
    const specs = [...options.map(optionSpec), ...(operands === 'nothing' ? [] : [`*: :${action(operands)}`])]
    return `        ${name})\n          _arguments \\\n            ${specs.map(quoted).join(' \\\n            ')}\n          ;;\n`
  })
  return `#compdef corefile kubectl-corefile

_corefile() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C '(- : *)--help[show this help]' '(- : *)--version[show the version]' '1: :->command' '*:: :->words'
  case $state in
    command)
      local -a commands
      commands=(
${named.join('')}        'help:show the help of a command'
      )
      _describe -t commands command commands
      ;;
    words)
      case $words[1] in
${cases.join('')}        help)
          _arguments '1: :(${offered.map(({ name }) => name).join(' ')})'
          ;;
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _corefile ]]; then
  _corefile "$@"
else
  compdef _corefile corefile kubectl-corefile
fi
`
}

function optionSpec({ name, description, value, isRepeatable }: OfferedOption): string {
  const text = description.replaceAll(/[[\]\\]/g, '\\$&')
  const start = isRepeatable ? '*' : ''
  if (value === null) return `${start}${name}[${text}]`
  const after = `${value.name.replaceAll(':', '\\:')}:${action(value.offer)}`
  return value.isOptional ? `${start}${name}=-[${text}]::${after}` : `${start}${name}=[${text}]:${after}`
}

function action(offer: Offer): string {
  if (offer === 'nothing') return ' '
  if (offer === 'files') return '_files'
  if (offer === 'directories') return '_files -/'
  if (offer.some((word) => word.endsWith('='))) return `{compadd -S "" -- ${offer.join(' ')}}`
  return `(${offer.join(' ')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
