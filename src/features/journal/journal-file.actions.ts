import type { Language } from '#core/language.ts'
import type { Moment } from '#core/moment.ts'
import { Money } from '#core/money.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import { positionOf } from '#features/audit/moment.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { AsOf } from '#platform/db/as-of.ts'
import { type CsvDialect, csvHeader, csvRows } from '#platform/tables/csv.ts'
import { accountName, hledgerEntry, hledgerHead } from './hledger.ts'
import { readFiledEntries, readUsedCells } from './journal-file.store.ts'
import { journalColumns, journalRows, journalTotal, sumOfLines } from './journal-lines.table.ts'

export interface CsvAsked {
  readonly format: 'csv'
  readonly dialect: CsvDialect
  readonly language: Language
}

export type JournalAsked = { readonly asOf?: Moment | undefined } & (
  | { readonly format: 'hledger' }
  | CsvAsked
)

/**
 * Every entry of the record, of one snapshot, written as it is taken. What is asked wrongly is
 * refused before the first byte.
 */
export async function drawJournal(
  viewing: Viewing,
  asked: JournalAsked,
): Promise<AsyncGenerator<Uint8Array>> {
  authorize(viewing, 'journal.read')
  const asOf = await positionOf(viewing.handle, asked.asOf)
  return encoded(asked.format === 'csv' ? csv(viewing, asOf, asked) : hledger(viewing, asOf))
}

async function* hledger({ handle }: Viewing, asOf: AsOf): AsyncGenerator<string> {
  const cells = await readUsedCells(handle, asOf)
  const names = cells.map(({ account, cell }) => accountName(account, cell))
  yield hledgerHead(await readStanding(handle, asOf), names)
  for await (const entries of readFiledEntries(handle, asOf)) {
    yield entries.map(hledgerEntry).join('')
  }
}

async function* csv({ handle }: Viewing, asOf: AsOf, options: CsvAsked): AsyncGenerator<string> {
  yield csvHeader(journalColumns, options)
  let total = Money.zero
  for await (const entries of readFiledEntries(handle, asOf)) {
    total = sumOfLines(total, entries)
    yield csvRows(journalRows(entries), journalColumns, options)
  }
  yield csvRows([journalTotal(total)], journalColumns, options)
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) {
    yield Buffer.from(text)
  }
}
