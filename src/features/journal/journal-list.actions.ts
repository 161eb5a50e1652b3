import type { Moment } from '#core/moment.ts'
import { Money } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Table } from '#core/table.ts'
import { positionOf } from '#features/audit/moment.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import {
  countEntries,
  type EntryPage,
  type EntryStanding,
  listEntries,
  listEntriesByIds,
  readEntryStanding,
} from './journal.store.ts'
import { filed } from './journal-file.store.ts'
import type { FiledEntry } from './journal-file.ts'
import { journalTable, sumOfLines } from './journal-lines.table.ts'

/** Moments as they are asked, before the record says which positions they are. */
export interface EntriesAsked extends Omit<EntryPage, 'since' | 'asOf' | 'after' | 'limit'> {
  readonly since?: Moment | undefined
  readonly asOf?: Moment | undefined
}

async function filterOf(
  { handle }: Viewing,
  asked: EntriesAsked,
): Promise<Omit<EntryPage, 'after' | 'limit'>> {
  const { since, asOf, ...others } = asked
  return {
    ...others,
    since: await positionOf(handle, since),
    asOf: await positionOf(handle, asOf),
  }
}

export interface ReadEntries {
  /** Of the page. */
  readonly entries: readonly FiledEntry[]
  /** Of all pages. */
  readonly count: number
  /** Id after which the next page begins; null where there is none. */
  readonly next: string | null
}

export async function readEntries(
  viewing: Viewing,
  asked: EntriesAsked,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ReadEntries> {
  authorize(viewing, 'journal.read')
  const { handle } = viewing
  const filter = await filterOf(viewing, asked)
  const found = await listEntries(handle, { ...filter, after, limit: limit + 1 })
  const shown = found.slice(0, limit)
  return {
    entries: await filed(handle, shown),
    count: await countEntries(handle, filter),
    next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

export const tabledEntriesMax = 10_000

/** What a filter finds, for a file. @throws Problem `journal/too-many-entries` */
export async function drawEntries(viewing: Viewing, asked: EntriesAsked): Promise<Table> {
  const page = { after: null, limit: tabledEntriesMax }
  const { entries, next } = await readEntries(viewing, asked, page)
  if (next !== null) {
    throw new Problem('refused', 'journal/too-many-entries', {
      fr: `Plus de ${tabledEntriesMax} écritures : resserrez le filtre, ou prenez le journal entier (vigie export journal).`,
      en: `More than ${tabledEntriesMax} entries: narrow the filter, or take the whole journal (vigie export journal).`,
    })
  }
  return journalTable(entries, sumOfLines(Money.zero, entries))
}

export interface ReadEntry extends EntryStanding {
  readonly entry: FiledEntry
}

/** @throws Problem `journal/entry-not-found` */
export async function readEntry(viewing: Viewing, id: string): Promise<ReadEntry> {
  authorize(viewing, 'journal.read')
  const { handle } = viewing
  const [entry] = await filed(handle, await listEntriesByIds(handle, [id]))
  if (entry === undefined) {
    throw new Problem('not-found', 'journal/entry-not-found', {
      fr: `Le journal n’a pas d’écriture ${id}.`,
      en: `The journal has no entry ${id}.`,
    })
  }
  return { entry, ...(await readEntryStanding(handle, id)) }
}
