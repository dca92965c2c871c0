/** What reports say of the program that wrote them; the version is the one of package.json. */
export const tool = { name: 'corefile', version: '0.1.0' } as const

/** Where people read about the program. */
export const homepage = 'https://github.com/corefile/corefile'
