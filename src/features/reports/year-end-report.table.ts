import { compareFiscalYears } from '#core/fiscal-year.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import type { Range } from '#features/reconciliation/facts.ts'
import { isWithin } from '#features/reconciliation/range.ts'
import type { ClosedRow } from '#features/year-end/year-end.table.ts'
import { closedFiguresTable, yearEndFormulas } from '#features/year-end/year-end.table.ts'
import type { Report } from './report.ts'
import { rangeOf } from './reports.table.ts'
import type { ReportRequest } from './request.ts'

/** Where a report stands in the record. */
type Standing = Pick<Report, 'position' | 'positionAt' | 'seal'>

export interface ClosedYearRow extends ClosedRow {
  readonly yearEnd: string
  /** Of the event that closed it. */
  readonly position: number
}

export interface ClosedYears {
  readonly jurisdiction: Jurisdiction
  /** Null when no year is closed. */
  readonly range: Range | null
  readonly rows: readonly ClosedYearRow[]
}

/** Of the last closed year, unless told. */
export function askClosedYears(
  all: readonly ClosedYearRow[],
  { jurisdiction = 'QC', from, to }: ReportRequest,
): ClosedYears {
  const last = all
    .map(({ fiscalYear }) => fiscalYear)
    .sort(compareFiscalYears)
    .at(-1)
  const [first, end] = [from ?? to ?? last, to ?? from ?? last]
  const range =
    first === undefined || end === undefined
      ? null
      : rangeOf({ name: 'year-end', from: first, to: end }, { from: first, to: end })
  const rows = range === null ? [] : all.filter(({ fiscalYear }) => isWithin(fiscalYear, range))
  return { jurisdiction, range, rows }
}

/** What the closing of years did, envelope by envelope. */
export function yearEndReport(
  { jurisdiction, range, rows }: ClosedYears,
  standing: Standing,
): Report {
  const title =
    jurisdiction === 'QC'
      ? { fr: 'Fermeture d’exercice – Québec', en: 'Year-end – Quebec' }
      : { fr: 'Fermeture d’exercice – Canada', en: 'Year-end – Canada' }
  return {
    name: 'year-end',
    title,
    parameters: { jurisdiction, ...(range ?? {}) },
    ...standing,
    horizon: range?.to ?? '',
    formulas: yearEndFormulas,
    table: closedFiguresTable(rows, title),
    extras: { yearEnds: [...new Set(rows.map(({ yearEnd }) => yearEnd))] },
    notes: [
      rows.length === 0
        ? {
            code: 'none-closed',
            text: {
              fr: 'Aucun exercice de l’intervalle n’est fermé à cette position.',
              en: 'No fiscal year of the range is closed at this position.',
            },
          }
        : {
            code: 'as-closed',
            text: {
              fr: 'Chiffres de la fermeture; ce qui est inscrit depuis est au passage d’une position à l’autre.',
              en: 'Figures of the closing; what was recorded since is in the bridge between positions.',
            },
          },
    ],
  }
}
