import { periodKey } from '#core/period.ts'
import type { Actor } from '#features/identity/actor.ts'
import { may } from '#features/identity/permission.ts'
import type { WaitingLedger } from '#features/matching/waiting.ts'

/**
 * Something that waits for the reader, and the list that shows it: as many things as the count says,
 * for the lists and the counts ask the same questions. Example: 3 drafts of a.roy@msp.example are
 * `/expenditures?state=draft&preparedBy=a.roy@msp.example`, which shows three.
 */
export const taskKinds = [
  'returned',
  'drafts',
  'approvals',
  'commitment-drafts',
  'commitments-submitted',
  'revision-drafts',
  'revisions-submitted',
  'proposal-drafts',
  'proposals-submitted',
  'year-ends-returned',
  'year-ends-submitted',
  'unmatched',
  'unexplained',
  'unsigned',
  'to-close',
] as const
export type TaskKind = (typeof taskKinds)[number]

export interface Task {
  readonly kind: TaskKind
  readonly count: number
  /** Without the language. */
  readonly path: string
  /** `2025-2026-P03 MSP`, where there may be several of the kind. */
  readonly of: string | null
}

/** What of an extract and its matching waits for this person; null where it waits for another. */
export function ledgerTask(
  { kind, id, organization, period, count, workers }: WaitingLedger,
  actor: Actor,
): Task | null {
  const of = `${periodKey(period)} ${organization}`
  const mayPrepare = may(actor, 'matching.prepare', organization)
  if (kind === 'extract') {
    return mayPrepare ? { kind: 'unmatched', count, path: `/extracts/${id}`, of } : null
  }
  if (count > 0) {
    return mayPrepare ? { kind: 'unexplained', count, path: `/matching/${id}`, of } : null
  }
  const maySign = may(actor, 'matching.sign', organization) && !workers.includes(actor.email)
  return maySign ? { kind: 'unsigned', count: 1, path: `/matching/${id}`, of } : null
}
