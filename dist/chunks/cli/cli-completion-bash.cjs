require("./-rolldown-runtime.cjs");const e=require("./cli-completion-offers.cjs");function t(e){return`# bash completion for corefile
${n(e)}
complete -F _corefile corefile kubectl-corefile
`}function n(t){let n=e.offersOf(t),i=n.flatMap(({name:e,options:t})=>t.flatMap(t=>t.value===null||t.value.isOptional?[]:[`    '${e} ${t.name}') echo '${r(t.value.offer)}' ;;\n`])),a=n.map(({name:e,options:t})=>`    ${e}) echo '${t.map(e=>e.name).join(` `)}' ;;\n`),o=n.map(({name:e,operands:t})=>`    ${e}) echo '${r(t)}' ;;\n`),s=n.map(({name:e})=>e).join(` `);return`
_corefile_values() {
  case "$1 $2" in
${i.join(``)}  esac
}

_corefile_options() {
  case "$1" in
${a.join(``)}    *) echo '--help --version' ;;
  esac
}

_corefile_operands() {
  case "$1" in
${o.join(``)}    help) echo '${s}' ;;
    '') echo '${s} help' ;;
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
`}function r(e){return typeof e==`string`?`:${e}`:e.join(` `)}exports.bashFunctions=n,exports.bashScript=t;