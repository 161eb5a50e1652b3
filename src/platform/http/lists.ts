import { z } from 'zod'
import type { Money } from '#core/money.ts'
import { encodeCursor } from '#core/page.ts'
import { cursorRefused } from './cursors.ts'

/**
 * One page of a list (contract: `{ items, nextCursor, count, total }`). The reader asks the
 * database for one row more than the page holds: that row proves there is a next page and is not
 * shown. `count` and `total` are of the whole list, whatever the page; `total` is null where a list
 * has no amounts, never '0.00'.
 */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
  readonly count: number
  readonly total: Money | null
}

export interface PageOf<Row, Item> {
  readonly limit: number
  readonly count: number
  readonly total: Money | null
  /** The row's sort values, unique in the list. */
  readonly cursorOf: (row: Row) => readonly string[]
  readonly itemOf: (row: Row) => Item
}

/** @param rows at most `limit` + 1. */
export function pageOf<Row, Item>(rows: readonly Row[], page: PageOf<Row, Item>): Page<Item> {
  const { limit, count, total, cursorOf, itemOf } = page
  if (rows.length > limit + 1) {
    throw new RangeError(`a page of ${limit} was given ${rows.length} rows`)
  }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null
  return { items: shown.map(itemOf), nextCursor, count, total }
}

/** The page's schema for the OpenAPI document. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    count: z.int(),
    total: z.string().nullable(),
  })

export interface SliceOf<Row, Item> {
  /** Unique in the list. */
  readonly codeOf: (row: Row) => string
  readonly itemOf: (row: Row) => Item
}

/** A page of a short list that is read whole, as reference data is. */
export function slicePage<Row, Item>(
  rows: readonly Row[],
  asked: { readonly limit: number; readonly cursor: readonly string[] | null },
  { codeOf, itemOf }: SliceOf<Row, Item>,
): Page<Item> {
  const start = asked.cursor === null ? 0 : afterRow(rows.map(codeOf), asked.cursor)
  return pageOf(rows.slice(start, start + asked.limit + 1), {
    limit: asked.limit,
    count: rows.length,
    total: null,
    cursorOf: (row) => [codeOf(row)],
    itemOf,
  })
}

/** @throws Problem `page/cursor`: started again in silence, a list would never end. */
function afterRow(codes: readonly string[], cursor: readonly string[]): number {
  const [last = '', ...more] = cursor
  const found = codes.indexOf(last)
  if (found < 0 || more.length > 0) {
    throw cursorRefused()
  }
  return found + 1
}
