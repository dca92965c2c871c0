require("./-rolldown-runtime.cjs");const e=require("./cli-completion-offers.cjs");function t(t){let a=e.offersOf(t),o=a.map(({name:e,summary:t})=>`        ${i(`${e}:${t}`)}\n`),s=a.map(({name:e,options:t,operands:a})=>`        ${e})\n          _arguments \\\n            ${[...t.map(n),...a===`nothing`?[]:[`*: :${r(a)}`]].map(i).join(` \\
            `)}\n          ;;\n`);return`#compdef corefile kubectl-corefile

_corefile() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C '(- : *)--help[show this help]' '(- : *)--version[show the version]' '1: :->command' '*:: :->words'
  case $state in
    command)
      local -a commands
      commands=(
${o.join(``)}        'help:show the help of a command'
      )
      _describe -t commands command commands
      ;;
    words)
      case $words[1] in
${s.join(``)}        help)
          _arguments '1: :(${a.map(({name:e})=>e).join(` `)})'
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
`}function n({name:e,description:t,value:n,isRepeatable:i}){let a=t.replaceAll(/[[\]\\]/g,`\\$&`),o=i?`*`:``;if(n===null)return`${o}${e}[${a}]`;let s=`${n.name.replaceAll(`:`,`\\:`)}:${r(n.offer)}`;return n.isOptional?`${o}${e}=-[${a}]::${s}`:`${o}${e}=[${a}]:${s}`}function r(e){return e===`nothing`?` `:e===`files`?`_files`:e===`directories`?`_files -/`:e.some(e=>e.endsWith(`=`))?`{compadd -S "" -- ${e.join(` `)}}`:`(${e.join(` `)})`}function i(e){return`'${e.replaceAll(`'`,`'\\''`)}'`}exports.zshScript=t;