export const queryTypeOf = (w: string): number | undefined =>
  /^[A-Z][A-Z0-9-]*$|^None$|^Reserved$/.test(w) ? 1 : undefined
export const queryClassOf = (w: string): number | undefined =>
  ['IN', 'CS', 'CH', 'HS', 'NONE', 'ANY'].includes(w) ? 1 : undefined
export const rcodeOf = (w: string): number | undefined => (/^[A-Z]+$/.test(w) ? 1 : undefined)
export const regexpError = (w: string): string | null => {
  try {
    new RegExp(w.replaceAll('(?P<', '(?<'), 'u')
    return null
  } catch (e) {
    return String(e)
  }
}
export const templateError = (_w: string): string | null => null
