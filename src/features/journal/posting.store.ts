import { sql } from 'kysely'
import type { Work } from '#platform/db/transaction.ts'
import type { Entry } from './entry.ts'

/** Inserts entries without their lines, in one statement. Answers the ids in order. */
export async function insertHeads(
  work: Work,
  event: string,
  entries: readonly Entry[],
): Promise<readonly string[]> {
  const rows = entries.map((entry) => ({
    event,
    kind: entry.kind,
    organization: entry.organization,
    effective_on: entry.effectiveOn,
    recorded_fiscal_year: entry.recordedIn?.fiscalYear ?? null,
    recorded_period: entry.recordedIn?.number ?? null,
    document_type: entry.document.type,
    document: entry.document.id,
    reverses: entry.reverses,
    flags: [...entry.flags],
  }))
  const { rows: inserted } = await sql<{ id: string }>`
    insert into journal_entry (
      event, kind, organization, effective_on, recorded_fiscal_year, recorded_period,
      document_type, document, reverses, flags
    )
    select
      listed.event, listed.kind, listed.organization, listed.effective_on,
      listed.recorded_fiscal_year, listed.recorded_period, listed.document_type, listed.document,
      listed.reverses, listed.flags
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed (
      event uuid, kind text, organization text, effective_on date, recorded_fiscal_year text,
      recorded_period smallint, document_type text, document text, reverses bigint, flags text[]
    )
    returning journal_entry.id
  `.execute(work)
  return inserted.map(({ id }) => id)
}

/** Lines by column: a hundred thousand as objects would be a hundred megabytes. */
export class LineColumns {
  readonly entry: string[] = []
  readonly place: number[] = []
  readonly account: string[] = []
  readonly envelope: (string | null)[] = []
  readonly measure: (string | null)[] = []
  readonly organization: string[] = []
  readonly fiscalYear: (string | null)[] = []
  readonly amount: string[] = []

  add(ids: readonly string[], entries: readonly Entry[]): void {
    for (const [index, { lines }] of entries.entries()) {
      for (const [place, { account, cell, amount }] of lines.entries()) {
        this.entry.push(ids[index] ?? '')
        this.place.push(place + 1)
        this.account.push(account)
        this.envelope.push(cell.envelope)
        this.measure.push(cell.measure)
        this.organization.push(cell.organization)
        this.fiscalYear.push(cell.fiscalYear)
        this.amount.push(amount.toString())
      }
    }
  }
}

/** All in one statement, which touches balances in one order for everybody. */
export async function insertLines(work: Work, lines: LineColumns): Promise<void> {
  await sql`
    insert into journal_line (
      entry, place, account, envelope, measure, organization, fiscal_year, amount
    )
    select * from unnest(
      ${lines.entry}::bigint[], ${lines.place}::smallint[], ${lines.account}::text[],
      ${lines.envelope}::text[], ${lines.measure}::text[], ${lines.organization}::text[],
      ${lines.fiscalYear}::text[], ${lines.amount}::numeric[]
    )
  `.execute(work)
}
