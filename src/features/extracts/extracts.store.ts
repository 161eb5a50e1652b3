import { type RawBuilder, sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import type { Canonical } from '#core/canonical.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money } from '#core/money.ts'
import { type Period, periodNumbers } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Extract } from './extract.ts'
import type { ExtractRow, LeftOut } from './extract-rows.ts'
import { type Finding, findingCodes } from './findings.ts'

const selectExtracts = (handle: Handle) =>
  handle
    .selectFrom('extract')
    .leftJoin('extract as later', 'later.supersedes', 'extract.id')
    .selectAll('extract')
    .select('later.id as superseded_by')
    .select(sql<string | null>`event_position(extract.event)`.as('position'))
    .select(
      sql<{ code: string; row: number | null; value: string | null }[]>`(
        select coalesce(json_agg(json_build_object(
          'code', extract_finding.code, 'row', extract_finding.number,
          'value', extract_finding.value
        ) order by extract_finding.place), '[]')
        from extract_finding
        where extract_finding.extract = extract.id
      )::text`.as('findings'),
    )

type Selected = Awaited<ReturnType<ReturnType<typeof selectExtracts>['executeTakeFirstOrThrow']>>

const periodOfRow = (row: { fiscal_year: string; period: number }): Period => ({
  fiscalYear: fiscalYear(row.fiscal_year),
  number: periodNumbers.find((number) => number === row.period) ?? 13,
})

const extractOf = (row: Selected): Extract => ({
  id: row.id,
  organization: row.organization,
  period: periodOfRow(row),
  system: row.system,
  fileName: row.file_name,
  sha256: row.sha256,
  rows: row.row_count,
  statedTotal: money(row.stated_total),
  total: money(row.total),
  understood: JSON.parse(row.understood) as Canonical,
  lines: row.line_count,
  leftOut: {
    blank: row.blank_count,
    total: row.total_count,
    'header-again': row.header_count,
  },
  supersedes: row.supersedes,
  supersededBy: row.superseded_by,
  loadedBy: row.loaded_by,
  position: row.position === null ? null : Number(row.position),
  findings: findingsIn(row.findings),
})

function findingsIn(text: unknown): readonly Finding[] {
  const listed = JSON.parse(String(text)) as { code: string; row: number | null; value: string }[]
  return listed.flatMap(({ code, ...found }) => {
    const known = findingCodes.find((each) => each === code)
    return known === undefined ? [] : [{ ...found, code: known }]
  })
}

export async function findExtract(handle: Handle, id: string): Promise<Extract | null> {
  const row = await selectExtracts(handle).where('extract.id', '=', id).executeTakeFirst()
  return row === undefined ? null : extractOf(row)
}

export async function findByFile(
  handle: Handle,
  organization: string,
  sha256: string,
): Promise<Extract | null> {
  const row = await selectExtracts(handle)
    .where('extract.organization', '=', organization)
    .where('extract.sha256', '=', sha256)
    .executeTakeFirst()
  return row === undefined ? null : extractOf(row)
}

/** The one that counts: none supersedes it. */
export async function findCurrent(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<Extract | null> {
  const row = await selectExtracts(handle)
    .where('extract.organization', '=', organization)
    .where('extract.fiscal_year', '=', period.fiscalYear)
    .where('extract.period', '=', period.number)
    .where('later.id', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : extractOf(row)
}

/** The extract that counts of the last period before. */
export async function findBefore(
  handle: Handle,
  organization: string,
  { fiscalYear: year, number }: Period,
): Promise<Extract | null> {
  const row = await selectExtracts(handle)
    .where('extract.organization', '=', organization)
    .where(
      sql<boolean>`(extract.fiscal_year::text, extract.period) < (${year}, ${number}::smallint)`,
    )
    .where('later.id', 'is', null)
    .orderBy('extract.fiscal_year', 'desc')
    .orderBy('extract.period', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : extractOf(row)
}

export interface ExtractFilter {
  readonly organization?: string | undefined
  readonly fiscalYear?: string | undefined
  readonly period?: number | undefined
}

/** In the order they were loaded; a list that is read whole, a few for each period. */
export async function listExtracts(
  handle: Handle,
  { organization, fiscalYear: year, period }: ExtractFilter,
): Promise<readonly Extract[]> {
  const rows = await selectExtracts(handle)
    .$if(organization !== undefined, (query) =>
      query.where('extract.organization', '=', organization ?? ''),
    )
    .$if(year !== undefined, (query) => query.where('extract.fiscal_year', '=', year ?? ''))
    .$if(period !== undefined, (query) => query.where('extract.period', '=', period ?? 0))
    .orderBy('extract.place')
    .execute()
  return rows.map(extractOf)
}

export async function listRows(handle: Handle, extract: string): Promise<readonly ExtractRow[]> {
  const rows = await handle
    .selectFrom('extract_row')
    .selectAll()
    .where('extract_row.extract', '=', extract)
    .orderBy('extract_row.number')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    date: calendarDate(row.date),
    account: row.account,
    document: row.document,
    description: row.description,
    supplier: row.supplier,
    amount: money(row.amount),
  }))
}

