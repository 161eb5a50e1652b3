import type { Language } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { TableRow } from '#core/table.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import {
  emptyCell,
  type Sheet,
  type SheetCell,
  type SheetChart,
} from '#platform/tables/workbook.ts'
import { expenditurePath, pageCell, words } from './cells.views.ts'
import { computed, percentFormula, rounded, sumAcross, sumWhere } from './formulas.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { mapCells, reportCells } from './report-cells.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import type { ReconciliationSources } from './workbook-sources.ts'
import { describeColumn } from './workbook-summary.ts'
import { dimensionWords, kindWords, said, sheetNames } from './workbook-words.ts'

/**
 * The report's own table, where every figure that another sheet or column can give is a formula:
 * one formula a column, the same on each row, so that a row cannot differ from its neighbours
 * unseen. The key's column is what SUMIFS looks for; repeated rows find their money by the member's
 * key, and the totals leave them out.
 */
const intro = [
  {
    fr: 'Dollars canadiens. Les lignes répétées (VRAI) montrent de l’argent qu’une autre ligne montre déjà : elles n’entrent pas dans le total.',
    en: 'Canadian dollars. Repeated rows (TRUE) show money that another row already shows: they do not enter the total.',
  },
  {
    fr: '— : aucun montant prévu; s.\u00a0o. : sans objet. Ni l’un ni l’autre n’est zéro.',
    en: '—: nothing planned; n/a: not applicable. Neither is zero.',
  },
]

export const summaryPlan = ({ sources, language }: ReconciliationDraft): SheetPlan => ({
  name: sheetNames.summary[language],
  kind: 'table',
  title: said(sources.report.title, language),
  intro: intro.map((line) => said(line, language)),
  columns: sources.report.table.columns.map((column) => describeColumn(column)),
  rowCount: bodyOf(sources.report.table.rows).length,
  hasTotal: true,
  charts: [chartOf(sources.reconciliation, language)],
})

function chartOf({ question, totals }: Reconciliation, language: Language): SheetChart {
  const by = dimensionWords[question.by]
  const shown = (amount: Money) => formatAmount(amount, language)
  return {
    kind: 'columns',
    title: said({ fr: `Prévu et dépensé, ${by.fr}`, en: `Planned and spent, ${by.en}` }, language),
    alt: said(
      {
        fr: `Deux colonnes par ligne du sommaire, prévu et dépensé, ${by.fr}. Au total : prévu ${shown(totals.planned)}, dépensé ${shown(totals.spent)}.`,
        en: `Two columns a row of the summary, planned and spent, ${by.en}. In total: planned ${shown(totals.planned)}, spent ${shown(totals.spent)}.`,
      },
      language,
    ),
    categories: 'key',
    series: ['planned', 'spent'],
  }
}

const bodyOf = (rows: readonly TableRow[]): readonly TableRow[] =>
  rows.filter(({ role }) => role !== 'total')

export function summarySheet(draft: ReconciliationDraft, places: ReconciliationPlaces): Sheet {
  const { summary } = places
  const { rows } = draft.sources.report.table
  const total = rows.find(({ role }) => role === 'total')
  return drawn(
    summary,
    draft.language,
    bodyOf(rows).map((row, index) => bodyCells(row, index, draft, places)),
    total === undefined ? undefined : totalCells(total, draft, places),
  )
}

function bodyCells(
  row: TableRow,
  index: number,
  draft: ReconciliationDraft,
  places: ReconciliationPlaces,
): CellsByKey {
  const at = (key: string): string => places.summary.at.cell(key, index)
  return cellsOf(row, draft, (cell, key) => {
    const formula = rowFormula(key, at, places)
    return formula === null ? cell : computed(cell, formula)
  })
}

/** Null for a column that no formula gives. */
function rowFormula(
  key: string,
  at: (key: string) => string,
  { planned, expenditures, provenance }: ReconciliationPlaces,
): string | null {
  // A shared envelope's money is found by the row's key, a member's part of it by the member's key.
  const ofKey = (sheet: typeof planned, column: string, ...more: readonly string[]): string =>
    ['rowKey', 'memberKey']
      .map((keys) => sumWhere(sheet.range(column), sheet.range(keys), at('key'), ...more))
      .join('+')
  const spending = (isOwn: 'TRUE' | 'FALSE'): string =>
    expenditures.over((part) => ofKey(part, 'amount', part.range('ownResources'), isOwn))
  switch (key) {
    case 'initial':
    case 'revisions':
    case 'transfers':
    case 'committed':
    case 'lapsed':
      return rounded(ofKey(planned, key))
    case 'planned':
      return rounded(sumAcross(at('initial'), at('transfers')))
    case 'spent':
      return rounded(spending('FALSE'))
    case 'ownResources':
      return rounded(spending('TRUE'))
    case 'available':
      return rounded(`N(${at('planned')})-${sumAcross(at('committed'), at('lapsed'))}`)
    case 'variance':
      return rounded(`N(${at('planned')})-N(${at('spent')})`)
    case 'percentSpent':
      return percentFormula(at('spent'), at('planned'))
    case 'publishedAuthorities':
      return rounded(sumWhere(provenance.range('authority'), provenance.range('period'), at('key')))
    default:
      return null
  }
}

function totalCells(
  row: TableRow,
  draft: ReconciliationDraft,
  { summary }: ReconciliationPlaces,
): CellsByKey {
  const { at } = summary
  return cellsOf(row, draft, (cell, key) => {
    if (key === 'percentSpent') {
      return computed(cell, percentFormula(at.total('spent'), at.total('planned')))
    }
    if ('amount' in cell) {
      return computed(cell, rounded(sumWhere(at.range(key), at.range('repeated'), 'FALSE')))
    }
    return key === 'key' ? words(kindWords.total, draft.language) : emptyCell
  })
}

const cellsOf = (
  row: TableRow,
  { sources, language }: ReconciliationDraft,
  drawnAs: (cell: SheetCell, key: string) => SheetCell,
): CellsByKey =>
  mapCells(
    reportCells(sources.report.table.columns, row, language, (key, code) =>
      key === 'href' ? listCell(code, sources, language) : null,
    ),
    drawnAs,
  )

/** Who may not open the documents sees the total without the way to them. */
function listCell(
  code: string | null,
  { detailKind, site }: ReconciliationSources,
  language: Language,
): SheetCell {
  if (detailKind === 'cells') {
    return { missing: 'not-applicable' }
  }
  const path = code?.slice(listAddress.length)
  return path === undefined
    ? { missing: 'absent' }
    : pageCell(expenditurePath(path, language), sheetNames.expenditures[language], site)
}

/** Where the API has the list; its page takes the same filters. */
const listAddress = '/api/v1/expenditures'
