import type { Quirk } from './setup.ts'

/** plugin/deprecated/setup.go setup, which reads a plugin's name in the last release that has it: CoreDNS only says that it is gone. */
export const gone: Quirk = (setup) => {
  if (setup.next()) setup.refuse('removed', { message: 'this plugin has been deprecated' })
}
