import type { Language } from '#core/language.ts'
import { type Money, sum } from '#core/money.ts'
import type { ClosedCell } from '#features/year-end/closed-cells.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import type { BookSheet } from './book.views.ts'
import { textOr } from './cells.views.ts'
import { amountFormula, rounded, sumOf } from './formulas.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'
import {
  amountOf,
  figureMeanings,
  labelOf,
  type YearEndRole,
  type YearEndSources,
} from './year-end-draft.views.ts'

/** What a closing found just before and did, a cell of the journal a line. */
const cellFigures = [
  'plannedBefore',
  'availableBefore',
  'toppedUp',
  'commitmentsCarried',
  'carried',
  'lapsed',
  'availableLeft',
] as const

const cellColumns = (sources: YearEndSources) => [
  described(
    'envelope',
    ['Enveloppe', 'Envelope'],
    ['Code de l’enveloppe.', 'Code of the envelope.'],
  ),
  described(
    'programme',
    ['Programme', 'Programme'],
    ['Code du programme.', 'Code of the programme.'],
  ),
  described(
    'fiscalYear',
    ['Exercice', 'Fiscal year'],
    ['Exercice qui a été fermé.', 'Fiscal year that was closed.'],
  ),
  described('measure', ['Mesure', 'Measure'], ['Code de la mesure.', 'Code of the measure.']),
  described(
    'organization',
    ['Organisme', 'Organization'],
    ['Organisme de la cellule.', 'Organization of the cell.'],
  ),
  ...cellFigures.map((figure) => {
    const { fr, en } =
      figure === 'availableBefore'
        ? { fr: 'Disponible avant', en: 'Available before' }
        : labelOf(sources, figure)
    const [meaningFr, meaningEn] = figureMeanings.get(figure) ?? [
      'Disponible juste avant la fermeture.',
      'Available just before the closing.',
    ]
    return described(figure, [fr, en], [meaningFr, meaningEn])
  }),
]

export function closedCellsSheet(
  sources: YearEndSources,
  language: Language,
): BookSheet<YearEndRole> {
  const { cells } = sources
  const title = {
    fr: 'Ce que la fermeture a trouvé et fait, cellule par cellule',
    en: 'What the closing found and did, cell by cell',
  }
  const plan: SheetPlan = {
    name: sheetNames.cells[language],
    kind: 'table',
    title: said(title, language),
    intro: [],
    columns: cellColumns(sources),
    rowCount: cells.length,
    hasTotal: true,
  }
  const amounts = (cellOf: (figure: (typeof cellFigures)[number]) => SheetCell): CellsByKey =>
    Object.fromEntries(cellFigures.map((figure) => [figure, cellOf(figure)]))
  const amount = (cell: ClosedCell, figure: (typeof cellFigures)[number]): Money =>
    figure === 'availableBefore' ? cell.availableBefore : amountOf(cell, figure)
  return {
    role: 'cells',
    name: sheetNames.cells,
    plan,
    draw: ({ cells: { at } }) =>
      drawn(
        plan,
        language,
        cells.map((cell, index) => {
          const of = (key: string): string => at.cell(key, index)
          const left = `${of('availableBefore')}+${of('toppedUp')}-${of('carried')}-${of('lapsed')}`
          return {
            envelope: { text: cell.envelope ?? '' },
            programme: { text: cell.programme },
            fiscalYear: { text: cell.fiscalYear },
            measure: textOr(cell.measure),
            organization: { text: cell.organization },
            ...amounts((figure) =>
              figure === 'availableLeft'
                ? amountFormula(rounded(left), amount(cell, figure))
                : { amount: amount(cell, figure) },
            ),
          }
        }),
        {
          ...Object.fromEntries(plan.columns.map(({ key }) => [key, { empty: true } as const])),
          envelope: { text: 'Total' },
          ...amounts((figure) =>
            amountFormula(
              rounded(sumOf(at.range(figure))),
              sum(cells.map((cell) => amount(cell, figure))),
            ),
          ),
        },
      ),
  }
}
