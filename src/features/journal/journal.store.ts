import { sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money } from '#core/money.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import {
  type Account,
  accounts,
  type DocumentReference,
  type Entry,
  type EntryKind,
  entryKinds,
  type Line,
  type PostedEntry,
} from './entry.ts'

/** Inserts entries, then their lines, each set in one statement. Answers the ids in order. */
export async function insertEntries(
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
  const ids = inserted.map(({ id }) => id)
  await insertLines(work, ids, entries)
  return ids
}

async function insertLines(
  work: Work,
  ids: readonly string[],
  entries: readonly Entry[],
): Promise<void> {
  const lines = entries.flatMap((entry, index) =>
    entry.lines.map((line, place) => ({ entry: ids[index], place: place + 1, ...flat(line) })),
  )
  const column = (key: keyof (typeof lines)[number]) => lines.map((line) => line[key])
  await sql`
    insert into journal_line (
      entry, place, account, envelope, measure, organization, fiscal_year, amount
    )
    select * from unnest(
      ${column('entry')}::bigint[], ${column('place')}::smallint[], ${column('account')}::text[],
      ${column('envelope')}::text[], ${column('measure')}::text[],
      ${column('organization')}::text[], ${column('fiscalYear')}::text[],
      ${column('amount')}::numeric[]
    )
  `.execute(work)
}

const flat = ({ account, cell, amount }: Line) => ({ account, ...cell, amount: amount.toString() })

/** What is available in each cell of an envelope, by measure and year. */
export async function readAvailable(
  handle: Handle,
  envelope: string,
): Promise<readonly { measure: string | null; year: FiscalYear | null; amount: Money }[]> {
  const rows = await handle
    .selectFrom('journal_balance')
    .where('journal_balance.envelope', '=', envelope)
    .where('journal_balance.account', '=', 'available')
    .groupBy(['journal_balance.measure', 'journal_balance.fiscal_year'])
    .select(({ fn }) => [
      'journal_balance.measure',
      'journal_balance.fiscal_year',
      fn.sum<string>('journal_balance.amount').as('amount'),
    ])
    .execute()
  return rows.map(({ measure, fiscal_year, amount }) => ({
    measure,
    year: yearOrNull(fiscal_year),
    amount: money(amount),
  }))
}

export async function findEntry(handle: Handle, id: string): Promise<PostedEntry | null> {
  const [entry] = await listEntriesByIds(handle, [id])
  return entry ?? null
}

export interface EntryFilter {
  /** Id of the last entry already seen; null from the beginning. */
  readonly after: string | null
  readonly limit: number
}

export async function listEntries(
  handle: Handle,
  filter: EntryFilter,
): Promise<readonly PostedEntry[]> {
  const { after, limit } = filter
  const rows = await selectEntries(handle)
    .$if(after !== null, (query) => query.where('journal_entry.id', '>', after ?? ''))
    .limit(limit)
    .execute()
  return withLines(handle, rows)
}

export async function listEntriesByIds(
  handle: Handle,
  ids: readonly string[],
): Promise<readonly PostedEntry[]> {
  if (ids.length === 0) {
    return []
  }
  const rows = await selectEntries(handle)
    .where('journal_entry.id', 'in', [...ids])
    .execute()
  return withLines(handle, rows)
}

const selectEntries = (handle: Handle) =>
  handle.selectFrom('journal_entry').selectAll().orderBy('journal_entry.id')

type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number]

async function withLines(
  handle: Handle,
  rows: readonly EntryRow[],
): Promise<readonly PostedEntry[]> {
  const lines = await handle
    .selectFrom('journal_line')
    .selectAll()
    .where('journal_line.entry', 'in', rows.length === 0 ? ['0'] : rows.map((row) => row.id))
    .orderBy('journal_line.entry')
    .orderBy('journal_line.place')
    .execute()
  const byEntry = Map.groupBy(lines, (line) => line.entry)
  return rows.map((row) => ({
    id: row.id,
    kind: known(entryKinds, row.kind),
    organization: row.organization,
    effectiveOn: calendarDate(row.effective_on),
    recordedIn:
      row.recorded_fiscal_year === null
        ? null
        : { fiscalYear: fiscalYear(row.recorded_fiscal_year), number: period(row.recorded_period) },
    document: { type: known(documentTypes, row.document_type), id: row.document },
    reverses: row.reverses,
    flags: row.flags,
    lines: (byEntry.get(row.id) ?? []).map((line) => ({
      account: known(accounts, line.account),
      cell: {
        envelope: line.envelope,
        measure: line.measure,
        organization: line.organization,
        fiscalYear: yearOrNull(line.fiscal_year),
      },
      amount: money(line.amount),
    })),
  }))
}

const documentTypes: readonly DocumentReference['type'][] = ['envelope', 'expenditure']

function known<T extends Account | EntryKind | DocumentReference['type']>(
  list: readonly T[],
  text: string,
): T {
  const found = list.find((item) => item === text)
  if (found === undefined) {
    throw new RangeError(`unknown journal word ${text}`)
  }
  return found
}

const period = (stored: number | null): PeriodNumber =>
  periodNumbers.find((number) => number === stored) ?? 13

const yearOrNull = (stored: string | null): FiscalYear | null =>
  stored === null ? null : fiscalYear(stored)

export async function countEntries(handle: Handle): Promise<number> {
  const { count } = await handle
    .selectFrom('journal_entry')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
