import { fiscalYearOf } from '#core/fiscal-year.ts'
import { Problem } from '#core/problem.ts'
import { findCommitment } from '#features/commitments/commitments.public.ts'
import { requireUsable } from '#features/commitments/usable.ts'
import { loadCell } from '#features/funding/cell.public.ts'
import { type CellFacts, place } from '#features/funding/placement.ts'
import type { Context } from '#features/identity/context.public.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import type { ExpenditureStatement } from './expenditure.ts'
import { isRepeated } from './expenditures.store.ts'
import { entryFlags } from './flags.ts'
import { requireServiceDate } from './service-date.ts'

/** A statement whose cell is settled, with what was noticed about it. */
export interface Placed {
  readonly stated: ExpenditureStatement & { readonly fiscalYear: ReturnType<typeof fiscalYearOf> }
  readonly cell: CellFacts
  readonly flags: readonly string[]
}

/**
 * Loads what the statement names and settles where it stands.
 * @throws Problem `expenditures/…` naming the field that cannot be
 */
export async function placeStatement(
  context: Context,
  stated: ExpenditureStatement,
  except: string | null = null,
): Promise<Placed> {
  requireServiceDate(stated.serviceDate, context.today)
  await requireOrganization(context.work, stated.organization)
  const asked = await loadCell(context.work, stated)
  const placed = place(stated, asked.measure, asked.envelope)
  // The envelope may have given the measure: what is noticed about a measure needs it too.
  const cell = placed.measure === stated.measure ? asked : await loadCell(context.work, placed)
  const complete = { ...stated, ...placed, fiscalYear: fiscalYearOf(stated.serviceDate) }
  if (complete.commitment !== null) {
    requireUsable(await findCommitment(context.work, complete.commitment), complete)
  }
  const repeated = await isRepeated(context.work, complete, except)
  return { stated: complete, cell, flags: entryFlags(complete, cell, repeated) }
}

export const expenditureNotFound = (): Problem =>
  new Problem('not-found', 'expenditures/not-found', {
    fr: 'Cette dépense n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such expenditure, or you may not see it.',
  })
