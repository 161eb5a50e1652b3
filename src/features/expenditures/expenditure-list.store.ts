import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { type Money, money } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import { knownAt } from '#platform/db/as-of.ts'
import type { Database } from '#platform/db/schema.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Expenditure } from './expenditure.ts'
import { expenditureOf, selectExpenditures } from './expenditures.store.ts'
import type { ExpenditureFilter, PageAsked } from './filter.ts'

/**
 * One page in the order of service dates, one row more than asked to tell whether another follows.
 * @param organizations those the reader may see; `*` for all
 */
export async function listExpenditures(
  handle: Handle,
  organizations: readonly string[],
  filter: ExpenditureFilter,
  page: PageAsked,
): Promise<readonly Expenditure[]> {
  const [date, id] = page.after ?? []
  const rows = await selectExpenditures(handle)
    .where(matches(organizations, filter))
    .$if(date !== undefined && id !== undefined, (query) =>
      query.where(
        sql<SqlBool>`(expenditure.service_date, expenditure.id) > (${date}::date, ${id}::uuid)`,
      ),
    )
    .orderBy('expenditure.service_date')
    .orderBy('expenditure.id')
    .limit(page.limit + 1)
    .execute()
  return rows.map(expenditureOf)
}

/**
 * Of the whole list: how many, and the sum gross and net of reversals and refunds. With a period it
 * is what that period recorded: documents posted in it, and what it took back of these and others.
 */
export async function countExpenditures(
  handle: Handle,
  organizations: readonly string[],
  filter: ExpenditureFilter,
): Promise<{ count: number; total: Money; gross: Money }> {
  const { period } = filter
  const { count, total, gross } = await handle
    .selectFrom('expenditure')
    .where(matches(organizations, filter))
    .select([
      sql<string>`count(*)`.as('count'),
      (period === undefined ? netTotal : netOfPeriod(period)).as('total'),
      (period === undefined ? grossTotal : grossOfPeriod(period)).as('gross'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(count), total: money(total), gross: money(gross) }
}

const grossTotal = sql<string>`coalesce(sum(expenditure.amount), 0.00)`

const netTotal = sql<string>`coalesce(
  sum(expenditure.amount - expenditure.refunded) filter (where expenditure.state <> 'reversed'),
  0.00
)`

const grossOfPeriod = (period: Period) => sql<string>`
  coalesce(sum(expenditure.amount) filter (where ${recordedIn(period)}), 0.00)`

const netOfPeriod = (period: Period) => sql<string>`${grossOfPeriod(period)}
  + coalesce(
    sum((
      select sum(journal_line.amount) from journal_entry
      inner join journal_line on journal_line.entry = journal_entry.id
      where ${correctedIn(period)} and journal_line.account = 'spent'
    )) filter (where ${isCorrected}),
    0.00
  )`

const recordedIn = ({ fiscalYear, number }: Period) => sql<SqlBool>`
  (expenditure.recorded_fiscal_year, expenditure.recorded_period) = (${fiscalYear}, ${number})`

/** Most are not, and need no look into the journal. */
export const isCorrected = sql<SqlBool>`(expenditure.state = 'reversed' or expenditure.refunded > 0)`

const correctedIn = ({ fiscalYear, number }: Period) => sql<SqlBool>`
  journal_entry.document_type = 'expenditure'
  and journal_entry.document = expenditure.id::text
  and journal_entry.id <> expenditure.entry
  and journal_entry.recorded_fiscal_year = ${fiscalYear}
  and journal_entry.recorded_period = ${number}`

const hasCorrectionIn = (period: Period) => sql<SqlBool>`(
  ${isCorrected} and exists (select from journal_entry where ${correctedIn(period)})
)`

/** A return gives back the name of who submitted it, and keeps when that was. */
const isReturned = sql<SqlBool>`(
  expenditure.state = 'draft' and expenditure.submitted_at is not null
)`

const postedBy = (position: number) => sql<SqlBool>`exists (
  select from journal_entry
  where journal_entry.id = expenditure.entry
    and ${knownAt('journal_entry.event', position)}
)`

type Build = ExpressionBuilder<Database, 'expenditure'>

export const matches =
  (organizations: readonly string[], filter: ExpenditureFilter) => (eb: Build) => {
    const { organization, measure, envelope, fiscalYear, state, from, to, period } = filter
    return eb.and([
      ...(organizations.includes('*')
        ? []
        : [
            eb('expenditure.organization', 'in', organizations.length === 0 ? [''] : organizations),
          ]),
      ...(organization === undefined ? [] : [eb('expenditure.organization', '=', organization)]),
      ...(measure === undefined ? [] : [eb('expenditure.measure', '=', measure)]),
      ...(envelope === undefined ? [] : [eb('expenditure.envelope', '=', envelope)]),
      ...(fiscalYear === undefined ? [] : [eb('expenditure.fiscal_year', '=', fiscalYear)]),
      ...(state === undefined ? [] : [eb('expenditure.state', '=', state)]),
      ...(filter.preparedBy === undefined
        ? []
        : [eb('expenditure.prepared_by', '=', filter.preparedBy)]),
      ...(filter.returned === undefined ? [] : [isReturned]),
      ...(from === undefined ? [] : [eb('expenditure.service_date', '>=', from)]),
      ...(to === undefined ? [] : [eb('expenditure.service_date', '<=', to)]),
      ...(period === undefined ? [] : [eb.or([recordedIn(period), hasCorrectionIn(period)])]),
      ...(filter.postedBy == null ? [] : [postedBy(filter.postedBy)]),
      ...planConditions(filter),
    ])
  }

/** Conditions on the plan behind the expenditure rather than on its own columns. */
function planConditions({ axis, lead, jurisdiction, funding, text }: ExpenditureFilter) {
  const pattern = `%${(text ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return [
    ...(axis === undefined
      ? []
      : [
          sql<SqlBool>`exists (
            select from measure
            where measure.code = expenditure.measure and measure.axis = ${axis}
          )`,
        ]),
    ...(lead === undefined
      ? []
      : [
          sql<SqlBool>`${lead} = coalesce(
            (
              select string_agg(measure_lead.organization, '+' order by measure_lead.organization)
              from measure_lead where measure_lead.measure = expenditure.measure
            ),
            (select envelope.organization from envelope where envelope.code = expenditure.envelope)
          )`,
        ]),
    ...(jurisdiction === undefined ? [] : [ofJurisdiction(jurisdiction)]),
    ...(funding === undefined
      ? []
      : [
          sql<SqlBool>`(
            case
              when expenditure.envelope is null then 'self_funded'
              when (
                select count(*) from envelope_measure
                where envelope_measure.envelope = expenditure.envelope
              ) > 1 then 'shared'
              else 'own'
            end
          ) = any(${[...funding]})`,
        ]),
    ...(text === undefined
      ? []
      : [
          sql<SqlBool>`concat_ws(' ', expenditure.number, expenditure.document_number,
            expenditure.supplier, expenditure.description) ilike ${pattern}`,
        ]),
  ]
}

/** Two lists looked into, rather than a programme looked up for each row. */
const ofJurisdiction = (jurisdiction: Jurisdiction) => sql<SqlBool>`case
  when expenditure.envelope is null then expenditure.measure in (
    select measure.code from measure
    inner join programme on programme.code = measure.programme
    where programme.jurisdiction = ${jurisdiction}
  )
  else expenditure.envelope in (
    select envelope.code from envelope
    inner join programme on programme.code = envelope.programme
    where programme.jurisdiction = ${jurisdiction}
  )
end`
