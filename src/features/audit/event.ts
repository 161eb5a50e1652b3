import type { JsonValue } from '#core/canonical.ts'

/** One recorded action: who, when, what before and after, why, chained to the one before. */
export interface RecordedEvent {
  readonly position: number
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly request: string
  /** `noun/id`. */
  readonly subject: string
  readonly before: JsonValue
  readonly after: JsonValue
  readonly reason: string | null
  readonly previous: string
  readonly hash: string
}
