require("./-rolldown-runtime.cjs");const e=require("./cli-completion-offers.cjs");function t(t){let a=e.offersOf(t),o=a.map(({name:e,summary:t})=>`    complete -c $program -n __corefile_has_no_command -a ${e} -d ${i(t)}\n`),s=a.flatMap(({name:e,options:t,operands:i})=>{let a=`    complete -c $program -n '__corefile_command_is ${e}'`,o=i===`nothing`?[]:[`${a} ${r(i,`-F`,``)}\n`];return[...t.map(e=>`${a} ${n(e)}\n`),...o]});return`# fish completion for corefile

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
${o.join(``)}    complete -c $program -n __corefile_has_no_command -a help -d 'show the help of a command'
    complete -c $program -n '__corefile_command_is help' -a '${a.map(({name:e})=>e).join(` `)}'
${s.join(``)}end
`}function n({name:e,description:t,value:n}){let a=`-l ${e.slice(2)} -d ${i(t)}`;return n===null||n.isOptional?a:`${a} ${r(n.offer,`-r -F`,`-x`)}`.trimEnd()}function r(e,t,n){return e===`files`?t:e===`directories`?`${n} -a '(__fish_complete_directories)'`.trimStart():e===`nothing`?n:`${n} -a '${e.join(` `)}'`.trimStart()}function i(e){return`'${e.replaceAll(`\\`,`\\\\`).replaceAll(`'`,`\\'`)}'`}exports.fishScript=t;