require("./-rolldown-runtime.cjs");const e=require("./cli-completion-offers.cjs");function t(t){let a=e.offersOf(t),o=a.map(({name:e})=>e),s={name:`--version`,description:`show the version`,value:null,isRepeatable:!1};return`# PowerShell completion for corefile

Register-ArgumentCompleter -Native -CommandName 'corefile', 'kubectl-corefile' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $commands = @{
${[...a,{name:`help`,summary:`show the help of a command`,options:[],operands:o},{name:``,summary:``,options:[e.helpOption,s],operands:[...o,`help`]}].map(({name:e,summary:t,options:a,operands:o})=>{let s=a.map(e=>`        ${i(e.name)} = ${n(e)}\n`);return`    ${i(e)} = @{
      Text = ${i(t)}
      Operands = ${r(o)}
      Options = [ordered]@{
${s.join(``)}      }
    }
`}).join(``)}  }

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
`}function n({description:e,value:t}){let n=t===null||t.isOptional?`$null`:r(t.offer);return`@{ Text = ${i(e)}; Values = ${n} }`}function r(e){return typeof e==`string`?`@()`:`@(${e.map(i).join(`, `)})`}function i(e){return`'${e.replaceAll(`'`,`''`)}'`}exports.powershellScript=t;