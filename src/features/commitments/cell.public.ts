import { fiscalYearOf } from '#core/fiscal-year.ts'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { loadCell } from '#features/funding/cell.public.ts'
import { listClosedYears } from '#features/funding/funding.public.ts'
import { place } from '#features/funding/placement.ts'
import type { Context } from '#features/identity/context.public.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import { names } from '#features/programmes/measure.ts'
import { findMeasure } from '#features/programmes/programmes.public.ts'
import type { CommitmentStatement } from './commitment.ts'
import type { PlacedStatement } from './commitments.store.ts'
import { requireNotClosed, requireOpenedYear } from './opened-year.ts'

/**
 * Loads what the statement names and settles where it stands, with what was noticed about it.
 * @throws Problem naming the field that cannot be
 */
export async function placeCommitment(
  context: Context,
  stated: CommitmentStatement,
): Promise<{ readonly stated: PlacedStatement; readonly flags: readonly string[] }> {
  const { work, today } = context
  await requireOrganization(work, stated.organization)
  const cell = await loadCell(work, stated)
  if (cell.measure?.funding === 'self_funded') {
    throw refuseField('measure', 'commitments/self-funded', {
      fr: `La mesure ${cell.measure.code} est autofinancée : rien n’y est prévu, donc rien ne peut y être engagé.`,
      en: `Measure ${cell.measure.code} is self-funded: nothing is planned on it, so nothing can be committed.`,
    })
  }
  const { measure } = place(stated, cell.measure, cell.envelope)
  if (cell.envelope === null) {
    throw new RangeError('a commitment was placed without an envelope')
  }
  requireOpenedYear(cell.envelope, stated.fiscalYear, fiscalYearOf(today))
  requireNotClosed(cell.envelope, stated.fiscalYear, await listClosedYears(work))
  // The envelope may have given the measure.
  const found = cell.measure ?? (measure === null ? null : await findMeasure(work, measure))
  const isStranger = found !== null && !names(found, stated.organization)
  return {
    stated: { ...stated, measure, envelope: cell.envelope.code },
    flags: isStranger ? ['not-a-lead'] : [],
  }
}

export const commitmentNotFound = (): Problem =>
  new Problem('not-found', 'commitments/not-found', {
    fr: 'Cet engagement n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such commitment, or you may not see it.',
  })
