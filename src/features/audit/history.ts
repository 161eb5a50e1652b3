import { payloadOf } from './event.ts'

/**
 * What became of one document: each recorded action that spoke of it, by whom and why. The reason of
 * a return is what its officer reads to correct it.
 */
export interface HistoryLine {
  readonly position: number
  /** ISO instant. */
  readonly at: string
  readonly type: string
  readonly actor: string
  readonly reason: string | null
}

/** As the database tells it; no payload where the event spoke of other documents too. */
export interface HistoryRow {
  readonly sequence: string
  readonly at: string
  readonly type: string
  readonly actor: string
  readonly payload: string | null
}

export function historyLine({ sequence, at, type, actor, payload }: HistoryRow): HistoryLine {
  const { reason } = payload === null ? {} : payloadOf(payload)
  return {
    position: Number(sequence),
    at: new Date(at).toISOString(),
    type,
    actor,
    reason: typeof reason === 'string' ? reason : null,
  }
}
