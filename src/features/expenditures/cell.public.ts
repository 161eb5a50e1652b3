import { fiscalYearOf, hasFiscalYear } from '#core/fiscal-year.ts'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { findEnvelope } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import { findMeasure, listProgrammes } from '#features/programmes/programmes.public.ts'
import type { ExpenditureStatement } from './expenditure.ts'
import { isRepeated } from './expenditures.store.ts'
import { type CellFacts, entryFlags } from './flags.ts'
import { envelopeOf, place } from './placement.ts'

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
  if (stated.serviceDate > context.today) {
    throw refuseField('serviceDate', 'expenditures/service-date-ahead', {
      fr: `La date de service ${stated.serviceDate} est postérieure à aujourd’hui (${context.today}).`,
      en: `The service date ${stated.serviceDate} is after today (${context.today}).`,
    })
  }
  if (!hasFiscalYear(stated.serviceDate)) {
    throw refuseField('serviceDate', 'expenditures/service-date-too-early', {
      fr: `La date de service ${stated.serviceDate} précède le premier exercice connu (1990-1991).`,
      en: `The service date ${stated.serviceDate} is before the first known fiscal year (1990-91).`,
    })
  }
  await requireOrganization(context.work, stated.organization)
  const asked = await loadCell(context, stated)
  const placed = place(stated, asked.measure, asked.envelope)
  // The envelope may have given the measure: what is noticed about a measure needs it too.
  const cell = placed.measure === stated.measure ? asked : await loadCell(context, placed)
  const complete = { ...stated, ...placed, fiscalYear: fiscalYearOf(stated.serviceDate) }
  const repeated = await isRepeated(context.work, complete, except)
  return { stated: complete, cell, flags: entryFlags(complete, cell, repeated) }
}

export async function loadCell(
  context: Context,
  asked: { readonly measure: string | null; readonly envelope: string | null },
): Promise<CellFacts> {
  const measure = asked.measure === null ? null : await findMeasure(context.work, asked.measure)
  const code = envelopeOf(asked, measure)
  const envelope = code === null ? null : await findEnvelope(context.work, code)
  const programmes = await listProgrammes(context.work)
  const owner = envelope?.programme ?? measure?.programme
  const programme = programmes.find((candidate) => candidate.code === owner) ?? null
  return { measure, envelope, programme }
}

export const expenditureNotFound = (): Problem =>
  new Problem('not-found', 'expenditures/not-found', {
    fr: 'Cette dépense n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such expenditure, or you may not see it.',
  })
