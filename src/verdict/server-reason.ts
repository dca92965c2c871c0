import type { Place } from '../expand/token-view.ts'
import type { Reason } from './reason.ts'

/** A reason that no plugin's setup gives. `message` is in CoreDNS's words; `other` is a second place that belongs to it. */
export function serverReason(
  kind: Reason['kind'],
  stage: Reason['stage'],
  at: Place,
  subject: string,
  message: string,
  other: Place | null = null,
): Reason {
  return { kind, stage, at, plugin: null, property: null, subject, expected: null, message, other }
}
