import type { DecimalMark } from '#core/amount-column.ts'
import type { DateOrder } from '#core/date-column.ts'
import type { FileDelimiter, FileEncoding } from '#core/grid.ts'

/** What a person says of a file, before anything is found in it. */
export interface FileAsked {
  readonly encoding?: FileEncoding | undefined
  readonly delimiter?: FileDelimiter | undefined
  readonly decimal?: DecimalMark | undefined
  readonly dateOrder?: DateOrder | undefined
  readonly sheet?: string | undefined
  /** Number of the row that has the names of the columns. */
  readonly headerRow?: number | undefined
}
