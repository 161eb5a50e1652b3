import { sql } from 'kysely'
import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Work } from '#platform/db/transaction.ts'

/** The next number of documents of a kind and fiscal year; whoever asks next waits for the commit. */
export async function nextNumber(work: Work, prefix: string, year: FiscalYear): Promise<number> {
  const { last } = await work
    .insertInto('document_counter')
    .values({ prefix, fiscal_year: year, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['prefix', 'fiscal_year'])
        .doUpdateSet(({ eb }) => ({ last: eb('document_counter.last', '+', 1) })),
    )
    .returning('document_counter.last')
    .executeTakeFirstOrThrow()
  return last
}

/**
 * Numbers for many documents at once: how many in each fiscal year, answered with the last number
 * before theirs. Counters are taken in the order of years, so that two who need several cannot wait
 * for each other.
 */
export async function nextNumbers(
  work: Work,
  prefix: string,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const years = [...counts.keys()].sort()
  const { rows } = await sql<{ fiscal_year: string; last: number }>`
    insert into document_counter as counter (prefix, fiscal_year, last)
    select ${prefix}::text, asked.fiscal_year, asked.wanted
    from unnest(
      ${years}::text[], ${years.map((year) => counts.get(year) ?? 0)}::integer[]
    ) as asked (fiscal_year, wanted)
    order by asked.fiscal_year
    on conflict on constraint document_counter_pk
    do update set last = counter.last + excluded.last
    returning counter.fiscal_year, counter.last
  `.execute(work)
  return new Map(rows.map(({ fiscal_year: year, last }) => [year, last - (counts.get(year) ?? 0)]))
}
