import { type SqlBool, sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { Money, money } from '#core/money.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type Cause, causes } from './cause.ts'
import {
  accounts,
  type DocumentReference,
  type EntryKind,
  type EntryOrder,
  entryKinds,
  type PostedEntry,
} from './entry.ts'

/** A cell of an envelope: what is available there, and what is planned of that. */
export interface AvailableCell {
  readonly measure: string | null
  readonly year: FiscalYear | null
  readonly amount: Money
  readonly planned: Money
}

const plannedKinds: readonly EntryKind[] = [
  'appropriation',
  'supplement',
  'reduction',
  'transfer',
  'distribution',
  'carry-forward',
]

/** By measure and year. */
export async function readAvailable(
  handle: Handle,
  envelope: string,
): Promise<readonly AvailableCell[]> {
  const rows = await handle
    .selectFrom('journal_balance')
    .where('journal_balance.envelope', '=', envelope)
    .where('journal_balance.account', '=', 'available')
    .groupBy(['journal_balance.measure', 'journal_balance.fiscal_year'])
    .select(({ fn }) => [
      'journal_balance.measure',
      'journal_balance.fiscal_year',
      fn.sum<string>('journal_balance.amount').as('amount'),
      fn
        .sum<string | null>('journal_balance.amount')
        .filterWhere('journal_balance.kind', 'in', plannedKinds)
        .as('planned'),
    ])
    .execute()
  return rows.map(({ measure, fiscal_year, amount, planned }) => ({
    measure,
    year: yearOrNull(fiscal_year),
    amount: money(amount),
    planned: planned === null ? Money.zero : money(planned),
  }))
}

export interface EntryFilter {
  readonly cause?: Cause | undefined
  readonly kind?: EntryKind | undefined
  readonly organization?: string | undefined
  /** Id of what the entry posts. */
  readonly document?: string | undefined
  /** Entries with a line of this envelope, measure and year: all on one line where several are asked. */
  readonly envelope?: string | undefined
  readonly measure?: string | undefined
  readonly fiscalYear?: FiscalYear | undefined
  /** Entries with a line of this government's envelopes or measures. */
  readonly jurisdiction?: Jurisdiction | undefined
  /** Recorded after this position. */
  readonly since?: AsOf
  /** Recorded by this position. */
  readonly asOf?: AsOf
}

export interface EntryPage extends EntryFilter {
  /** From the first one posted, unless told. */
  readonly order?: EntryOrder | undefined
  /** Id of the last entry already seen; null from the beginning. */
  readonly after: string | null
  readonly limit: number
}

export async function listEntries(
  handle: Handle,
  page: EntryPage,
): Promise<readonly PostedEntry[]> {
  const { after, limit, order = 'oldest' } = page
  const isNewest = order === 'newest'
  const rows = await selectEntries(handle, isNewest ? 'desc' : 'asc')
    .where((builder) => builder.and(entryConditions(page)))
    .$if(after !== null, (query) =>
      query.where('journal_entry.id', isNewest ? '<' : '>', after ?? ''),
    )
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

export interface EntryStanding {
  readonly cause: Cause
  /** Id of the entry that took it back. */
  readonly reversedBy: string | null
}

/** Of one entry that is there. */
export async function readEntryStanding(handle: Handle, id: string): Promise<EntryStanding> {
  const { rows } = await sql<{ cause: string; reversed_by: string | null }>`
    select
      entry_cause(
        journal_entry.kind, journal_entry.reverses, journal_entry.flags, event.type
      ) as cause,
      later.id as reversed_by
    from journal_entry
    inner join event on event.id = journal_entry.event
    left join journal_entry as later on later.reverses = journal_entry.id
    where journal_entry.id = ${id}::bigint
  `.execute(handle)
  return {
    cause: known(causes, rows[0]?.cause ?? ''),
    reversedBy: rows[0]?.reversed_by ?? null,
  }
}

/** What took back spending of these expenditures, or gave back what was taken. */
export async function listCorrections(
  handle: Handle,
  expenditures: readonly string[],
  asOf: AsOf,
): Promise<readonly PostedEntry[]> {
  if (expenditures.length === 0) {
    return []
  }
  const rows = await selectEntries(handle)
    .where('journal_entry.document_type', '=', 'expenditure')
    .where('journal_entry.document', 'in', [...expenditures])
    .where(({ eb, or }) =>
      or([eb('journal_entry.reverses', 'is not', null), eb('journal_entry.kind', '=', 'refund')]),
    )
    .where(knownAt('journal_entry.event', asOf))
    .execute()
  return withLines(handle, rows)
}

const selectEntries = (handle: Handle, order: 'asc' | 'desc' = 'asc') =>
  handle.selectFrom('journal_entry').selectAll().orderBy('journal_entry.id', order)

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

const documentTypes: readonly DocumentReference['type'][] = [
  'envelope',
  'revision',
  'commitment',
  'expenditure',
  'year-end',
]

function known<T extends string>(list: readonly T[], text: string): T {
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

export async function countEntries(handle: Handle, filter: EntryFilter): Promise<number> {
  const { count } = await handle
    .selectFrom('journal_entry')
    .where((builder) => builder.and(entryConditions(filter)))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function entryConditions(filter: EntryFilter) {
  const { cause, jurisdiction, kind, organization, document, since = null, asOf = null } = filter
  const named = [
    ['kind', kind],
    ['organization', organization],
    ['document', document],
  ] as const
  return [
    knownAt('journal_entry.event', asOf),
    ...named.flatMap(([column, value]) =>
      value === undefined ? [] : [sql<SqlBool>`${sql.ref(`journal_entry.${column}`)} = ${value}`],
    ),
    ...lineConditions(filter),
    ...(since === null
      ? []
      : [sql<SqlBool>`event_position(journal_entry.event) > ${String(since)}::bigint`]),
    ...(cause === undefined
      ? []
      : [
          sql<SqlBool>`${cause} = (
            select entry_cause(
              journal_entry.kind, journal_entry.reverses, journal_entry.flags, event.type
            )
            from event where event.id = journal_entry.event
          )`,
        ]),
    ...(jurisdiction === undefined
      ? []
      : [
          sql<SqlBool>`exists (
            select from journal_line
            left join envelope on envelope.code = journal_line.envelope
            left join measure on measure.code = journal_line.measure
            inner join programme
              on programme.code = coalesce(envelope.programme, measure.programme)
            where journal_line.entry = journal_entry.id
              and programme.jurisdiction = ${jurisdiction}
          )`,
        ]),
  ]
}

function lineConditions({ envelope, measure, fiscalYear: year }: EntryFilter) {
  const asked = [
    ['envelope', envelope],
    ['measure', measure],
    ['fiscal_year', year],
  ] as const
  const told = asked.flatMap(([column, value]) =>
    value === undefined ? [] : [sql`and ${sql.ref(`journal_line.${column}`)} = ${value}`],
  )
  return told.length === 0
    ? []
    : [
        sql<SqlBool>`exists (
          select from journal_line
          where journal_line.entry = journal_entry.id ${sql.join(told, sql` `)}
        )`,
      ]
}
