import { limitMax } from '#core/page.ts'

/** What a page of a list is asked by: the sort values of the last row that was seen. */
export interface PageAsked {
  readonly limit: number
  readonly after: readonly string[] | null
}

/**
 * All pages of a list, one after the other: in one snapshot if they are read in one.
 * @param read one row more than asked where another page follows
 */
export async function* everyPage<Row>(
  read: (page: PageAsked) => Promise<readonly Row[]>,
  cursorOf: (row: Row) => readonly string[],
): AsyncGenerator<readonly Row[]> {
  let after: readonly string[] | null = null
  do {
    const rows: readonly Row[] = await read({ limit: limitMax, after })
    const shown = rows.slice(0, limitMax)
    yield shown
    const last = shown.at(-1)
    after = rows.length > limitMax && last !== undefined ? cursorOf(last) : null
  } while (after !== null)
}
