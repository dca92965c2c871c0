import type { Case } from '../../case.ts'

const on = (id: string, rest: string): Case => ({ id: `on-${id}`, text: `. {\n  on ${rest}\n  whoami\n}\n` })

export const cases: readonly Case[] = [
  on('alone', ''),
  on('event-alone', 'startup'),
  on('startup', 'shutdown /bin/true'),
  on('shutdown', 'shutdown /bin/true a b'),
  on('certrenew', 'certrenew /bin/true'),
  on('capitals', 'ShutDown /bin/true'),
  on('unknown-event', 'stop /bin/true'),
  on('background', 'shutdown /bin/sleep 1 &'),
  on('twice', 'shutdown /bin/true\n  on shutdown /bin/true'),
  on('only-a-block', '{\n    shutdown /bin/true\n  }'),
  on('block-behind', 'shutdown /bin/true {\n    x\n  }'),
  on('quoted', 'shutdown "echo \'a b\' \\"c d\\""'),
  on('open-quote', "shutdown /bin/echo 'a b"),
  on('quote-over-words', "shutdown /bin/echo 'a b'"),
  on('open-double-quote', 'shutdown /bin/echo a\\"'),
  on('dangling-escape', 'shutdown /bin/echo a\\'),
  on('only-a-comment', 'shutdown "# nothing"'),
  on('comment-behind', 'shutdown "/bin/true # nothing"'),
  on('empty-command', 'shutdown ""'),
  on('umlaut', 'shutdown /bin/echo grün'),
  on('umlaut-quoted', 'shutdown "/bin/echo \'grün\'"'),
  on('backquote', 'shutdown "/bin/echo `date`"'),
]
