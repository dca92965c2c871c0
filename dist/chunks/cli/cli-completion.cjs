require("./-rolldown-runtime.cjs");const e=require("./program.cjs"),t={bash:async()=>(await Promise.resolve().then(()=>require("./cli-completion-bash.cjs"))).bashScript,zsh:async()=>(await Promise.resolve().then(()=>require("./cli-completion-zsh.cjs"))).zshScript,fish:async()=>(await Promise.resolve().then(()=>require("./cli-completion-fish.cjs"))).fishScript,powershell:async()=>(await Promise.resolve().then(()=>require("./cli-completion-powershell.cjs"))).powershellScript},n=Object.keys(t),r={name:`completion`,summary:`print what lets a shell complete commands`,description:`Prints a script that lets a shell complete commands, options, rules, plugins, releases and whatever else an option may be. It is made of the options of this version: print it again after an upgrade.`,operands:{name:`SHELL`,description:`bash, zsh, fish or powershell`,most:1,choices:()=>n},options:[],epilogue:`Exit codes:
  0  the script was printed
  2  wrong usage

Examples:
  source <(corefile completion bash)                                     in ~/.bashrc
  corefile completion zsh > "\${fpath[1]}/_corefile"                      before compinit
  corefile completion fish > ~/.config/fish/completions/corefile.fish
  corefile completion powershell | Out-String | Invoke-Expression        in $PROFILE
`,run:i};async function i(r,i){let[a]=r.operands;if(a===void 0)throw new e.WrongUsage(`name a shell: ${n.join(`, `)}`);let o=e.chosen(a,n,`the shell`),{loadCommands:s}=await Promise.resolve().then(()=>require("./program.cjs")).then(e=>e.commands_exports),c=await t[o]();return i.stdout.write(c(await s())),e.exitCode.fine}exports.completion=r;