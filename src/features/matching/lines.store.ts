import { type RawBuilder, sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import { money, toCents } from '#core/money.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { documentKey, type Line, partyKey } from './line.ts'
import { bases, matchRules } from './rules.ts'
import {
  causes,
  type Explanation,
  type ExtractLine,
  type JournalLine,
  type KeptMatch,
  type Run,
  type RunContents,
} from './run.ts'
import { periodOfRow } from './runs.store.ts'

const orNull = <T extends string>(known: readonly T[], text: string | null): T | null =>
  known.find((each) => each === text) ?? null

function explanationOf(row: {
  readonly cause: string | null
  readonly owner: string | null
  readonly note: string | null
}): Explanation | null {
  const cause = orNull(causes, row.cause)
  return cause === null || row.owner === null ? null : { cause, owner: row.owner, note: row.note }
}

export interface SaidRow {
  readonly id: string
  readonly document: string
  readonly party: string
  readonly amount: string
  readonly date: string
  readonly documentDate: string | null
  readonly rest: readonly (string | null)[]
}

/** As the rules compare it. */
export const saidLine = (row: SaidRow): Line => ({
  id: row.id,
  document: documentKey(row.document),
  party: partyKey(row.party),
  cents: toCents(money(row.amount)),
  date: calendarDate(row.date),
  documentDate: row.documentDate === null ? null : calendarDate(row.documentDate),
  rest: row.rest.map((text) => text ?? '').join('\u0000'),
})

/** Of all lines, or of those that are asked for. */
export async function listExtractLines(
  handle: Handle,
  run: string,
  numbers?: readonly number[],
): Promise<readonly ExtractLine[]> {
  const rows = await handle
    .selectFrom('match_line')
    .innerJoin('extract_row', (join) =>
      join
        .onRef('extract_row.extract', '=', 'match_line.extract')
        .onRef('extract_row.number', '=', 'match_line.extract_row'),
    )
    .selectAll('match_line')
    .select([
      'extract_row.date',
      'extract_row.account',
      'extract_row.document',
      'extract_row.description',
      'extract_row.supplier',
    ])
    .where('match_line.run', '=', run)
    .where('match_line.side', '=', 'extract')
    .$if(numbers !== undefined, (query) =>
      query.where(sql<boolean>`match_line.number = any(${[...(numbers ?? [])]}::integer[])`),
    )
    .orderBy('match_line.number')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    extract: row.extract ?? '',
    row: row.extract_row ?? 0,
    splitOf: row.split_of,
    amount: money(row.amount),
    since: periodOfRow(row.since_fiscal_year, row.since_period),
    match: row.match,
    explanation: explanationOf(row),
    said: saidLine({
      ...{ id: String(row.number), document: row.document, amount: row.amount, date: row.date },
      ...{ party: row.supplier ?? row.description, documentDate: null },
      rest: [row.account, row.description],
    }),
  }))
}

export async function listJournalLines(
  handle: Handle,
  run: string,
  expenditures?: readonly string[],
): Promise<readonly JournalLine[]> {
  const rows = await handle
    .selectFrom('match_line')
    .innerJoin('expenditure', 'expenditure.id', 'match_line.expenditure')
    .selectAll('match_line')
    .select([
      'expenditure.document_number',
      'expenditure.supplier',
      'expenditure.service_date',
      'expenditure.document_date',
      'expenditure.description',
      'expenditure.measure',
    ])
    .where('match_line.run', '=', run)
    .where('match_line.side', '=', 'journal')
    .$if(expenditures !== undefined, (query) =>
      query.where(sql<boolean>`match_line.expenditure = any(${[...(expenditures ?? [])]}::uuid[])`),
    )
    .orderBy('match_line.number')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    expenditure: row.expenditure ?? '',
    amount: money(row.amount),
    since: periodOfRow(row.since_fiscal_year, row.since_period),
    match: row.match,
    explanation: explanationOf(row),
    said: saidLine({
      ...{ id: row.expenditure ?? '', document: row.document_number, party: row.supplier },
      ...{ amount: row.amount, date: row.service_date, documentDate: row.document_date },
      rest: [row.description, row.measure],
    }),
  }))
}

export async function listMatches(
  handle: Handle,
  run: string,
  ids?: readonly string[],
): Promise<readonly KeptMatch[]> {
  const rows = await handle
    .selectFrom('ledger_match')
    .selectAll()
    .where('ledger_match.run', '=', run)
    .$if(ids !== undefined, (query) =>
      query.where(sql<boolean>`ledger_match.id = any(${[...(ids ?? [])]}::uuid[])`),
    )
    .orderBy('ledger_match.place')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    rule: orNull(matchRules, row.rule) ?? 'manual',
    basis: orNull(bases, row.basis),
    days: row.days,
    residual: money(row.residual),
    reason: row.reason,
    madeBy: row.made_by,
    explanation: explanationOf(row),
  }))
}

