import { firstDay, fiscalYearOf } from '#core/fiscal-year.ts'
import type { Context } from '#features/identity/context.public.ts'
import { appropriationLines, type Entry } from '#features/journal/entry.ts'
import { post } from '#features/journal/journal.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type Envelope, soleMeasure } from './envelope.ts'
import { listEnvelopes, saveOpenings } from './funding.store.ts'
import { dueOpenings } from './opening.ts'

export { listClosedYears } from './closed-years.store.ts'
export {
  listEnvelopes,
  listPublishedAuthorities,
  listRelations,
  lockEnvelopes,
} from './funding.store.ts'
export { saveEnvelopes, savePublishedAuthorities, saveRelations } from './funding-plan.store.ts'
export { countProposals } from './proposals.store.ts'

export async function findEnvelope(handle: Handle, code: string): Promise<Envelope | null> {
  const [envelope] = await listEnvelopes(handle, { codes: [code] })
  return envelope ?? null
}

/**
 * Posts the appropriations that are due and not yet posted: fixed totals once, recurring amounts
 * for each year begun; of some envelopes when codes are given. Answers how many entries it posted.
 */
export async function openFunding(context: Context, codes?: readonly string[]): Promise<number> {
  const envelopes = await listEnvelopes(context.work, codes === undefined ? {} : { codes })
  const current = fiscalYearOf(context.today)
  const due = envelopes.flatMap((envelope) =>
    envelope.terms.flatMap((term, place) =>
      dueOpenings(term, current).map((year) => ({ envelope: envelope.code, place, year })),
    ),
  )
  const opened = due.length === 0 ? [] : await saveOpenings(context.work, context.event, due)
  const byCode = new Map(envelopes.map((envelope) => [envelope.code, envelope]))
  const entries = opened.flatMap((opening): Entry[] => {
    const envelope = byCode.get(opening.envelope)
    const term = envelope?.terms[opening.place]
    if (envelope === undefined || term === undefined) {
      return []
    }
    const { organization } = envelope
    const cell = {
      envelope: envelope.code,
      measure: soleMeasure(envelope),
      organization,
      fiscalYear: opening.year,
    }
    return [
      {
        kind: 'appropriation',
        organization,
        effectiveOn: firstDay(opening.year ?? term.firstFiscalYear),
        recordedIn: null,
        document: { type: 'envelope', id: envelope.code },
        reverses: null,
        flags: [],
        lines: appropriationLines(cell, term.amount),
      },
    ]
  })
  if (entries.length > 0) {
    await post(context, entries)
  }
  return entries.length
}
