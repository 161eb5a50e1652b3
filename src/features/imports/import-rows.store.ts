import { sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import type { Issue } from '#core/issues.ts'
import { type Money, money, sum } from '#core/money.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type ImportRow, type RowState, rowStates } from './import.ts'
import type { Alike, Wanted } from './import-judging.ts'

/** Rows of files, always many in one statement. */
export async function insertRows(
  work: Work,
  batch: string,
  rows: readonly ImportRow[],
): Promise<void> {
  const listed = rows.map((row) => ({
    place: row.place,
    state: row.state,
    expenditure: row.expenditure,
    organization: row.organization,
    measure: row.measure,
    envelope: row.envelope,
    service_date: row.serviceDate,
    document_number: row.documentNumber,
    supplier: row.supplier,
    description: row.description,
    amount: row.amount?.toString() ?? null,
    commitment: row.commitment,
    flags: row.flags,
    same_as: row.sameAs?.document ?? null,
    same_as_row: row.sameAs?.row ?? null,
    differs: row.differs,
    issues: row.issues.length === 0 ? null : JSON.stringify(row.issues),
  }))
  await sql`
    insert into import_row (
      batch, place, state, expenditure, organization, measure, envelope, service_date,
      document_number, supplier, description, amount, commitment, flags, same_as, same_as_row,
      differs, issues
    )
    select ${batch}::uuid, listed.*
    from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as listed (
      place integer, state text, expenditure uuid, organization text, measure text, envelope text,
      service_date date, document_number text, supplier text, description text, amount numeric,
      commitment uuid, flags text[], same_as text, same_as_row integer, differs text[], issues text
    )
  `.execute(work)
}

const select = (handle: Handle) => handle.selectFrom('import_row').selectAll('import_row')

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const rowOf = (row: Row): ImportRow => ({
  place: row.place,
  state: stateOf(row.state),
  organization: row.organization,
  measure: row.measure,
  envelope: row.envelope,
  serviceDate: row.service_date === null ? null : calendarDate(row.service_date),
  documentNumber: row.document_number,
  supplier: row.supplier,
  description: row.description,
  amount: row.amount === null ? null : money(row.amount),
  commitment: row.commitment,
  flags: row.flags,
  expenditure: row.expenditure,
  sameAs:
    row.same_as === null && row.same_as_row === null
      ? null
      : { document: row.same_as, row: row.same_as_row },
  differs: row.differs,
  issues: row.issues === null ? [] : (JSON.parse(row.issues) as readonly Issue[]),
})

const stateOf = (stored: string): RowState =>
  rowStates.find((state) => state === stored) ?? 'rejected'

export interface RowsAsked {
  readonly batch: string
  readonly states?: readonly RowState[] | undefined
  /** Numbers of rows; all when left out. */
  readonly places?: readonly number[] | undefined
  /** Number of the last row already seen. */
  readonly after: number
  readonly limit: number
}

export async function listRows(handle: Handle, asked: RowsAsked): Promise<readonly ImportRow[]> {
  const { batch, states, places, after, limit } = asked
  const rows = await select(handle)
    .where('import_row.batch', '=', batch)
    .where('import_row.place', '>', after)
    .$if(states !== undefined, (query) =>
      query.where('import_row.state', 'in', [...(states ?? [])]),
    )
    .$if(places !== undefined, (query) =>
      query.where(sql<boolean>`import_row.place = any(${[...(places ?? [])]}::integer[])`),
    )
    .orderBy('import_row.place')
    .limit(limit)
    .execute()
  return rows.map(rowOf)
}

/** Documents that are not reversed and say the same but for date and amount; or that a row names. */
export async function listAlike(
  handle: Handle,
  wanted: readonly Wanted[],
): Promise<readonly Alike[]> {
  const { rows } = await sql<{
    place: number
    number: string
    service_date: string
    amount: string
  }>`
    select wanted.place, expenditure.number, expenditure.service_date, expenditure.amount
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (
      place integer, organization text, measure text, envelope text, "documentNumber" text,
      supplier text, "ownNumber" text
    )
    inner join expenditure on expenditure.document_number = wanted."documentNumber"
      and expenditure.supplier = wanted.supplier
      and expenditure.organization = wanted.organization
      and expenditure.measure is not distinct from wanted.measure
      and expenditure.envelope is not distinct from wanted.envelope
    where expenditure.state <> 'reversed' or expenditure.number = wanted."ownNumber"
    order by wanted.place, expenditure.number
  `.execute(handle)
  return rows.map((row) => ({
    place: row.place,
    number: row.number,
    serviceDate: calendarDate(row.service_date),
    amount: money(row.amount),
  }))
}

/**
 * Rows about to be confirmed that somebody recorded since the preview: under the counters of their
 * years, whoever enters the same has committed or waits for us.
 */
export async function listRecordedMeanwhile(
  work: Work,
  batch: string,
  places: readonly number[] | null,
): Promise<readonly { readonly place: number; readonly number: string }[]> {
  const { rows } = await sql<{ place: number; number: string }>`
    select import_row.place, min(expenditure.number) as number
    from import_row
    inner join expenditure on expenditure.document_number = import_row.document_number
      and expenditure.supplier = import_row.supplier
      and expenditure.organization = import_row.organization
      and expenditure.measure is not distinct from import_row.measure
      and expenditure.envelope is not distinct from import_row.envelope
    where import_row.batch = ${batch}::uuid
      and import_row.expenditure is not null
      and (${places === null} and import_row.state = 'new'
        or import_row.place = any(${[...(places ?? [])]}::integer[]))
      and expenditure.state <> 'reversed'
      and (
        import_row.state = 'new'
        or (expenditure.service_date, expenditure.amount)
          = (import_row.service_date, import_row.amount)
      )
    group by import_row.place
    order by import_row.place
    limit 100
  `.execute(work)
  return rows
}

/** Of the rows that would be confirmed: their organizations, and how many in each fiscal year. */
export async function summarizeRows(
  handle: Handle,
  batch: string,
  places: readonly number[] | null,
): Promise<{
  readonly organizations: readonly string[]
  readonly byYear: ReadonlyMap<string, number>
  readonly rows: number
  readonly amount: Money
}> {
  const { rows } = await sql<{
    organization: string
    year: string
    count: string
    amount: string
  }>`
    select import_row.organization, fiscal_year_of(import_row.service_date) as year,
      count(*) as count, sum(import_row.amount) as amount
    from import_row
    where import_row.batch = ${batch}::uuid
      and import_row.expenditure is not null
      and (${places === null} and import_row.state = 'new'
        or import_row.place = any(${[...(places ?? [])]}::integer[]))
    group by 1, 2
    order by 1, 2
  `.execute(handle)
  return summaryOf(rows)
}

function summaryOf(
  rows: readonly { organization: string; year: string; count: string; amount: string }[],
) {
  const byYear = new Map<string, number>()
  for (const { year, count } of rows) {
    byYear.set(year, (byYear.get(year) ?? 0) + Number(count))
  }
  return {
    organizations: [...new Set(rows.map(({ organization }) => organization))],
    byYear,
    rows: rows.reduce((total, { count }) => total + Number(count), 0),
    amount: sum(rows.map(({ amount }) => money(amount))),
  }
}

/** Ids of the documents that the import made, in the order of its rows, but for those deleted since. */
export async function listDocuments(
  handle: Handle,
  { id, confirmedEvent }: { readonly id: string; readonly confirmedEvent: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string[] | null }>`
    select array_agg(expenditure.id::text order by import_row.place) as ids
    from import_row
    inner join expenditure on expenditure.id = import_row.expenditure
    inner join expenditure_seal on expenditure_seal.expenditure = expenditure.id
      and expenditure_seal.event = ${confirmedEvent}::uuid
    where import_row.batch = ${id}::uuid
  `.execute(handle)
  return rows[0]?.ids ?? []
}

/** Numbers of the rows that made these documents. */
export async function listPlaces(
  handle: Handle,
  documents: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ expenditure: string; place: number }>`
    select import_row.expenditure, import_row.place
    from import_row
    where import_row.expenditure = any(${[...documents]}::uuid[])
  `.execute(handle)
  return new Map(rows.map(({ expenditure, place }) => [expenditure, place]))
}
