import { type SqlBool, sql } from 'kysely'
import { fiscalYear } from '#core/fiscal-year.ts'
import { proposalState } from '#features/funding/proposal.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type Policy, policyKind } from './policy.ts'
import type { YearEnd } from './year-end.ts'

const selectYearEnds = (handle: Handle) =>
  handle
    .selectFrom('year_end')
    .selectAll('year_end')
    .select(sql<string | null>`event_position(year_end.event)`.as('position'))
    .select(
      sql<string>`(
        select coalesce(jsonb_agg(jsonb_build_object(
          'envelope', year_end_policy.envelope, 'policy', year_end_policy.policy,
          'percent', year_end_policy.percent::text
        ) order by year_end_policy.envelope), '[]'::jsonb)
        from year_end_policy where year_end_policy.year_end = year_end.id
      )`.as('policies'),
    )

type Row = Awaited<ReturnType<ReturnType<typeof selectYearEnds>['executeTakeFirstOrThrow']>>

interface StoredPolicy {
  readonly envelope: string
  readonly policy: string
  readonly percent: string | null
}

function yearEndOf(row: Row): YearEnd {
  const policies: readonly StoredPolicy[] = JSON.parse(row.policies)
  return {
    id: row.id,
    state: proposalState(row.state),
    version: row.version,
    programme: row.programme,
    organization: row.organization,
    fiscalYear: fiscalYear(row.fiscal_year),
    policies: policies.map((each) => ({ ...each, policy: policyKind(each.policy) })),
    digest: row.digest,
    preparedBy: row.prepared_by,
    changedBy: row.changed_by,
    submittedBy: row.submitted_by,
    approvedBy: row.approved_by,
    position: row.position === null ? null : Number(row.position),
  }
}

export async function findYearEnd(handle: Handle, id: string): Promise<YearEnd | null> {
  const row = await selectYearEnds(handle).where('year_end.id', '=', id).executeTakeFirst()
  return row === undefined ? null : yearEndOf(row)
}

/** Locks first: of ten who approve at once one sees something to approve. */
export async function lockYearEnd(work: Work, id: string): Promise<YearEnd | null> {
  await work
    .selectFrom('year_end')
    .select('year_end.id')
    .where('year_end.id', '=', id)
    .forUpdate()
    .execute()
  return findYearEnd(work, id)
}

export async function findYearEndOf(
  handle: Handle,
  programme: string,
  year: string,
): Promise<string | null> {
  const row = await handle
    .selectFrom('year_end')
    .select('year_end.id')
    .where('year_end.programme', '=', programme)
    .where('year_end.fiscal_year', '=', year)
    .executeTakeFirst()
  return row?.id ?? null
}

export interface YearEndFilter {
  readonly programme?: string | undefined
  readonly fiscalYear?: string | undefined
  readonly state?: YearEnd['state'] | undefined
}

export interface YearEndPage {
  readonly limit: number
  /** Fiscal year and id of the last one already seen. */
  readonly after: readonly string[] | null
}

/** In the order of years; one row more than asked tells that another page follows. */
export async function listYearEnds(
  handle: Handle,
  organizations: readonly string[],
  filter: YearEndFilter,
  page: YearEndPage,
): Promise<readonly YearEnd[]> {
  const [year, id] = page.after ?? []
  const rows = await selectYearEnds(handle)
    .where(matches(organizations, filter))
    .$if(year !== undefined && id !== undefined, (query) =>
      query.where(sql<SqlBool>`(year_end.fiscal_year::text, year_end.id) > (${year}, ${id}::uuid)`),
    )
    .orderBy(sql`year_end.fiscal_year::text`)
    .orderBy('year_end.id')
    .limit(page.limit + 1)
    .execute()
  return rows.map(yearEndOf)
}

export async function countYearEnds(
  handle: Handle,
  organizations: readonly string[],
  filter: YearEndFilter,
): Promise<number> {
  const { count } = await handle
    .selectFrom('year_end')
    .where(matches(organizations, filter))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const matches = (
  organizations: readonly string[],
  { programme, fiscalYear: year, state }: YearEndFilter,
) => sql<SqlBool>`(
    (${organizations.includes('*')} or year_end.organization = any (${[...organizations]}::text[]))
    and year_end.programme = coalesce(${programme ?? null}, year_end.programme)
    and year_end.fiscal_year::text = coalesce(${year ?? null}, year_end.fiscal_year::text)
    and year_end.state = coalesce(${state ?? null}, year_end.state)
  )`

export interface NewYearEnd {
  readonly programme: string
  readonly organization: string
  readonly fiscalYear: string
  readonly policies: readonly Policy[]
  readonly digest: string
  readonly preparedBy: string
  /** What it takes the place of: it keeps its id, and counts on. */
  readonly replaces: Pick<YearEnd, 'id' | 'version'> | null
}

export async function insertYearEnd(work: Work, draft: NewYearEnd): Promise<string> {
  const { replaces } = draft
  const { id } = await work
    .insertInto('year_end')
    .values({
      ...(replaces === null ? {} : { id: replaces.id, version: replaces.version + 1 }),
      programme: draft.programme,
      organization: draft.organization,
      fiscal_year: draft.fiscalYear,
      digest: draft.digest,
      prepared_by: draft.preparedBy,
      changed_by: draft.preparedBy,
    })
    .returning('year_end.id')
    .executeTakeFirstOrThrow()
  if (draft.policies.length > 0) {
    await work
      .insertInto('year_end_policy')
      .values(draft.policies.map((policy) => ({ year_end: id, ...policy })))
      .execute()
  }
  return id
}

/** Each mark is a version, but for the submission of what was just entered. */
export async function markYearEnd(
  work: Work,
  { id, version }: Pick<YearEnd, 'id' | 'version'>,
  marks: {
    readonly state: YearEnd['state']
    readonly submitted_by?: string | null
    readonly approved_by?: string
    readonly event?: string
  },
): Promise<void> {
  await work
    .updateTable('year_end')
    .set({ ...marks, version })
    .where('year_end.id', '=', id)
    .execute()
}

export async function deleteYearEnd(work: Work, id: string): Promise<void> {
  await work.deleteFrom('year_end').where('year_end.id', '=', id).execute()
}
