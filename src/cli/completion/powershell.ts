import type { Command } from '../command.ts'
import { helpOption, type Offer, type OfferedOption, offersOf } from './offers.ts'

/** The completion script for PowerShell, from version 5.1 on. Where it offers nothing PowerShell offers files. */
export function powershellScript(commands: readonly Command[]): string {
  const offered = offersOf(commands)
  const names = offered.map(({ name }) => name)
  const version: OfferedOption = {
    name: '--version',
    description: 'show the version',
    value: null,
    isRepeatable: false,
  }
  const all = [
    ...offered,
    { name: 'help', summary: 'show the help of a command', options: [], operands: names },
    { name: '', summary: '', options: [helpOption, version], operands: [...names, 'help'] },
  ]
  const entries = all.map(({ name, summary, options, operands }) => {
    const lines = options.map((option) => `        ${quoted(option.name)} = ${optionOf(option)}\n`)
    return `    ${quoted(name)} = @{
      Text = ${quoted(summary)}
      Operands = ${listOf(operands)}
      Options = [ordered]@{
${lines.join('')}      }
    }
`
  })
  return `# PowerShell completion for corefile

Register-ArgumentCompleter -Native -CommandName 'corefile', 'kubectl-corefile' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $commands = @{
${entries.join('')}  }

  $before = @($commandAst.CommandElements |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    Select-Object -Skip 1 |
    ForEach-Object { $_.Extent.Text })
  $name = [string]($before | Where-Object { $_ -notlike '-*' } | Select-Object -First 1)
  if (-not $commands.ContainsKey($name)) { return }
  $command = $commands[$name]

  $prefix = ''
  $word = $wordToComplete
  $option = [string]($before | Select-Object -Last 1)
  if ($word -match '^(--[^=]+=)(.*)$') {
    $prefix = $Matches[1]
    $word = $Matches[2]
    $option = $prefix.TrimEnd('=')
  }
  if ($command.Options.Contains($option) -and $null -ne $command.Options[$option].Values) {
    $offer = $command.Options[$option].Values
  } elseif ($word -like '-*') {
    $offer = @($command.Options.Keys)
  } else {
    $offer = $command.Operands
  }
  $offer | Where-Object { $_ -like "$word*" } | ForEach-Object {
    $text = $_
    if ($command.Options.Contains($text)) { $text = $command.Options[$_].Text }
    elseif ($commands.ContainsKey($_)) { $text = $commands[$_].Text }
    [System.Management.Automation.CompletionResult]::new("$prefix$_", $_, 'ParameterValue', $text)
  }
}
`
}

function optionOf({ description, value }: OfferedOption): string {
  const values = value === null || value.isOptional ? '$null' : listOf(value.offer)
  return `@{ Text = ${quoted(description)}; Values = ${values} }`
}

function listOf(offer: Offer): string {
  return typeof offer === 'string' ? '@()' : `@(${offer.map(quoted).join(', ')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
