import { WrongUsage } from '../node/wrong-usage.ts'
import { type Arguments, type Command, chosen } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** How to load what writes the script of a shell. */
const writers = {
  bash: async () => (await import('./completion/bash.ts')).bashScript,
  zsh: async () => (await import('./completion/zsh.ts')).zshScript,
  fish: async () => (await import('./completion/fish.ts')).fishScript,
  powershell: async () => (await import('./completion/powershell.ts')).powershellScript,
  kubectl: async () => (await import('./completion/kubectl.ts')).kubectlScript,
}

const shells = Object.keys(writers) as readonly (keyof typeof writers)[]

/** `corefile completion SHELL`: a script that lets a shell complete commands, options and their values. */
export const completion: Command = {
  name: 'completion',
  summary: 'print what lets a shell complete commands',
  description:
    'Prints a script that lets a shell complete commands, options, rules, plugins, releases and whatever else an option may be. It is made of the options of this version: print it again after an upgrade. For kubectl it prints a program: kubectl asks an executable kubectl_complete-corefile in PATH, which needs bash, what may stand behind `kubectl corefile`.',
  operands: { name: 'SHELL', description: 'bash, zsh, fish, powershell or kubectl', most: 1, choices: () => shells },
  options: [],
  epilogue: `Exit codes:
  0  the script was printed
  2  wrong usage

Examples:
  source <(corefile completion bash)                                     in ~/.bashrc
  corefile completion zsh > "\${fpath[1]}/_corefile"                      before compinit
  corefile completion fish > ~/.config/fish/completions/corefile.fish
  corefile completion powershell | Out-String | Invoke-Expression        in $PROFILE
  corefile completion kubectl > ~/.local/bin/kubectl_complete-corefile && chmod +x ~/.local/bin/kubectl_complete-corefile
`,
  run: printScript,
}

async function printScript(args: Arguments, io: Io): Promise<ExitCode> {
  const [word] = args.operands
  if (word === undefined) throw new WrongUsage(`name a shell: ${shells.join(', ')}`)
  const shell = chosen(word, shells, 'the shell')
  const { loadCommands } = await import('./commands.ts')
  const script = await writers[shell]()
  io.stdout.write(script(await loadCommands()))
  return exitCode.fine
}
