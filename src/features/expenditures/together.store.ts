import { sql } from 'kysely'
import type { CalendarDate } from '#core/calendar-date.ts'
import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { documentText } from './document-text.store.ts'
import type { Sealed, TogetherState } from './together.ts'

/** Documents by the thousand: each step of all of them is one statement a lot. */
export interface NewTogether {
  readonly id: string
  readonly number: string
  readonly organization: string
  readonly measure: string | null
  readonly envelope: string | null
  readonly serviceDate: CalendarDate
  readonly fiscalYear: FiscalYear
  readonly documentNumber: string
  readonly supplier: string
  readonly description: string
  readonly amount: Money
  readonly commitment: string | null
  readonly flags: readonly string[]
}

export async function insertTogether(
  work: Work,
  documents: readonly NewTogether[],
  { by, isSubmitted }: { readonly by: string; readonly isSubmitted: boolean },
): Promise<void> {
  const listed = documents.map((each) => ({ ...each, amount: each.amount.toString() }))
  await sql`
    insert into expenditure (
      id, number, state, organization, measure, envelope, service_date, fiscal_year,
      document_number, supplier, description, amount, commitment, flags, prepared_by, changed_by,
      submitted_by, submitted_at
    )
    select
      listed.id, listed.number, ${isSubmitted ? 'submitted' : 'draft'}::text, listed.organization,
      listed.measure, listed.envelope, listed."serviceDate", listed."fiscalYear",
      listed."documentNumber", listed.supplier, listed.description, listed.amount,
      listed.commitment, listed.flags, ${by}::text, ${by}::text,
      ${isSubmitted ? by : null}::text, case when ${isSubmitted} then now() end
    from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as listed (
      id uuid, number text, organization text, measure text, envelope text, "serviceDate" date,
      "fiscalYear" text, "documentNumber" text, supplier text, description text, amount numeric,
      commitment uuid, flags text[]
    )
  `.execute(work)
}

/** In the order of ids, as everybody locks documents. */
export async function lockTogether(work: Work, ids: readonly string[]): Promise<void> {
  await sql`
    select expenditure.id from expenditure
    where expenditure.id = any(${[...ids]}::uuid[])
    order by expenditure.id
    for update
  `.execute(work)
}

export async function readTogether(
  work: Work,
  ids: readonly string[],
  actor: string,
): Promise<readonly TogetherState[]> {
  const { rows } = await sql<TogetherState>`
    select
      expenditure.id, expenditure.number, expenditure.state, expenditure.version,
      (
        select max(expenditure_seal.version) from expenditure_seal
        where expenditure_seal.expenditure = expenditure.id
          and is_event_of_import(expenditure_seal.event)
      ) as "sealedVersion",
      ${actor}::text in (
        expenditure.prepared_by, expenditure.changed_by, coalesce(expenditure.submitted_by, '')
      ) as "isOwnWork",
      'outside-term' = any(expenditure.flags) and expenditure.justification is null
        as "needsJustification",
      expenditure.refunded > 0 or exists (
        select from expenditure_request
        where expenditure_request.expenditure = expenditure.id
          and expenditure_request.state = 'approved'
          and expenditure_request.kind <> 'reverse'
      ) as "isCorrected",
      exists (
        select from expenditure_request
        where expenditure_request.expenditure = expenditure.id
          and expenditure_request.state = 'asked'
      ) as "hasOpenRequest"
    from unnest(${[...ids]}::uuid[]) with ordinality as listed (id, place)
    inner join expenditure on expenditure.id = listed.id
    order by listed.place
  `.execute(work)
  return rows
}

/** Envelopes and commitments that documents draw on, each once. */
export async function readDrawnOn(
  work: Work,
  ids: readonly string[],
): Promise<{ readonly envelopes: readonly string[]; readonly commitments: readonly string[] }> {
  const { rows } = await sql<{ envelopes: string[] | null; commitments: string[] | null }>`
    select array_agg(distinct expenditure.envelope)
        filter (where expenditure.envelope is not null) as envelopes,
      array_agg(distinct expenditure.commitment::text)
        filter (where expenditure.commitment is not null) as commitments
    from expenditure
    where expenditure.id = any(${[...ids]}::uuid[])
  `.execute(work)
  return { envelopes: rows[0]?.envelopes ?? [], commitments: rows[0]?.commitments ?? [] }
}

export type PostableRow = Omit<NewTogether, 'documentNumber' | 'supplier' | 'description'> & {
  readonly justification: string | null
}

