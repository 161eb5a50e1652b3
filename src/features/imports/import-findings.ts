import { readAmount } from '#core/amount-column.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import { cellAt, columnName } from '#core/grid.ts'
import { abs, add, isZero, Money, min, subtract } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import type { Finding } from './import.ts'
import type { ImportTable } from './import-table.ts'

/**
 * What is noticed about a file of expenditures without refusing it: a total that is not the sum of
 * its rows, a file named for another fiscal year, one document on several rows. A person decides
 * what it means. Example: rows of 100.00 and 50.00 above a total of 150.01 differ by 0.01.
 */
export const findingsMax = 100

/** A row of totals, with what stands above it: since the total before, and since the beginning. */
export interface TotalAbove {
  readonly row: number
  readonly since: Money
  readonly all: Money
}

export function totalFindings(
  table: ImportTable,
  totals: readonly TotalAbove[],
): readonly Finding[] {
  const column = table.columns.fields.amount
  const byRow = new Map(totals.map((total) => [total.row, total]))
  if (column === undefined || byRow.size === 0) {
    return []
  }
  const found: Finding[] = []
  for (const row of table.sheet.rows) {
    const total = byRow.get(row.row)
    const cell = total === undefined ? undefined : cellAt(row, column)
    const reading =
      cell === undefined ? null : readAmount(cell, row.row, table.decimal?.value ?? null)
    if (total !== undefined && reading?.ok === true) {
      if (!isZero(differenceOf(reading.value, total))) {
        found.push(totalDiffers(total, reading.value, columnName(column)))
      }
    }
  }
  return found
}

const differenceOf = (stated: Money, { since, all }: TotalAbove): Money =>
  min(abs(subtract(stated, since)), abs(subtract(stated, all)))

function totalDiffers({ row, all }: TotalAbove, stated: Money, column: string): Finding {
  const [said, summed, gap] = [stated, all, subtract(stated, all)].map(moneyWords)
  return {
    pointer: '',
    code: 'imports/total-differs',
    detail: {
      fr: `Le total de la ligne ${row} est ${said?.fr}; ses lignes font ${summed?.fr} (écart ${gap?.fr}).`,
      en: `The total in row ${row} is ${said?.en}; its rows come to ${summed?.en} (difference ${gap?.en}).`,
    },
    row,
    column,
    value: stated.toString(),
  }
}

const labelForm = /(?<!\d)(20\d\d)[-–_](20\d\d|\d\d)(?!\d)/

/** The fiscal year that a name is labelled for: `depenses_2024-2025.csv`, `2024-25`. */
export function labelledYear(name: string): string | null {
  const [, first = '', last = ''] = labelForm.exec(name) ?? []
  const next = String(Number(first) + 1)
  return first !== '' && next.endsWith(last) ? `${first}-${next}` : null
}

export function yearFindings(
  names: readonly string[],
  years: ReadonlyMap<FiscalYear, number>,
): readonly Finding[] {
  const label = names.map(labelledYear).find((year) => year !== null)
  const others = [...years].filter(([year]) => year !== label)
  if (label == null || others.length === 0) {
    return []
  }
  const rows = others.reduce((sum, [, count]) => sum + count, 0)
  const listed = others
    .map(([year]) => year)
    .sort()
    .join(', ')
  return [
    {
      pointer: '',
      code: 'imports/other-fiscal-year',
      detail: {
        fr: `Le fichier est nommé pour ${label}; ${rows} ligne(s) sont d’un autre exercice : ${listed}.`,
        en: `The file is named for ${label}; ${rows} row(s) belong to another fiscal year: ${listed}.`,
      },
      value: label,
    },
  ]
}

export const keyRepeated = (row: number, first: number, document: string): Finding => ({
  pointer: '',
  code: 'imports/key-repeated',
  detail: {
    fr: `La pièce de la ligne ${row} est déjà à la ligne ${first}, à une autre date ou pour un autre montant.`,
    en: `The document of row ${row} is in row ${first} already, on another date or for another amount.`,
  },
  row,
  value: document,
})

export const exampleIgnored = (row: number): Finding => ({
  pointer: '',
  code: 'imports/example-row',
  detail: {
    fr: `La ligne ${row} est l’exemple du gabarit : elle n’est pas importée.`,
    en: `Row ${row} is the example of the template: it is not imported.`,
  },
  row,
})

export const sameBytes = (names: readonly string[]): Finding => ({
  pointer: '',
  code: 'imports/file-again',
  detail: {
    fr: `Ce fichier a déjà été importé, à l’octet près : ${names.join(', ')}.`,
    en: `This file was imported already, byte for byte: ${names.join(', ')}.`,
  },
})

/** The sums that a total is held against, as rows go by. */
export class RunningTotals {
  #since = Money.zero
  #all = Money.zero
  readonly #totals: TotalAbove[] = []

  count(amount: Money | null): void {
    if (amount !== null) {
      this.#since = add(this.#since, amount)
      this.#all = add(this.#all, amount)
    }
  }

  total(row: number): void {
    this.#totals.push({ row, since: this.#since, all: this.#all })
    this.#since = Money.zero
  }

  get totals(): readonly TotalAbove[] {
    return this.#totals
  }
}
