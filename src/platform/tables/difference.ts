/**
 * Where a workbook that came back says something else than the record, in the order of the record's
 * sheets and rows. All are counted, and the first are listed: a file of another position differs in
 * every row.
 */
export const differenceKinds = [
  /** A constant that is another one, is gone, or stands where there was nothing. */
  'value',
  'formula',
  /** A constant stands where the record has a formula. */
  'formula-removed',
  /** A formula stands where the record has a constant. */
  'formula-added',
  /** The formula is the record's, and what the file says it came to is not. */
  'result',
  /** The value is the record's, and the format shows another one. */
  'format',
  /** Nobody sees what is in it. */
  'cell-hidden',
  /** A cell would look otherwise by what it holds. */
  'conditional-format',
  'chart',
  /** What lies over the cells and is no chart. */
  'drawing',
  /** What the sheet's view leaves out. */
  'view',
  'link',
  'comment',
  'merged',
  'row-removed',
  'row-added',
  'row-moved',
  'row-hidden',
  'column-hidden',
  'sheet-removed',
  'sheet-added',
  'sheet-renamed',
  'sheet-moved',
  'sheet-hidden',
  /** A name that the workbook defines. */
  'name',
  /** What day 0 of its dates is. */
  'date-system',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

export interface Difference {
  /** As the file names it; as the record does where the file has none. Null for the whole workbook. */
  readonly sheet: string | null
  /** `C7`, a row `7:7`, a column `C:C`; null for the whole sheet. */
  readonly cell: string | null
  readonly kind: DifferenceKind
  /** What the file says; null where it says nothing. */
  readonly file: string | null
  readonly record: string | null
}

export interface Differences {
  readonly count: number
  readonly listed: readonly Difference[]
}

export class DifferenceList implements Differences {
  readonly listed: Difference[] = []
  count = 0
  readonly #listedMax: number

  constructor(listedMax: number) {
    this.#listedMax = listedMax
  }

  add(difference: Difference): void {
    this.count += 1
    if (this.listed.length < this.#listedMax) {
      this.listed.push(difference)
    }
  }
}
