import { type SqlBool, sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { proposalState } from './proposal.ts'
import {
  type Revision,
  type RevisionKind,
  type RevisionLine,
  type RevisionStatement,
  revisionKinds,
} from './revision.ts'

const selectRevisions = (handle: Handle) =>
  handle
    .selectFrom('revision')
    .leftJoin('journal_entry', 'journal_entry.id', 'revision.entry')
    .selectAll('revision')
    .select(sql<string | null>`event_position(journal_entry.event)`.as('position'))
    .select(
      sql<string>`(
        select jsonb_agg(jsonb_build_object(
          'envelope', revision_line.envelope, 'measure', revision_line.measure,
          'fiscalYear', revision_line.fiscal_year, 'amount', revision_line.amount::text
        ) order by revision_line.place)
        from revision_line where revision_line.revision = revision.id
      )`.as('lines'),
    )

type Row = Awaited<ReturnType<ReturnType<typeof selectRevisions>['executeTakeFirstOrThrow']>>

interface StoredLine {
  readonly envelope: string
  readonly measure: string | null
  readonly fiscalYear: string | null
  readonly amount: string
}

function revisionOf(row: Row): Revision {
  const lines: readonly StoredLine[] = JSON.parse(row.lines)
  return {
    id: row.id,
    number: row.number,
    state: proposalState(row.state),
    version: row.version,
    kind: kindOf(row.kind),
    organization: row.organization,
    reason: row.reason,
    documentReference: row.document_reference,
    effectiveOn: calendarDate(row.effective_on),
    lines: lines.map((line) => ({
      ...line,
      fiscalYear: line.fiscalYear === null ? null : fiscalYear(line.fiscalYear),
      amount: money(line.amount),
    })),
    preparedBy: row.prepared_by,
    changedBy: row.changed_by,
    submittedBy: row.submitted_by,
    approvedBy: row.approved_by,
    entry: row.entry,
    position: row.position === null ? null : Number(row.position),
  }
}

function kindOf(stored: string): RevisionKind {
  const found = revisionKinds.find((kind) => kind === stored)
  if (found === undefined) {
    throw new RangeError(`unknown kind of revision ${stored}`)
  }
  return found
}

export async function findRevision(handle: Handle, id: string): Promise<Revision | null> {
  const row = await selectRevisions(handle).where('revision.id', '=', id).executeTakeFirst()
  return row === undefined ? null : revisionOf(row)
}

export async function findRevisionByNumber(handle: Handle, number: string): Promise<string | null> {
  const row = await handle
    .selectFrom('revision')
    .select('revision.id')
    .where('revision.number', '=', number)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function lockRevision(work: Work, id: string): Promise<Revision | null> {
  await work
    .selectFrom('revision')
    .select('revision.id')
    .where('revision.id', '=', id)
    .forUpdate()
    .execute()
  return findRevision(work, id)
}

export interface RevisionFilter {
  readonly organization?: string | undefined
  readonly envelope?: string | undefined
  readonly kind?: RevisionKind | undefined
  readonly state?: Revision['state'] | undefined
}

export interface RevisionPage {
  readonly limit: number
  /** Effective date and id of the last one already seen. */
  readonly after: readonly string[] | null
}

/** In the order of effective dates; one row more than asked tells that another page follows. */
export async function listRevisions(
  handle: Handle,
  organizations: readonly string[],
  filter: RevisionFilter,
  page: RevisionPage,
): Promise<readonly Revision[]> {
  const [day, id] = page.after ?? []
  const rows = await selectRevisions(handle)
    .where(matches(organizations, filter))
    .$if(day !== undefined && id !== undefined, (query) =>
      query.where(sql<SqlBool>`(revision.effective_on, revision.id) > (${day}::date, ${id}::uuid)`),
    )
    .orderBy('revision.effective_on')
    .orderBy('revision.id')
    .limit(page.limit + 1)
    .execute()
  return rows.map(revisionOf)
}

export async function countRevisions(
  handle: Handle,
  organizations: readonly string[],
  filter: RevisionFilter,
): Promise<number> {
  const { count } = await handle
    .selectFrom('revision')
    .where(matches(organizations, filter))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const matches = (
  organizations: readonly string[],
  { organization, envelope, kind, state }: RevisionFilter,
) => sql<SqlBool>`(
    (${organizations.includes('*')} or revision.organization = any (${[...organizations]}::text[]))
    and revision.organization = coalesce(${organization ?? null}, revision.organization)
    and revision.kind = coalesce(${kind ?? null}, revision.kind)
    and revision.state = coalesce(${state ?? null}, revision.state)
    and (${envelope ?? null}::text is null or exists (
      select from revision_line
      where revision_line.revision = revision.id and revision_line.envelope = ${envelope ?? null}
    ))
  )`

interface NewRevision extends RevisionStatement {
  readonly number: string
  readonly organization: string
  readonly preparedBy: string
}

export async function insertRevision(work: Work, draft: NewRevision): Promise<string> {
  const { id } = await work
    .insertInto('revision')
    .values({
      ...statementColumns(draft),
      number: draft.number,
      organization: draft.organization,
      prepared_by: draft.preparedBy,
      changed_by: draft.preparedBy,
    })
    .returning('revision.id')
    .executeTakeFirstOrThrow()
  await insertLines(work, id, draft.lines)
  return id
}

export const statementColumns = (stated: RevisionStatement) => ({
  kind: stated.kind,
  reason: stated.reason,
  document_reference: stated.documentReference,
  effective_on: stated.effectiveOn,
})

async function insertLines(work: Work, id: string, lines: readonly RevisionLine[]): Promise<void> {
  await work
    .insertInto('revision_line')
    .values(
      lines.map(({ envelope, measure, fiscalYear, amount }, place) => ({
        revision: id,
        place: place + 1,
        envelope,
        measure,
        fiscal_year: fiscalYear,
        amount: amount.toString(),
      })),
    )
    .execute()
}

export async function replaceLines(
  work: Work,
  id: string,
  lines: readonly RevisionLine[],
): Promise<void> {
  await work.deleteFrom('revision_line').where('revision_line.revision', '=', id).execute()
  await insertLines(work, id, lines)
}

export async function updateRevision(
  work: Work,
  id: string,
  change: Partial<{
    state: string
    organization: string
    changed_by: string
    submitted_by: string | null
    approved_by: string
    entry: string
  }> &
    Partial<ReturnType<typeof statementColumns>>,
): Promise<void> {
  await work
    .updateTable('revision')
    .set(change)
    .set(({ eb }) => ({ version: eb('revision.version', '+', 1) }))
    .where('revision.id', '=', id)
    .execute()
}

export async function deleteRevision(work: Work, id: string): Promise<void> {
  await work.deleteFrom('revision').where('revision.id', '=', id).execute()
}
