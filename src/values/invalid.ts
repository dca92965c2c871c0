/** What a reader of words answers when Go refuses the word: the text of Go's error, as CoreDNS prints it. */
export interface Invalid {
  readonly error: string
}

/** An `Invalid` with this error text. */
export function invalid(error: string): Invalid {
  return { error }
}

/** Whether a reader refused the word. */
export function isInvalid(value: unknown): value is Invalid {
  return typeof value === 'object' && value !== null && 'error' in value
}