export async function readContents(handle: Handle, run: Run): Promise<RunContents> {
  return {
    run,
    matches: await listMatches(handle, run.id),
    extract: await listExtractLines(handle, run.id),
    journal: await listJournalLines(handle, run.id),
  }
}

export async function insertMatches(
  work: Work,
  run: string,
  matches: readonly KeptMatch[],
): Promise<void> {
  const column = <T>(of: (match: KeptMatch) => T) => matches.map(of)
  await sql`
    insert into ledger_match (
      id, run, rule, basis, days, residual, reason, made_by, cause, owner, note, place
    )
    select listed.id, ${run}::uuid, listed.rule, listed.basis, listed.days, listed.residual,
      listed.reason, listed.made_by, listed.cause, listed.owner, listed.note,
      listed.place + coalesce(
        (select max(ledger_match.place) from ledger_match where ledger_match.run = ${run}::uuid), 0)
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ rule }) => rule)}::text[],
      ${column(({ basis }) => basis)}::text[], ${column(({ days }) => days)}::smallint[],
      ${column(({ residual }) => residual.toString())}::numeric[],
      ${column(({ reason }) => reason)}::text[], ${column(({ madeBy }) => madeBy)}::text[],
      ${column(({ explanation }) => explanation?.cause ?? null)}::text[],
      ${column(({ explanation }) => explanation?.owner ?? null)}::text[],
      ${column(({ explanation }) => explanation?.note ?? null)}::text[]
    ) with ordinality as listed (
      id, rule, basis, days, residual, reason, made_by, cause, owner, note, place
    )
  `.execute(work)
}

export async function insertLines(
  work: Work,
  run: string,
  { extract, journal }: Pick<RunContents, 'extract' | 'journal'>,
): Promise<void> {
  const lines = [
    ...extract.map((line) => ({ ...line, side: 'extract', expenditure: null })),
    ...journal.map((line) => ({
      ...line,
      ...{ side: 'journal', extract: null, row: null, splitOf: null },
    })),
  ]
  const column = <T>(of: (line: (typeof lines)[number]) => T) => lines.map(of)
  await sql`
    insert into match_line (
      run, side, number, extract, extract_row, split_of, expenditure, amount, since_fiscal_year,
      since_period, match, cause, owner, note
    )
    select ${run}::uuid, listed.* from unnest(
      ${column(({ side }) => side)}::text[], ${column(({ number }) => number)}::integer[],
      ${column((line) => line.extract)}::uuid[], ${column(({ row }) => row)}::integer[],
      ${column(({ splitOf }) => splitOf)}::integer[],
      ${column(({ expenditure }) => expenditure)}::uuid[],
      ${column(({ amount }) => amount.toString())}::numeric[],
      ${column(({ since }) => since.fiscalYear)}::text[],
      ${column(({ since }) => since.number)}::smallint[],
      ${column(({ match }) => match)}::uuid[],
      ${column(({ explanation }) => explanation?.cause ?? null)}::text[],
      ${column(({ explanation }) => explanation?.owner ?? null)}::text[],
      ${column(({ explanation }) => explanation?.note ?? null)}::text[]
    ) as listed
  `.execute(work)
}

const said = (column: string): RawBuilder<string> =>
  sql`coalesce(octet_length(${sql.ref(column)}) || ':' || ${sql.ref(column)}, '-')`

/** Hash of a run's lines, matches, causes and owners, each text with its length. */
export const runDigest: RawBuilder<string> = sql`
  encode(sha256(convert_to(
    coalesce((
      select string_agg(
        concat_ws(';', match_line.side, match_line.number, coalesce(match_line.extract::text, '-'),
          coalesce(match_line.extract_row, 0), coalesce(match_line.split_of, 0),
          coalesce(match_line.expenditure::text, '-'), match_line.amount,
          match_line.since_fiscal_year, match_line.since_period,
          coalesce(match_line.match::text, '-'), ${said('match_line.cause')},
          ${said('match_line.owner')}, ${said('match_line.note')}),
        ';' order by match_line.side, match_line.number)
      from match_line
      where match_line.run = match_run.id
    ), '')
    || '#'
    || coalesce((
      select string_agg(
        concat_ws(';', ledger_match.id, ledger_match.place, ledger_match.rule,
          coalesce(ledger_match.basis, '-'), ledger_match.days, ledger_match.residual,
          ${said('ledger_match.reason')}, ${said('ledger_match.made_by')},
          ${said('ledger_match.cause')}, ${said('ledger_match.owner')},
          ${said('ledger_match.note')}),
        ';' order by ledger_match.place)
      from ledger_match
      where ledger_match.run = match_run.id
    ), ''), 'UTF8')), 'hex')`

export async function digestRun(handle: Handle, run: string): Promise<string> {
  const { digest } = await handle
    .selectFrom('match_run')
    .select(runDigest.as('digest'))
    .where('match_run.id', '=', run)
    .executeTakeFirstOrThrow()
  return digest
}
