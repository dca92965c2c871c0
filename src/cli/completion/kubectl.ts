import type { Command } from '../command.ts'
import { bashFunctions } from './bash.ts'

/**
 * The program that kubectl asks what may stand behind `kubectl corefile`: it is given the words, the last one perhaps begun or empty, and
 * answers with a line for each word that may follow and a last one with a directive of cobra: 4 for no files, 2 for no blank behind it,
 * 0 for files where nothing else is offered. Source: pkg/cmd/plugin/plugin_completion.go of kubernetes/kubectl.
 */
export function kubectlScript(commands: readonly Command[]): string {
  return `#!/usr/bin/env bash
# What kubectl asks to complete "kubectl corefile": an executable kubectl_complete-corefile in PATH.
${bashFunctions(commands)}
# Files are for the shell to offer.
files='' directive=4
compopt() {
  [[ $2 == filenames ]] && files=yes
  [[ $2 == nospace ]] && directive=6
}

COMP_LINE="corefile $*"
COMP_POINT=\${#COMP_LINE}
# kubectl takes whole words.
COMP_WORDBREAKS=' '
_corefile
if [[ -n $files ]]; then
  echo ':0'
else
  ((\${#COMPREPLY[@]} > 0)) && printf '%s\\n' "\${COMPREPLY[@]}"
  echo ":$directive"
fi
`
}
