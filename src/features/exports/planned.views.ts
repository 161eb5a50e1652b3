import type { Language } from '#core/language.ts'
import { Money, sum } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import { termWords } from '#features/funding/planned-words.ts'
import { plannedOf } from '#features/reconciliation/columns.ts'
import { emptyCell, type Sheet, type SheetCell } from '#platform/tables/workbook.ts'
import { amountOr, textOr, words } from './cells.views.ts'
import { amountFormula, computed, rounded, sumAcross, sumOf } from './formulas.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import type { BudgetRow } from './workbook-budget.ts'
import { type PlannedAmountKey, plannedAmountKeys, plannedColumnsOf } from './workbook-planned.ts'
import { said, sheetNames, undistributedWords } from './workbook-words.ts'

/**
 * Every planned amount of the question, a cell of the journal a line, so that the summary's planned
 * figures can be computed again from here. A cell without planned money is here for what is
 * committed or lapsed in it.
 */
const title = { fr: 'Budget prévu, cellule par cellule', en: 'Planned budget, cell by cell' }
const intro = {
  fr: 'Le sommaire additionne ces lignes par les deux premières colonnes. « Calculé » : répartition en parts égales, que personne n’a décidée.',
  en: 'The summary adds these rows up by the first two columns. “Derived”: a split in equal parts that nobody decided.',
}

export const plannedPlan = ({ sources, budget, language }: ReconciliationDraft): SheetPlan => ({
  name: sheetNames.planned[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns: plannedColumnsOf(sources.reconciliation.question.jurisdiction),
  rowCount: budget.length,
  hasTotal: true,
})

export function plannedSheet(draft: ReconciliationDraft, places: ReconciliationPlaces): Sheet {
  const { at, columns } = places.planned
  const totals = plannedAmountKeys.map((key): [string, SheetCell] => [
    key,
    amountFormula(rounded(sumOf(at.range(key))), plannedTotal(draft, key)),
  ])
  const blanks = columns.map(({ key }): [string, SheetCell] => [key, emptyCell])
  return drawn(
    places.planned,
    draft.language,
    draft.budget.map((row, index) => rowCells(row, index, draft, places)),
    { ...Object.fromEntries([...blanks, ...totals]), rowKey: { text: 'Total' } },
  )
}

/** What the sheet's column adds up to, exactly. */
export const plannedTotal = ({ budget }: ReconciliationDraft, key: PlannedAmountKey): Money =>
  sum(budget.map((row) => amountOf(row, key) ?? Money.zero))

const amountOf = ({ columns }: BudgetRow, key: PlannedAmountKey): Money | null =>
  key === 'planned' ? plannedOf(columns) : columns[key]

function rowCells(
  row: BudgetRow,
  index: number,
  { language }: ReconciliationDraft,
  { planned }: ReconciliationPlaces,
): CellsByKey {
  const { envelope, measure, organization, fiscalYear, recordedIn, term, title: name } = row
  const at = (key: string): string => planned.at.cell(key, index)
  return {
    rowKey: { text: row.rowKey },
    memberKey: textOr(row.memberKey, 'not-applicable'),
    envelope: textOr(envelope),
    title: textOr(name === null ? null : name[language]),
    measure: textOr(measure),
    organization: { text: organization },
    fiscalYear: fiscalYear === null ? words(undistributedWords, language) : { text: fiscalYear },
    recordedIn: textOr(recordedIn === null ? null : periodKey(recordedIn), 'not-applicable'),
    derived: { boolean: row.isDerived },
    initial: amountOr(amountOf(row, 'initial')),
    revisions: amountOr(amountOf(row, 'revisions')),
    transfers: amountOr(amountOf(row, 'transfers')),
    planned: computed(
      amountOr(amountOf(row, 'planned')),
      rounded(sumAcross(at('initial'), at('transfers'))),
    ),
    committed: amountOr(row.columns.committed),
    lapsed: amountOr(row.columns.lapsed),
    lowReading: { boolean: row.isInLowReading },
    ...termCells(row, language),
    stated: term === null ? { missing: 'absent' } : { boolean: term.stated },
  }
}

const termCells = ({ term }: BudgetRow, language: Language): CellsByKey => ({
  termKind: term === null ? { missing: 'absent' } : words(termWords[term.kind], language),
  asStated: textOr(term?.asStated ?? null),
  firstFiscalYear: textOr(term?.firstFiscalYear ?? null),
  lastFiscalYear: textOr(term?.lastFiscalYear ?? null),
})
