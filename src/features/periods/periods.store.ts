import { sql } from 'kysely'
import { type CalendarDate, calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Period, periodNumbers } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { TieOutStanding, UnpostedDocument } from './closing.ts'
import { type KeptPeriod, unused } from './period-state.ts'

const selectPeriods = (handle: Handle) =>
  handle
    .selectFrom('period')
    .innerJoinLateral(
      sql<{
        closed_by: string | null
        closed_at: string | null
      }>`closing_of(period.closed_event)`.as('closing'),
      (join) => join.onTrue(),
    )
    .select([
      'period.organization',
      'period.fiscal_year',
      'period.number',
      'period.is_closed',
      'period.version',
      'closing.closed_by',
      'closing.closed_at',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof selectPeriods>['executeTakeFirstOrThrow']>>

const periodOfRow = (row: Pick<Row, 'fiscal_year' | 'number'>): Period => ({
  fiscalYear: fiscalYear(row.fiscal_year),
  number: periodNumbers.find((number) => number === row.number) ?? 13,
})

const keptOf = (row: Row): KeptPeriod => ({
  ...periodOfRow(row),
  organization: row.organization,
  isClosed: row.is_closed,
  version: row.version,
  closing:
    row.closed_by === null || row.closed_at === null
      ? null
      : { by: row.closed_by, at: new Date(row.closed_at).toISOString() },
})

export async function listKeptPeriods(
  handle: Handle,
  asked: { readonly organization?: string | undefined; readonly fiscalYear?: string | undefined },
): Promise<readonly KeptPeriod[]> {
  const { organization, fiscalYear: year } = asked
  const rows = await selectPeriods(handle)
    .$if(organization !== undefined, (query) =>
      query.where('period.organization', '=', organization ?? ''),
    )
    .$if(year !== undefined, (query) => query.where('period.fiscal_year', '=', year ?? ''))
    .execute()
  return rows.map(keptOf)
}

export async function listClosedPeriods(
  handle: Handle,
  organization: string,
): Promise<readonly Period[]> {
  const rows = await handle
    .selectFrom('period')
    .select(['period.fiscal_year', 'period.number'])
    .where('period.organization', '=', organization)
    .where('period.is_closed', '=', true)
    .execute()
  return rows.map(periodOfRow)
}

/**
 * The period's row, made if this is its first use, locked: whoever records in it waits for us, or we
 * for them. Read only then, for a statement that waited would join to it what was before the wait.
 */
export async function lockPeriod(
  work: Work,
  organization: string,
  { fiscalYear: year, number }: Period,
): Promise<KeptPeriod> {
  await work
    .insertInto('period')
    .values({ organization, fiscal_year: year, number })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await work
    .selectFrom('period')
    .select('period.version')
    .where('period.organization', '=', organization)
    .where('period.fiscal_year', '=', year)
    .where('period.number', '=', number)
    .forUpdate()
    .execute()
  return findPeriod(work, organization, { fiscalYear: year, number })
}

export async function findPeriod(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<KeptPeriod> {
  const row = await selectPeriods(handle)
    .where('period.organization', '=', organization)
    .where('period.fiscal_year', '=', period.fiscalYear)
    .where('period.number', '=', period.number)
    .executeTakeFirst()
  return row === undefined ? unused(organization, period) : keptOf(row)
}

/** @param closedEvent the event that closes it; null reopens it */
export async function savePeriod(
  work: Work,
  { organization, fiscalYear: year, number }: KeptPeriod,
  closedEvent: string | null,
): Promise<void> {
  await work
    .updateTable('period')
    .set(({ eb }) => ({
      is_closed: closedEvent !== null,
      closed_event: closedEvent,
      version: eb('period.version', '+', 1),
    }))
    .where('period.organization', '=', organization)
    .where('period.fiscal_year', '=', year)
    .where('period.number', '=', number)
    .execute()
}

/** Drafts and submitted expenditures, whoever asks: the function sees what the reader may not. */
export async function listUnposted(
  handle: Handle,
  organization: string,
  until: CalendarDate,
): Promise<readonly UnpostedDocument[]> {
  const { rows } = await sql<{ id: string; number: string; state: string; service_date: string }>`
    select unposted.id, unposted.number, unposted.state, unposted.service_date
    from unposted_expenditures(${organization}, ${until}) as unposted
  `.execute(handle)
  return rows.map(({ id, number, state, service_date }) => ({
    id,
    number,
    state: state === 'draft' ? 'draft' : 'submitted',
    serviceDate: calendarDate(service_date),
  }))
}

/** Whoever asks: the function sees the matching that the reader may not. */
export async function findTieOut(
  handle: Handle,
  { organization, fiscalYear: year, number }: KeptPeriod,
): Promise<TieOutStanding> {
  const { rows } = await sql<{ has_extract: boolean; is_signed: boolean; is_current: boolean }>`
    select has_extract, is_signed, is_current
    from tie_out_of(${organization}, ${year}, ${number}::smallint)
  `.execute(handle)
  const [found] = rows
  return {
    hasExtract: found?.has_extract === true,
    isSigned: found?.is_signed === true,
    isCurrent: found?.is_current === true,
  }
}

export interface RecordingOrganization {
  readonly organization: string
  /** Of its government's plans, or the first it recorded in, whichever is earlier. */
  readonly firstFiscalYear: FiscalYear
}

/** Organizations that have used a period or have an officer; or the one that is named. */
export async function listRecordingOrganizations(
  handle: Handle,
  asked: string | null,
): Promise<readonly RecordingOrganization[]> {
  const { rows } = await sql<{ organization: string; first_fiscal_year: string }>`
    select
      organization.code as organization,
      least(
        (
          select min(programme.first_fiscal_year::text) from programme
          where programme.jurisdiction = organization.jurisdiction
            or organization.jurisdiction is null
        ),
        (
          select min(period.fiscal_year::text) from period
          where period.organization = organization.code
        )
      ) as first_fiscal_year
    from organization
    where case
      when ${asked}::text is not null then organization.code = ${asked}
      else exists (select from period where period.organization = organization.code)
        or exists (
          select from person_role
          where person_role.organization = organization.code and person_role.role = 'officer'
        )
    end
    order by organization.code
  `.execute(handle)
  return rows.map((row) => ({
    organization: row.organization,
    firstFiscalYear: fiscalYear(row.first_fiscal_year),
  }))
}
