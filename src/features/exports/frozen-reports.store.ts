import { sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Jurisdiction, jurisdictions } from '#features/programmes/programme.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { FrozenFile, FrozenName } from './frozen.ts'

/** A closed year, and where in the record it was closed. */
export interface Closure {
  readonly yearEnd: string
  readonly programme: string
  readonly jurisdiction: Jurisdiction
  readonly fiscalYear: FiscalYear
  readonly position: number
}

const selectClosures = (handle: Handle) =>
  handle
    .selectFrom('closed_year')
    .innerJoin('programme', 'programme.code', 'closed_year.programme')
    .select(['closed_year.year_end', 'closed_year.programme', 'closed_year.fiscal_year'])
    .select('programme.jurisdiction')
    .select(sql<string>`event_position(closed_year.event)`.as('position'))

/** Whose files are not kept yet, the first that was closed. */
export async function findUnfrozen(handle: Handle): Promise<Closure | null> {
  const row = await selectClosures(handle)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('frozen_report')
            .select('frozen_report.year_end')
            .whereRef('frozen_report.year_end', '=', 'closed_year.year_end'),
        ),
      ),
    )
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
  return row === undefined
    ? null
    : {
        yearEnd: row.year_end,
        programme: row.programme,
        jurisdiction: jurisdictions.find((each) => each === row.jurisdiction) ?? 'QC',
        fiscalYear: fiscalYear(row.fiscal_year),
        position: Number(row.position),
      }
}

/** False when another process kept them meanwhile. */
export async function saveFrozen(
  work: Work,
  { yearEnd, event }: { readonly yearEnd: string; readonly event: string },
  files: readonly FrozenFile[],
): Promise<boolean> {
  const { rows } = await sql<{ format: string }>`
    insert into frozen_report (year_end, format, language, content, sha256, event)
    select
      ${yearEnd}::uuid, file.format, file.language, decode(file.content, 'base64'), file.sha256,
      ${event}::uuid
    from unnest(
      ${files.map(({ format }) => format)}::text[], ${files.map(({ language }) => language)}::text[],
      ${files.map(({ content }) => content.toString('base64'))}::text[],
      ${files.map(({ sha256 }) => sha256)}::text[]
    ) as file (format, language, content, sha256)
    on conflict do nothing
    returning format
  `.execute(work)
  return rows.length === files.length
}

export async function findFrozen(
  handle: Handle,
  yearEnd: string,
  { format, language }: FrozenName,
): Promise<{ readonly content: Buffer; readonly sha256: string } | null> {
  const row = await handle
    .selectFrom('frozen_report')
    .select(['frozen_report.content', 'frozen_report.sha256'])
    .where('frozen_report.year_end', '=', yearEnd)
    .where('frozen_report.format', '=', format)
    .where('frozen_report.language', '=', language)
    .executeTakeFirst()
  return row ?? null
}
