import type { Command } from '../command.ts'
import { type Offer, offersOf } from './offers.ts'

/** The completion script for bash, from version 3.2 on. */
export function bashScript(commands: readonly Command[]): string {
  return `# bash completion for corefile
${bashFunctions(commands)}
complete -F _corefile corefile kubectl-corefile
`
}

/** What such a script defines: `_corefile` completes COMP_LINE up to COMP_POINT into COMPREPLY. */
export function bashFunctions(commands: readonly Command[]): string {
  const offered = offersOf(commands)
  const values = offered.flatMap(({ name, options }) =>
    options.flatMap((option) =>
      option.value === null || option.value.isOptional
        ? []
        : [`    '${name} ${option.name}') echo '${words(option.value.offer)}' ;;\n`],
    ),
  )
  const options = offered.map(
    ({ name, options: all }) => `    ${name}) echo '${all.map((option) => option.name).join(' ')}' ;;\n`,
  )
  const operands = offered.map(({ name, operands: offer }) => `    ${name}) echo '${words(offer)}' ;;\n`)
  const names = offered.map(({ name }) => name).join(' ')
  return `
_corefile_values() {
  case "$1 $2" in
${values.join('')}  esac
}

_corefile_options() {
  case "$1" in
${options.join('')}    *) echo '--help --version' ;;
  esac
}

_corefile_operands() {
  case "$1" in
${operands.join('')}    help) echo '${names}' ;;
    '') echo '${names} help' ;;
  esac
}

_corefile() {
  local line=\${COMP_LINE:0:COMP_POINT} command='' offer='' last='' current typed before word at
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  typed=\${words[\${#words[@]} - 1]}
  before=\${words[\${#words[@]} - 2]}
  current=$typed
  for ((at = 1; at < \${#words[@]} - 1; at++)); do
    [[ \${words[at]} == -* ]] || { command=\${words[at]} && break; }
  done
  if [[ $typed == --*=* ]]; then
    offer=$(_corefile_values "$command" "\${typed%%=*}")
    current=\${typed#*=}
  elif [[ $before == --* ]]; then
    offer=$(_corefile_values "$command" "$before")
  fi
  if [[ -z $offer ]]; then
    if [[ $typed == -* ]]; then offer=$(_corefile_options "$command"); else offer=$(_corefile_operands "$command"); fi
  fi
  COMPREPLY=()
  # What waits for more behind its sign is followed by a file.
  if [[ $current == *=* && " $offer " == *" \${current%%=*}= "* ]]; then
    offer=:files
    current=\${current#*=}
    typed=
  fi
  case $offer in
    :nothing) return ;;
    :files | :directories)
      compopt -o filenames 2>/dev/null
      local kind=-f
      [[ $offer == :directories ]] && kind=-d
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$kind" -- "$current")
      return
      ;;
  esac
  # Of words with a sign in them the part before it comes first.
  while IFS= read -r word; do
    if [[ $word == *=* && $current != *=* ]]; then
      word=\${word%%=*}=
      compopt -o nospace 2>/dev/null
      [[ $word == "$last" ]] && continue
      last=$word
    fi
    # Readline replaces only what stands behind the last sign.
    [[ $current == *=* && $COMP_WORDBREAKS == *=* ]] && word=\${word#"\${current%"\${current##*=}"}"}
    COMPREPLY+=("$word")
  done < <(compgen -W "$offer" -- "$current")
}
`
}

function words(offer: Offer): string {
  return typeof offer === 'string' ? `:${offer}` : offer.join(' ')
}
