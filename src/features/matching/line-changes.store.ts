import { sql } from 'kysely'
import type { Work } from '#platform/db/transaction.ts'
import type { Target } from './explaining.ts'
import type { Explanation } from './run.ts'

/** What steps change of a run's lines and matches; the caller holds the run's lock. */
export async function setMatch(
  work: Work,
  run: string,
  match: string,
  numbers: { readonly extract: readonly number[]; readonly journal: readonly number[] },
): Promise<void> {
  await work
    .updateTable('match_line')
    .set({ match, cause: null, owner: null, note: null })
    .where('match_line.run', '=', run)
    .where(
      sql<boolean>`(
        match_line.side = 'extract'
          and match_line.number = any(${[...numbers.extract]}::integer[])
        or match_line.side = 'journal'
          and match_line.number = any(${[...numbers.journal]}::integer[])
      )`,
    )
    .execute()
}

export async function deleteMatch(work: Work, run: string, match: string): Promise<void> {
  await work
    .updateTable('match_line')
    .set({ match: null })
    .where('match_line.run', '=', run)
    .where('match_line.match', '=', match)
    .execute()
  await work.deleteFrom('ledger_match').where('ledger_match.id', '=', match).execute()
}

export async function deleteLine(work: Work, run: string, number: number): Promise<void> {
  await work
    .deleteFrom('match_line')
    .where('match_line.run', '=', run)
    .where('match_line.side', '=', 'extract')
    .where('match_line.number', '=', number)
    .execute()
}

export async function explain(
  work: Work,
  run: string,
  target: Target,
  { cause, owner, note }: Explanation,
): Promise<void> {
  const change = { cause, owner, note }
  if ('match' in target) {
    await work
      .updateTable('ledger_match')
      .set(change)
      .where('ledger_match.run', '=', run)
      .where('ledger_match.id', '=', target.match)
      .execute()
    return
  }
  await work
    .updateTable('match_line')
    .set(change)
    .where('match_line.run', '=', run)
    .where('match_line.side', '=', target.side)
    .where('match_line.number', '=', target.number)
    .execute()
}
