/**
 * The C library's `inet_aton`: one to four numbers, decimal, octal (`010`) or hexadecimal (`0x8`), of which the last fills what
 * is left (`1.2` is 1.0.0.2). The four bytes, or nothing when it is no such text.
 */
export function inetAton(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length > 4) return undefined
  const numbers: number[] = []
  for (const part of parts) {
    const isNumber = /^(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i.test(part)
    const value = isNumber ? Number.parseInt(part, /^0x/i.test(part) ? 16 : part.startsWith('0') ? 8 : 10) : Number.NaN
    if (!(value <= 0xffffffff)) return undefined
    numbers.push(value)
  }
  const last = numbers.pop() ?? 0
  const left = 4 - numbers.length
  if (numbers.some((number) => number > 255) || last >= 256 ** left) return undefined
  for (let shift = left - 1; shift >= 0; shift--) numbers.push(Math.floor(last / 256 ** shift) % 256)
  return numbers
}
