import type { Pool } from 'pg'
import type { Answered, Person } from './app.ts'

/** A plausible commitment; what a test is about it says itself. */
export const commitment = (change: Record<string, unknown> = {}) => ({
  organization: 'MSP',
  measure: 'QC-12',
  fiscalYear: '2025-2026',
  supplier: 'PIPQ',
  reference: 'C-17',
  description: 'Projet pilote',
  amount: '1000.00',
  ...change,
})

/** Entered and submitted by one person; answers the document that waits for another. */
export async function proposed(officer: Person, change: Record<string, unknown> = {}) {
  const { body } = await officer.send('POST', '/commitments', { body: commitment(change) })
  return (await officer.step(`/commitments/${body.id}/submit`, body.version)).body
}

/** Entered and submitted by one person, approved by another; answers the approved document. */
export async function commit(
  officer: Person,
  approver: Person,
  change: Record<string, unknown> = {},
) {
  const { id, version } = await proposed(officer, change)
  return (await approver.step(`/commitments/${id}/approve`, version)).body
}

interface Document {
  readonly id: string
  readonly version: number
}

/** Asked by one person about an expenditure, approved by another; answers the document. */
export async function correct(
  [asker, decider]: readonly [Person, Person],
  { id, version }: Document,
  kind: 'reverse' | 'refund' | 'reclassify',
  body: Record<string, unknown> = {},
): Promise<Answered> {
  const asked = await asker.step(`/expenditures/${id}/${kind}`, version, {
    reason: 'Erreur',
    ...body,
  })
  if (asked.status !== 200) {
    return asked
  }
  const request = asked.body.requests.at(-1)
  return decider.step(`/expenditures/${id}/requests/${request.id}/approve`, asked.body.version)
}

/**
 * What an envelope holds, cell by cell, as a finance person reads it: a line a measure and year
 * with available, committed and spent. Cells that come to nothing are left out.
 */
export async function cellsOf(owner: Pool, envelope: string): Promise<string> {
  const { rows } = await owner.query(
    `select
      rpad(coalesce(measure, 'commun'), 7) || coalesce(fiscal_year, 'non réparti')
        || lpad(available::text, 14) || lpad(committed::text, 11) || lpad(spent::text, 11) as line
    from (
      select measure, fiscal_year,
        coalesce(sum(amount) filter (where account = 'available'), 0.00) as available,
        coalesce(sum(amount) filter (where account = 'committed'), 0.00) as committed,
        coalesce(sum(amount) filter (where account = 'spent'), 0.00) as spent
      from journal_balance where envelope = $1
      group by measure, fiscal_year
    ) as cell
    where (available, committed, spent) <> (0, 0, 0)
    order by measure nulls first, fiscal_year nulls first`,
    [envelope],
  )
  return [
    '                     disponible     engagé    dépensé',
    ...rows.map(({ line }) => line),
  ].join('\n')
}
