import type { DecimalMark } from '#core/amount-column.ts'
import type { Canonical } from '#core/canonical.ts'
import type { DateOrder } from '#core/date-column.ts'
import type { Grid, Understanding } from '#core/grid.ts'
import type { Bilingual } from '#core/language.ts'
import type { FoundTable } from '#core/table-in-grid.ts'

/**
 * What was understood of a file, each with what it rests on; null where nothing had to be. Said as
 * facts for the answer and the event, and as a sentence a decision for who has to say whether it is
 * right. Example: `signe décimal : , (« 12,50 », ligne 4)`.
 */
interface ReadTable extends FoundTable {
  readonly decimal: Understanding<DecimalMark> | null
  readonly dateOrder: Understanding<DateOrder> | null
}

export const understoodFacts = (grid: Grid, table: ReadTable) => ({
  format: grid.understood.format,
  encoding: told(grid.understood.encoding),
  delimiter: told(grid.understood.delimiter),
  dateSystem: told(grid.understood.dateSystem),
  sheet: told(table.understanding),
  headerRow: told(table.header.understanding),
  decimal: told(table.decimal),
  dateOrder: told(table.dateOrder),
  columns: table.header.headings.map(({ name }) => name),
  formulas: table.sheet.formulasCount,
  hiddenRows: table.sheet.hiddenRowsCount,
  hiddenColumns: table.sheet.hiddenColumns.length,
  merged: table.sheet.merged.length,
  otherSheets: grid.sheets.filter(({ name }) => name !== table.sheet.name).map(({ name }) => name),
})

const told = (understanding: Understanding<string | number> | null | undefined): Canonical =>
  understanding == null
    ? null
    : {
        value: understanding.value,
        asked: understanding.isAsked,
        because: { fr: understanding.because.fr, en: understanding.because.en },
      }

const labels: Readonly<Record<string, Bilingual>> = {
  encoding: { fr: 'encodage', en: 'encoding' },
  delimiter: { fr: 'séparateur', en: 'delimiter' },
  dateSystem: { fr: 'calendrier du classeur', en: 'date system' },
  sheet: { fr: 'feuille', en: 'sheet' },
  headerRow: { fr: 'ligne des titres', en: 'header row' },
  decimal: { fr: 'signe décimal', en: 'decimal mark' },
  dateOrder: { fr: 'ordre des dates', en: 'date order' },
}

interface Told {
  readonly value: string | number
  readonly because: Bilingual
}

export function understoodLines(understood: Canonical): readonly Bilingual[] {
  const facts = new Map<string, Told | null>(Object.entries(Object(understood)))
  return Object.entries(labels).flatMap(([key, label]) => {
    const told = facts.get(key) ?? null
    if (told === null) {
      return []
    }
    const value = told.value === '\t' ? 'tab' : told.value
    return [
      {
        fr: `${label.fr} : ${value} (${told.because.fr})`,
        en: `${label.en}: ${value} (${told.because.en})`,
      },
    ]
  })
}
