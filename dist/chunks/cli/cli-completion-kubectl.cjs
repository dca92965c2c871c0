require("./-rolldown-runtime.cjs");const e=require("./cli-completion-bash.cjs");function t(t){return`#!/usr/bin/env bash
# What kubectl asks to complete "kubectl corefile": an executable kubectl_complete-corefile in PATH.
${e.bashFunctions(t)}
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
`}exports.kubectlScript=t;