import type { Bilingual, Language } from '#core/language.ts'
import { add, type Money, sum } from '#core/money.ts'
import type { TieOut } from '#features/matching/tie-out.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import type { SheetCell, SheetChart, Workbook } from '#platform/tables/workbook.ts'
import type { BookSheet, Places } from './book.views.ts'
import type { Check } from './checks.views.ts'
import { type CoverItem, fact } from './cover.views.ts'
import { amountFormula, computed, rounded, sumOf, sumWhere } from './formulas.views.ts'
import { parameterItems } from './parameter-items.views.ts'
import { mapCells, reportCells } from './report-cells.views.ts'
import { drawn, type SheetPlan } from './sheet-plan.views.ts'
import type { TieOutLines } from './tie-out-lines.ts'
import { matchesSheet, sideSheet, type TieOutRole } from './tie-out-sides.views.ts'
import { workbookOf } from './workbook.views.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import { describeColumn, type Meanings } from './workbook-summary.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * A tie-out whose every figure is a sum of lines: on each side what is matched and what is open,
 * and what the two sides differ by, cause by cause. What was open before is the record's: the lines
 * of an earlier matching.
 */
export interface TieOutSources extends WorkbookSources {
  readonly tieOut: TieOut
  readonly lines: TieOutLines
}

type Item = CoverItem<Places<TieOutRole>>
type TieOutCheck = Check<Places<TieOutRole>>

export const tieOutBook = (sources: TieOutSources, language: Language): Workbook =>
  workbookOf<TieOutRole>({
    sources,
    language,
    question: parameterItems(sources.report, language),
    audience: audienceOf(sources.lines.run.organization),
    control: controlItems(sources, language),
    sheets: [
      summarySheet(sources, language),
      sideSheet('extract', sources.lines, { language, site: sources.site }),
      sideSheet('journal', sources.lines, { language, site: sources.site }),
      matchesSheet(sources.lines, language),
    ],
    checks: [...sideChecks(sources), ...differenceChecks(sources)],
  })

const audienceOf = (organization: string): Bilingual => ({
  fr: `Qui peut lire les rapprochements de ${organization}.`,
  en: `Whoever may read the tie-outs of ${organization}.`,
})

const sides = ['extract', 'journal'] as const
type SideName = (typeof sides)[number]
const sideWords: Readonly<Record<SideName, Bilingual>> = {
  extract: { fr: 'Extrait', en: 'Extract' },
  journal: { fr: 'Journal', en: 'Journal' },
}

const totalOf = ({ tieOut }: TieOutSources, side: SideName): Money =>
  add(tieOut[side].opening, tieOut[side].period)

function controlItems(sources: TieOutSources, language: Language): readonly Item[] {
  const { tieOut } = sources
  const item = (name: string, { fr, en }: Bilingual, amount: Money): Item =>
    fact(`control.${name}`, said({ fr, en }, language), { amount })
  return [
    ...sides.flatMap((side) => {
      const { fr, en } = sideWords[side]
      const of = (what: Bilingual): Bilingual => ({
        fr: `${fr} : ${what.fr}`,
        en: `${en}: ${what.en}`,
      })
      return [
        item(
          `opening.${side}`,
          of({ fr: 'ouvert auparavant', en: 'open before' }),
          tieOut[side].opening,
        ),
        item(
          `period.${side}`,
          of({ fr: 'de la période', en: 'of the period' }),
          tieOut[side].period,
        ),
      ]
    }),
    item(
      'difference',
      { fr: 'Écart : extrait − journal', en: 'Difference: extract − journal' },
      tieOut.difference,
    ),
  ]
}

function sideChecks(sources: TieOutSources): readonly TieOutCheck[] {
  return sides.flatMap((side): readonly TieOutCheck[] => {
    const { fr, en } = sideWords[side]
    const { opening, period, matched, closing } = sources.tieOut[side]
    const total = totalOf(sources, side)
    return [
      {
        what: {
          fr: `${fr} : somme des lignes = ouvert auparavant + de la période, au registre`,
          en: `${en}: sum of the lines = open before + of the period, in the record`,
        },
        left: (places) => amountFormula(places[side].total('amount'), total),
        right: ({ onCover }) =>
          amountFormula(
            rounded(`${onCover(`control.opening.${side}`)}+${onCover(`control.period.${side}`)}`),
            total,
          ),
      },
      {
        what: {
          fr: `${fr} : ouvert auparavant + de la période = apparié + encore ouvert`,
          en: `${en}: open before + of the period = matched + still open`,
        },
        left: ({ tieOut }) =>
          amountFormula(
            rounded(`${tieOut.cell(side, 0)}+${tieOut.cell(side, 1)}`),
            add(opening, period),
          ),
        right: ({ tieOut }) =>
          amountFormula(
            rounded(`${tieOut.cell(side, 2)}+${tieOut.cell(side, 3)}`),
            add(matched, closing),
          ),
      },
    ]
  })
}

/** The row of the difference stands after the four of the sides; the causes follow it. */
const differenceRow = 4

