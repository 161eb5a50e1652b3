import { sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money } from '#core/money.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Figures, YearBalance } from './closing.ts'
import { policyKind } from './policy.ts'
import type { YearEnd } from './year-end.ts'

interface StoredBalance {
  readonly account: string
  readonly envelope: string
  readonly measure: string | null
  readonly organization: string
  readonly fiscal_year: string | null
  readonly amount: string
  readonly planned: string | null
}

/** Of a programme's envelopes, cell by cell. Ask under their locks when a decision hangs on it. */
export async function readYearBalances(
  handle: Handle,
  programme: string,
): Promise<ReadonlyMap<string, readonly YearBalance[]>> {
  const { rows } = await sql<StoredBalance>`
    select
      kept.account, kept.envelope, kept.measure, kept.organization, kept.fiscal_year,
      sum(kept.amount) as amount,
      sum(kept.amount) filter (
        where kept.kind in ('appropriation', 'supplement', 'reduction', 'transfer',
          'distribution', 'carry-forward')
      ) as planned
    from journal_balance as kept
    inner join envelope on envelope.code = kept.envelope
    where envelope.programme = ${programme} and kept.account in ('available', 'committed')
    group by kept.account, kept.envelope, kept.measure, kept.organization, kept.fiscal_year
    order by kept.envelope, kept.fiscal_year, kept.account, kept.measure, kept.organization
  `.execute(handle)
  return Map.groupBy(rows.map(balanceOf), ({ envelope }) => envelope ?? '')
}

const balanceOf = (row: StoredBalance): YearBalance => ({
  account: row.account === 'committed' ? 'committed' : 'available',
  envelope: row.envelope,
  measure: row.measure,
  organization: row.organization,
  fiscalYear: row.fiscal_year === null ? null : fiscalYear(row.fiscal_year),
  amount: money(row.amount),
  planned: moneyOrNull(row.planned),
})

const moneyOrNull = (stored: string | null): Money | null =>
  stored === null ? null : money(stored)

export interface HeldCommitment {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly remaining: string
}

/** Of any organization, waiting or open; locked in the order of ids, whoever asks. */
export async function lockCommitmentsHeld(
  work: Work,
  programme: string,
  year: FiscalYear,
): Promise<readonly HeldCommitment[]> {
  const { rows } = await sql<HeldCommitment>`
    select held.id, held.number, held.state, held.remaining
    from lock_commitments_held(${programme}, ${year}) as held
  `.execute(work)
  return rows
}

export interface Closure {
  readonly event: string
  readonly carriedTo: FiscalYear
  readonly figures: readonly Figures[]
}

/** From here on the year is closed, and its open commitments are held in the next. */
export async function saveClosedYear(
  work: Work,
  { id, programme, fiscalYear: year }: YearEnd,
  { event, carriedTo, figures }: Closure,
): Promise<void> {
  await work
    .insertInto('closed_year')
    .values({ year_end: id, programme, fiscal_year: year, carried_to: carriedTo, event })
    .execute()
  if (figures.length > 0) {
    await work
      .insertInto('closed_year_figure')
      .values(
        figures.map((each) => ({
          year_end: id,
          envelope: each.envelope,
          policy: each.policy,
          percent: each.percent,
          is_default: each.isDefault,
          is_last_year: each.isLastYear,
          planned_before: each.plannedBefore?.toString() ?? null,
          topped_up: each.toppedUp.toString(),
          commitments_carried: each.commitmentsCarried.toString(),
          carried: each.carried.toString(),
          lapsed: each.lapsed.toString(),
          available_left: each.availableLeft.toString(),
        })),
      )
      .execute()
  }
}

export interface ClosedFigures {
  readonly yearEnd: string
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly carriedTo: FiscalYear
  /** Of the event that closed it. */
  readonly position: number
  readonly figures: Figures
}

export interface ClosedAsked {
  readonly yearEnd?: string
  readonly jurisdiction?: Jurisdiction
  readonly asOf?: AsOf
}

/** What the closings of years did, envelope by envelope, in the order of years and of the plan. */
export async function listClosedFigures(
  handle: Handle,
  { yearEnd, jurisdiction, asOf = null }: ClosedAsked,
): Promise<readonly ClosedFigures[]> {
  const rows = await handle
    .selectFrom('closed_year')
    .innerJoin('closed_year_figure', 'closed_year_figure.year_end', 'closed_year.year_end')
    .innerJoin('envelope', 'envelope.code', 'closed_year_figure.envelope')
    .innerJoin('programme', 'programme.code', 'closed_year.programme')
    .where(knownAt('closed_year.event', asOf))
    .$if(yearEnd !== undefined, (query) => query.where('closed_year.year_end', '=', yearEnd ?? ''))
    .$if(jurisdiction !== undefined, (query) =>
      query.where('programme.jurisdiction', '=', jurisdiction ?? ''),
    )
    .selectAll('closed_year_figure')
    .select(['closed_year.programme', 'closed_year.fiscal_year', 'closed_year.carried_to'])
    .select(sql<string>`event_position(closed_year.event)`.as('position'))
    .orderBy('closed_year.fiscal_year')
    .orderBy('closed_year.programme')
    .orderBy('envelope.place')
    .orderBy('envelope.code')
    .execute()
  return rows.map((row) => ({
    yearEnd: row.year_end,
    programme: row.programme,
    fiscalYear: fiscalYear(row.fiscal_year),
    carriedTo: fiscalYear(row.carried_to),
    position: Number(row.position),
    figures: {
      envelope: row.envelope,
      policy: policyKind(row.policy),
      percent: row.percent,
      isDefault: row.is_default,
      isLastYear: row.is_last_year,
      plannedBefore: moneyOrNull(row.planned_before),
      toppedUp: money(row.topped_up),
      commitmentsCarried: money(row.commitments_carried),
      carried: money(row.carried),
      lapsed: money(row.lapsed),
      availableLeft: money(row.available_left),
    },
  }))
}
