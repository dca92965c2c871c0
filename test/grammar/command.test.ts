import { expect, it } from 'vitest'
import { commandFault } from '../../grammar/command.ts'

it('takes a command apart as a shell does', () => {
  for (const command of ['/bin/true', 'a "b c" \'d"\' e\\ f', 'a # "b', "'#'", '"grün"', 'a#b']) {
    expect([command, commandFault(command)]).toEqual([command, null])
  }
})

it('says why a command has no end or no word', () => {
  expect(commandFault("a 'b")).toBe('EOF found when expecting closing quote')
  expect(commandFault('a "b\\"')).toBe('EOF found when expecting closing quote')
  expect(commandFault('a \\')).toBe('EOF found after escape character')
  expect(commandFault('# nothing')).toBe("no command contained in '# nothing'")
  expect(commandFault(' ')).toBe("no command contained in ' '")
})

it('knows ASCII alone outside of quotes', () => {
  expect(commandFault('grün')).toBe('Unknown rune: ü')
  expect(commandFault('a `b`')).toBe('Unknown rune: `')
  expect(commandFault('"a\\ü"')).toBe('Unknown rune: ü')
})
