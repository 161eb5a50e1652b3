import type { Actor } from '#features/identity/actor.ts'
import { type Act, may } from '#features/identity/permission.ts'
import type { ImportBatch, ImportState } from './import.ts'

/**
 * What a person may do next with an import, as the actions allow it: who prepared, confirmed or
 * submitted it never approves it, and who asked for its reversal never decides that.
 */
export const importSteps = [
  'confirm',
  'read-again',
  'discard',
  'submit',
  'approve',
  'return',
  'reverse',
  'approve-reversal',
  'refuse-reversal',
] as const
export type ImportStep = (typeof importSteps)[number]

const deciding: readonly ImportStep[] = ['approve', 'return', 'approve-reversal', 'refuse-reversal']

export const actOfStep = (step: ImportStep): 'import.decide' | 'import.prepare' =>
  deciding.includes(step) ? 'import.decide' : 'import.prepare'

const next: Readonly<Record<ImportState, readonly ImportStep[]>> = {
  previewed: ['confirm', 'read-again', 'discard'],
  confirmed: ['submit', 'reverse'],
  submitted: ['approve', 'return', 'reverse'],
  posted: ['reverse'],
  'reversal-asked': ['approve-reversal', 'refuse-reversal'],
  reversed: [],
}

export interface NextSteps {
  readonly steps: readonly ImportStep[]
  /** The person could decide it, were it not their own work. */
  readonly isOwnWork: boolean
}

export function nextSteps(batch: ImportBatch, actor: Actor): NextSteps {
  const { preparedBy, confirmed, submittedBy, reversal, organizations } = batch
  const allowed = next[batch.state].filter((step) => reaches(actor, actOfStep(step), organizations))
  const workers =
    batch.state === 'submitted' ? [preparedBy, confirmed?.by, submittedBy] : [reversal?.askedBy]
  const isWorker = workers.includes(actor.email)
  const isOwn = (step: ImportStep): boolean => isWorker && step !== 'return' && decides(step)
  return {
    steps: allowed.filter((step) => !isOwn(step)),
    isOwnWork: allowed.some(isOwn),
  }
}

const decides = (step: ImportStep): boolean => deciding.includes(step)

const reaches = (actor: Actor, act: Act, organizations: readonly string[]): boolean =>
  may(actor, act) && organizations.every((organization) => may(actor, act, organization))