export interface NewExtract {
  readonly organization: string
  readonly period: Period
  readonly system: string | null
  readonly fileName: string
  readonly sha256: string
  readonly statedTotal: Money
  readonly total: Money
  readonly understood: Canonical
  readonly lines: number
  readonly leftOut: LeftOut
  readonly supersedes: string | null
  readonly loadedBy: string
  readonly event: string
  readonly rows: readonly ExtractRow[]
  readonly findings: readonly Finding[]
}

export async function insertExtract(work: Work, loaded: NewExtract): Promise<string> {
  const { id } = await work
    .insertInto('extract')
    .values({
      organization: loaded.organization,
      fiscal_year: loaded.period.fiscalYear,
      period: loaded.period.number,
      system: loaded.system,
      file_name: loaded.fileName,
      sha256: loaded.sha256,
      row_count: loaded.rows.length,
      stated_total: loaded.statedTotal.toString(),
      total: loaded.total.toString(),
      understood: JSON.stringify(loaded.understood),
      line_count: loaded.lines,
      blank_count: loaded.leftOut.blank,
      total_count: loaded.leftOut.total,
      header_count: loaded.leftOut['header-again'],
      supersedes: loaded.supersedes,
      loaded_by: loaded.loadedBy,
      event: loaded.event,
    })
    .returning('extract.id')
    .executeTakeFirstOrThrow()
  await insertRows(work, id, loaded.rows)
  await insertFindings(work, id, loaded.findings)
  return id
}

async function insertRows(work: Work, id: string, rows: readonly ExtractRow[]): Promise<void> {
  const column = <Key extends keyof ExtractRow>(key: Key) => rows.map((row) => row[key])
  await sql`
    insert into extract_row (
      extract, number, date, account, document, description, supplier, amount
    )
    select ${id}::uuid, listed.* from unnest(
      ${column('number')}::integer[], ${column('date')}::date[], ${column('account')}::text[],
      ${column('document')}::text[], ${column('description')}::text[],
      ${column('supplier')}::text[], ${rows.map(({ amount }) => amount.toString())}::numeric[]
    ) as listed
  `.execute(work)
}

async function insertFindings(work: Work, id: string, findings: readonly Finding[]): Promise<void> {
  await sql`
    insert into extract_finding (extract, place, code, number, value)
    select ${id}::uuid, listed.place, listed.code, listed.number, listed.value
    from unnest(
      ${findings.map(({ code }) => code)}::text[], ${findings.map(({ row }) => row)}::integer[],
      ${findings.map(({ value }) => value)}::text[]
    ) with ordinality as listed (code, number, value, place)
  `.execute(work)
}

/** Hash of the rows of each extract: every cell with its length, so that none runs into the next. */
export const rowsDigest: RawBuilder<string> = sql`
  encode(sha256(convert_to(coalesce(string_agg(
    extract_row.number::text || ';' || extract_row.date::text || ';' || extract_row.amount::text
      || ';' || coalesce(octet_length(extract_row.account) || ':' || extract_row.account, '')
      || ';' || octet_length(extract_row.document) || ':' || extract_row.document
      || ';' || octet_length(extract_row.description) || ':' || extract_row.description
      || ';' || coalesce(octet_length(extract_row.supplier) || ':' || extract_row.supplier, ''),
    ';' order by extract_row.number), ''), 'UTF8')), 'hex')`

export async function digestRows(handle: Handle, extract: string): Promise<string> {
  const { digest } = await handle
    .selectFrom('extract_row')
    .select(rowsDigest.as('digest'))
    .where('extract_row.extract', '=', extract)
    .executeTakeFirstOrThrow()
  return digest
}

/** Amounts that the organization's envelopes state for the year, and the envelope of each. */
export async function readPlannedAmounts(
  handle: Handle,
  organization: string,
  year: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await handle
    .selectFrom('funding_term')
    .innerJoin('envelope', 'envelope.code', 'funding_term.envelope')
    .select(['funding_term.amount', 'envelope.code'])
    .where('envelope.organization', '=', organization)
    .where('funding_term.first_fiscal_year', '<=', year)
    .where(({ eb, or }) =>
      or([
        eb('funding_term.last_fiscal_year', 'is', null),
        eb('funding_term.last_fiscal_year', '>=', year),
      ]),
    )
    .orderBy('envelope.code', 'desc')
    .execute()
  return new Map(rows.map(({ amount, code }) => [amount, code]))
}
