import { type JsonValue, parseCanonical } from '#core/canonical.ts'

/** One recorded action: who, when, from where, what before and after, why, chained to the last. */
export interface RecordedEvent {
  readonly position: number
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly request: string
  /** Where the request came from; null at the terminal. */
  readonly address: string | null
  /** Who sat at the keyboard of a command; null over HTTP. */
  readonly operatingSystemUser: string | null
  /** `noun/id`. */
  readonly subject: string
  readonly before: JsonValue
  readonly after: JsonValue
  readonly reason: string | null
  readonly previous: string
  readonly hash: string
}

export const eventOrders = ['oldest', 'newest'] as const
export type EventOrder = (typeof eventOrders)[number]

export interface EventFilter {
  /** `expenditure.posted`, or `expenditure.*` for all that begin so. */
  readonly type?: string | undefined
  readonly subject?: string | undefined
  readonly actor?: string | undefined
  readonly request?: string | undefined
  /** Instants: from, included, and to, not included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** In what was said before, after and why, capitals or not. */
  readonly text?: string | undefined
  readonly order?: EventOrder | undefined
}

/** What an event says, by its keys; nothing of a text that somebody made unreadable. */
export function payloadOf(text: string): Readonly<Record<string, JsonValue>> {
  try {
    return fieldsOf(parseCanonical(text))
  } catch {
    return {}
  }
}

export const fieldsOf = (value: JsonValue | undefined): Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
