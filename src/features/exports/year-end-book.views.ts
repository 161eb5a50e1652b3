import type { Language } from '#core/language.ts'
import { add, type Money, sum } from '#core/money.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import type { SheetChart, Workbook } from '#platform/tables/workbook.ts'
import type { BookSheet, Places } from './book.views.ts'
import type { Check } from './checks.views.ts'
import { closedCellsSheet } from './closed-cells.views.ts'
import { type CoverItem, fact } from './cover.views.ts'
import { amountFormula, computed, rounded, sumOf, sumWhere } from './formulas.views.ts'
import { parameterItems } from './parameter-items.views.ts'
import { mapCells, reportCells } from './report-cells.views.ts'
import { drawn, type SheetPlan } from './sheet-plan.views.ts'
import { workbookOf } from './workbook.views.ts'
import { describeColumn } from './workbook-summary.ts'
import { everyReader, said, sheetNames } from './workbook-words.ts'
import {
  type Figure,
  figureMeanings,
  figures,
  labelOf,
  type YearEndRole as Role,
  totalOf,
  type YearEndSources,
} from './year-end-draft.views.ts'

/** @throws RangeError when the journal says another thing than the figures that were kept */
export function yearEndBook(sources: YearEndSources, language: Language): Workbook {
  assertClosed(sources)
  return workbookOf<Role>({
    sources,
    language,
    question: parameterItems(sources.report, language),
    audience: everyReader,
    control: controlItems(sources, language),
    sheets: [figuresSheet(sources, language), closedCellsSheet(sources, language)],
    checks: checksOf(sources),
  })
}

function assertClosed({ closed, cells }: YearEndSources): void {
  for (const { fiscalYear, figures: kept } of closed.rows) {
    const own = cells.filter(
      (cell) => cell.envelope === kept.envelope && cell.fiscalYear === fiscalYear,
    )
    for (const figure of figures) {
      const [amount, found] = [kept[figure]?.toString() ?? '0.00', totalOf(own, figure).toString()]
      if (amount !== found) {
        throw new RangeError(`${kept.envelope} ${fiscalYear}: ${figure} is ${amount}, not ${found}`)
      }
    }
  }
}

const controlItems = (
  sources: YearEndSources,
  language: Language,
): readonly CoverItem<Places<Role>>[] =>
  figures.map((figure) =>
    fact(`control.${figure}`, said(labelOf(sources, figure), language), {
      amount: totalOf(sources.cells, figure),
    }),
  )

function checksOf(sources: YearEndSources): readonly Check<Places<Role>>[] {
  const { cells } = sources
  const total = (figure: Figure): Money => totalOf(cells, figure)
  const before = sum(cells.map(({ availableBefore }) => availableBefore))
  return [
    ...figures.map((figure): Check<Places<Role>> => {
      const { fr, en } = labelOf(sources, figure)
      return {
        what: {
          fr: `${fr} : somme des enveloppes = registre`,
          en: `${en}: sum of the envelopes = record`,
        },
        left: ({ yearEnd }) => amountFormula(yearEnd.total(figure), total(figure)),
        right: ({ onCover }) => amountFormula(onCover(`control.${figure}`), total(figure)),
      }
    }),
    {
      what: {
        fr: 'Disponible avant + complété = reporté + périmé + disponible restant',
        en: 'Available before + topped up = carried + lapsed + available left',
      },
      left: ({ cells: sheet }) =>
        amountFormula(
          rounded(`${sheet.total('availableBefore')}+${sheet.total('toppedUp')}`),
          add(before, total('toppedUp')),
        ),
      right: ({ yearEnd }) =>
        amountFormula(
          rounded(['carried', 'lapsed', 'availableLeft'].map(yearEnd.total).join('+')),
          sum([total('carried'), total('lapsed'), total('availableLeft')]),
        ),
    },
  ]
}

function figuresSheet(sources: YearEndSources, language: Language): BookSheet<Role> {
  const { columns, rows } = sources.report.table
  const body = rows.filter(({ role }) => role !== 'total')
  const total = rows.find(({ role }) => role === 'total')
  const isFigure = (key: string): key is Figure => figures.some((figure) => figure === key)
  const plan: SheetPlan = {
    name: sheetNames.yearEnd[language],
    kind: 'table',
    title: said(sources.report.title, language),
    intro: [],
    columns: columns.map((column) => describeColumn(column, figureMeanings)),
    rowCount: body.length,
    hasTotal: true,
    charts: [chartOf(sources, language)],
  }
  return {
    role: 'yearEnd',
    name: sheetNames.yearEnd,
    plan,
    draw: ({ yearEnd: { at }, cells }) =>
      drawn(
        plan,
        language,
        body.map((row, index) =>
          mapCells(reportCells(columns, row, language), (cell, key) =>
            isFigure(key)
              ? computed(
                  cell,
                  rounded(
                    sumWhere(
                      cells.range(key),
                      cells.range('envelope'),
                      at.cell('key', index),
                      cells.range('fiscalYear'),
                      at.cell('fiscalYear', index),
                    ),
                  ),
                )
              : cell,
          ),
        ),
        mapCells(total === undefined ? {} : reportCells(columns, total, language), (cell, key) =>
          isFigure(key)
            ? amountFormula(rounded(sumOf(at.range(key))), totalOf(sources.cells, key))
            : key === 'key'
              ? { text: 'Total' }
              : 'missing' in cell
                ? { empty: true }
                : cell,
        ),
      ),
  }
}

function chartOf({ cells }: YearEndSources, language: Language): SheetChart {
  const [carried, lapsed] = (['carried', 'lapsed'] as const).map((figure) =>
    formatAmount(totalOf(cells, figure), language),
  )
  return {
    kind: 'columns',
    title: said(
      { fr: 'Reporté et périmé, par enveloppe', en: 'Carried and lapsed, by envelope' },
      language,
    ),
    alt: said(
      {
        fr: `Trois colonnes par enveloppe : engagements reportés, disponible reporté, disponible périmé. En tout : ${carried} reporté, ${lapsed} périmé.`,
        en: `Three columns an envelope: commitments carried, available carried, available lapsed. In all: ${carried} carried, ${lapsed} lapsed.`,
      },
      language,
    ),
    categories: 'key',
    series: ['commitmentsCarried', 'carried', 'lapsed'],
  }
}
