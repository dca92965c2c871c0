" :compiler corefile, then :make shows the findings of the file in the quickfix list.
let current_compiler = 'corefile'

CompilerSet makeprg=corefile\ lint\ --format\ concise\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tnfo:\ %m,%-G%.%#
