import type { Table } from '#core/table.ts'
import { readStanding } from '#platform/db/standing.ts'
import type { Viewing } from './context.public.ts'

/** A list without filters and without a total, as a file of its page. */
export const listFile = async ({ handle }: Viewing, table: Table) => ({
  ...{ table, filters: [], isSum: false },
  standing: await readStanding(handle, null),
})