/** In the order asked. */
export async function listPostable(
  handle: Handle,
  ids: readonly string[],
): Promise<readonly PostableRow[]> {
  const rows = await handle
    .selectFrom('expenditure')
    .select([
      'expenditure.id',
      'expenditure.number',
      'expenditure.organization',
      'expenditure.measure',
      'expenditure.envelope',
      'expenditure.service_date',
      'expenditure.fiscal_year',
      'expenditure.amount',
      'expenditure.commitment',
      'expenditure.flags',
      'expenditure.justification',
    ])
    .where(sql<boolean>`expenditure.id = any(${[...ids]}::uuid[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined
      ? []
      : [
          {
            id: row.id,
            number: row.number,
            organization: row.organization,
            measure: row.measure,
            envelope: row.envelope,
            serviceDate: calendarDate(row.service_date),
            fiscalYear: fiscalYear(row.fiscal_year),
            amount: money(row.amount),
            commitment: row.commitment,
            flags: row.flags,
            justification: row.justification,
          },
        ]
  })
}

export interface PostedTogether {
  readonly id: string
  readonly entry: string
  readonly flags: readonly string[]
  readonly justification: string | null
  readonly recordedIn: Period
}

export async function settleTogether(
  work: Work,
  approvedBy: string,
  posted: readonly PostedTogether[],
): Promise<void> {
  const listed = posted.map(({ recordedIn, ...each }) => ({
    ...each,
    year: recordedIn.fiscalYear,
    period: recordedIn.number,
  }))
  await sql`
    update expenditure
    set state = 'posted', version = expenditure.version + 1, approved_by = ${approvedBy}::text,
      flags = listed.flags, justification = listed.justification, entry = listed.entry,
      recorded_fiscal_year = listed.year, recorded_period = listed.period
    from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as listed (
      id uuid, entry bigint, flags text[], justification text, year text, period smallint
    )
    where expenditure.id = listed.id
  `.execute(work)
}

export async function submitRows(work: Work, ids: readonly string[], by: string): Promise<void> {
  await sql`
    update expenditure
    set state = 'submitted', version = expenditure.version + 1, submitted_by = ${by}::text,
      submitted_at = now()
    where expenditure.id = any(${[...ids]}::uuid[])
  `.execute(work)
}

export async function returnRows(work: Work, ids: readonly string[]): Promise<void> {
  await sql`
    update expenditure
    set state = 'draft', version = expenditure.version + 1, submitted_by = null
    where expenditure.id = any(${[...ids]}::uuid[])
  `.execute(work)
}

export async function deleteRows(work: Work, ids: readonly string[]): Promise<void> {
  await sql`
    delete from expenditure where expenditure.id = any(${[...ids]}::uuid[])
  `.execute(work)
}

/** A document as an event leaves it, hashed where it is. For those that nobody asked anything about. */
export async function sealRows(
  work: Work,
  event: string,
  { ids, after }: { readonly ids: readonly string[]; readonly after: number },
): Promise<void> {
  await sql`
    insert into expenditure_seal (event, place, expenditure, version, leaf)
    select ${event}::uuid, ${after}::integer + listed.place, expenditure.id, expenditure.version,
      sha256('\\x00'::bytea || convert_to(${documentText}, 'UTF8'))
    from unnest(${[...ids]}::uuid[]) with ordinality as listed (id, place)
    inner join expenditure on expenditure.id = listed.id
  `.execute(work)
}

export interface Leaf {
  readonly id: string
  readonly version: number
  /** In hexadecimal. */
  readonly leaf: string
}

export async function sealLeaves(
  work: Work,
  event: string,
  { leaves, after }: { readonly leaves: readonly Leaf[]; readonly after: number },
): Promise<void> {
  await sql`
    insert into expenditure_seal (event, place, expenditure, version, leaf)
    select ${event}::uuid, ${after}::integer + listed.place, listed.id, listed.version,
      decode(listed.leaf, 'hex')
    from unnest(
      ${leaves.map(({ id }) => id)}::uuid[], ${leaves.map(({ version }) => version)}::integer[],
      ${leaves.map(({ leaf }) => leaf)}::text[]
    ) with ordinality as listed (id, version, leaf, place)
  `.execute(work)
}

/** How many documents an event sealed together, and the root of what it said of them. */
export async function readRoot(handle: Handle, event: string): Promise<Sealed> {
  const { rows } = await sql<{ count: string; root: string }>`
    select count(*) as count,
      merkle_root(array_agg(expenditure_seal.leaf order by expenditure_seal.place)) as root
    from expenditure_seal
    where expenditure_seal.event = ${event}::uuid
  `.execute(handle)
  return { count: Number(rows[0]?.count ?? 0), root: rows[0]?.root ?? '' }
}