function differenceChecks({ tieOut }: TieOutSources): readonly TieOutCheck[] {
  const { difference, explained, unexplained } = tieOut
  const causes = add(sum(explained.map(({ amount }) => amount)), unexplained)
  return [
    {
      what: {
        fr: 'Écart : extrait − journal = registre',
        en: 'Difference: extract − journal = record',
      },
      left: ({ tieOut: sheet }) =>
        amountFormula(sheet.cell('difference', differenceRow), difference),
      right: ({ onCover }) => amountFormula(onCover('control.difference'), difference),
    },
    {
      what: {
        fr: 'Écart = somme des causes et de ce qui n’en a pas',
        en: 'Difference = sum of the causes and of what has none',
      },
      left: ({ tieOut: sheet }) =>
        amountFormula(sheet.cell('difference', differenceRow), difference),
      right: ({ tieOut: sheet }) => {
        const [first, last] = [differenceRow + 1, differenceRow + explained.length]
        const listed = [
          ...(explained.length === 0
            ? []
            : [sumOf(`${sheet.cell('difference', first)}:${sheet.at.cell('difference', last)}`)]),
          sheet.total('difference'),
        ]
        return amountFormula(rounded(listed.join('+')), causes)
      },
    },
  ]
}

const own: Meanings = new Map([
  ['key', ['Code de la ligne ou de la cause.', 'Code of the line or of the cause.']],
  ['label', ['La ligne en mots.', 'The line in words.']],
  ['extract', ['Côté du grand livre.', 'Side of the ledger.']],
  ['journal', ['Côté de Vigie.', 'Vigie’s side.']],
  [
    'difference',
    [
      'Extrait − journal; puis ce que chaque cause en explique.',
      'Extract − journal; then what each cause explains of it.',
    ],
  ],
])

function summarySheet(sources: TieOutSources, language: Language): BookSheet<TieOutRole> {
  const { columns, rows, title } = sources.report.table
  const body = rows.filter(({ role }) => role !== 'total')
  const total = rows.find(({ role }) => role === 'total')
  const plan: SheetPlan = {
    name: sheetNames.tieOut[language],
    kind: 'table',
    title: said(title, language),
    intro: [],
    columns: columns.map((column) => describeColumn(column, own)),
    rowCount: body.length,
    hasTotal: true,
    charts: [chartOf(sources, language)],
  }
  return {
    role: 'tieOut',
    name: sheetNames.tieOut,
    plan,
    draw: (places) => {
      const { at } = places.tieOut
      return drawn(
        plan,
        language,
        body.map((row, index) => {
          const cells = reportCells(columns, row, language)
          const code = cells.key !== undefined && 'text' in cells.key ? cells.key.text : ''
          return mapCells(cells, (cell, key) =>
            computed(cell, formulaOf(key, code, at.cell('key', index), places)),
          )
        }),
        mapCells(total === undefined ? {} : reportCells(columns, total, language), (cell, key) =>
          key === 'difference'
            ? computed(cell, causeFormula(at.total('key'), places))
            : totalCell(cell),
        ),
      )
    },
  }
}

const totalCell = (cell: SheetCell): SheetCell => ('missing' in cell ? { empty: true } : cell)

function formulaOf(column: string, row: string, key: string, places: Places<TieOutRole>): string {
  const { tieOut, onCover } = places
  if (column === 'difference') {
    return row === 'difference'
      ? rounded(`${places.extract.total('amount')}-${places.journal.total('amount')}`)
      : causeFormula(key, places)
  }
  const side = column === 'extract' ? 'extract' : 'journal'
  const lines = places[side]
  const where = (isMatched: 'TRUE' | 'FALSE'): string =>
    rounded(sumWhere(lines.range('amount'), lines.range('matched'), isMatched))
  switch (row) {
    case 'opening':
      return onCover(`control.opening.${side}`)
    case 'period':
      return rounded(`${lines.total('amount')}-${tieOut.at.cell(side, 0)}`)
    case 'matched':
      return where('TRUE')
    default:
      return where('FALSE')
  }
}

/** What is open in the ledger, less what is open in the journal, and the residuals of matches. */
function causeFormula(key: string, { extract, journal, matches }: Places<TieOutRole>): string {
  const [inExtract, inJournal] = [extract, journal].map((side) =>
    sumWhere(side.range('amount'), side.range('cause'), key),
  )
  const residuals = sumWhere(matches.range('residual'), matches.range('cause'), key)
  return rounded(`${inExtract}-${inJournal}+${residuals}`)
}

function chartOf({ tieOut }: TieOutSources, language: Language): SheetChart {
  const shown = (amount: Money) => formatAmount(amount, language)
  const { extract, journal, difference } = tieOut
  return {
    kind: 'columns',
    title: said({ fr: 'Les deux côtés', en: 'The two sides' }, language),
    alt: said(
      {
        fr: `Deux colonnes par ligne, extrait et journal : ouvert auparavant, de la période, apparié, encore ouvert. Encore ouvert : ${shown(extract.closing)} et ${shown(journal.closing)}; écart ${shown(difference)}.`,
        en: `Two columns a line, extract and journal: open before, of the period, matched, still open. Still open: ${shown(extract.closing)} and ${shown(journal.closing)}; difference ${shown(difference)}.`,
      },
      language,
    ),
    categories: 'label',
    series: ['extract', 'journal'],
    rowsMax: 4,
  }
}
