import { sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type Account, accounts, type Cell, type PostedEntry } from './entry.ts'
import { listEntries } from './journal.store.ts'
import type { FiledEntry, Said } from './journal-file.ts'

/** Entries held at once: what is written costs the same memory whatever the record's length. */
const lot = 1_000

/** Every entry recorded by then, in the order of the journal. */
export async function* readFiledEntries(
  handle: Handle,
  asOf: AsOf,
): AsyncGenerator<readonly FiledEntry[]> {
  let after: string | null = null
  do {
    const entries: readonly PostedEntry[] = await listEntries(handle, { asOf, after, limit: lot })
    yield await filed(handle, entries)
    after = entries.length < lot ? null : (entries.at(-1)?.id ?? null)
  } while (after !== null)
}

/** With the event of each, and what its document says. */
export async function filed(
  handle: Handle,
  entries: readonly PostedEntry[],
): Promise<readonly FiledEntry[]> {
  const events = await readEvents(handle, entries)
  const said = new Map([
    ...(await readExpenditures(handle, documentsOf(entries, 'expenditure'))),
    ...(await readCommitments(handle, documentsOf(entries, 'commitment'))),
    ...(await readRevisions(handle, documentsOf(entries, 'revision'))),
  ])
  return entries.map((entry) => {
    const event = events.get(entry.id)
    if (event === undefined) {
      throw new RangeError(`entry ${entry.id} has no event`)
    }
    return { ...entry, ...event, said: said.get(entry.document.id) ?? nothing }
  })
}

const nothing: Said = {
  number: null,
  reference: null,
  supplier: null,
  description: null,
  reason: null,
}

const documentsOf = (
  entries: readonly PostedEntry[],
  type: PostedEntry['document']['type'],
): readonly string[] => [
  ...new Set(
    entries.filter(({ document }) => document.type === type).map(({ document }) => document.id),
  ),
]

async function readEvents(handle: Handle, entries: readonly PostedEntry[]) {
  const rows = await handle
    .selectFrom('journal_entry')
    .innerJoin('event', 'event.id', 'journal_entry.event')
    .where('journal_entry.id', '=', sql<string>`any(${entries.map(({ id }) => id)}::bigint[])`)
    .select(['journal_entry.id', 'event.sequence', 'event.at'])
    .execute()
  return new Map(
    rows.map(({ id, sequence, at }) => [
      id,
      { position: Number(sequence), at: new Date(at).toISOString() },
    ]),
  )
}

const anyOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`

async function readExpenditures(handle: Handle, ids: readonly string[]) {
  const rows = await handle
    .selectFrom('expenditure')
    .where('expenditure.id', '=', anyOf(ids))
    .select([
      'expenditure.id',
      'expenditure.number',
      'expenditure.document_number',
      'expenditure.supplier',
      'expenditure.description',
      'expenditure.justification',
    ])
    .execute()
  return rows.map((row): [string, Said] => [
    row.id,
    {
      number: row.number,
      reference: row.document_number,
      supplier: row.supplier,
      description: row.description,
      reason: row.justification,
    },
  ])
}

async function readCommitments(handle: Handle, ids: readonly string[]) {
  const rows = await handle
    .selectFrom('commitment')
    .where('commitment.id', '=', anyOf(ids))
    .select([
      'commitment.id',
      'commitment.number',
      'commitment.reference',
      'commitment.supplier',
      'commitment.description',
    ])
    .execute()
  return rows.map((row): [string, Said] => [
    row.id,
    {
      number: row.number,
      reference: row.reference,
      supplier: row.supplier,
      description: row.description,
      reason: null,
    },
  ])
}

async function readRevisions(handle: Handle, ids: readonly string[]) {
  const rows = await handle
    .selectFrom('revision')
    .where('revision.id', '=', anyOf(ids))
    .select(['revision.id', 'revision.number', 'revision.document_reference', 'revision.reason'])
    .execute()
  return rows.map((row): [string, Said] => [
    row.id,
    {
      number: row.number,
      reference: row.document_reference,
      supplier: null,
      description: null,
      reason: row.reason,
    },
  ])
}

export interface UsedCell {
  readonly account: Account
  readonly cell: Cell
}

/** Accounts and cells that a line recorded by then names. */
export async function readUsedCells(handle: Handle, asOf: AsOf): Promise<readonly UsedCell[]> {
  const rows = await handle
    .selectFrom('journal_line')
    .innerJoin('journal_entry', 'journal_entry.id', 'journal_line.entry')
    .where(knownAt('journal_entry.event', asOf))
    .select([
      'journal_line.account',
      'journal_line.envelope',
      'journal_line.measure',
      'journal_line.organization',
      'journal_line.fiscal_year',
    ])
    .distinct()
    .execute()
  return rows.map(({ account, envelope, measure, organization, fiscal_year }) => ({
    account: accountOf(account),
    cell: { envelope, measure, organization, fiscalYear: yearOrNull(fiscal_year) },
  }))
}

function accountOf(stored: string): Account {
  const found = accounts.find((account) => account === stored)
  if (found === undefined) {
    throw new RangeError(`unknown account ${stored}`)
  }
  return found
}

const yearOrNull = (stored: string | null): FiscalYear | null =>
  stored === null ? null : fiscalYear(stored)
