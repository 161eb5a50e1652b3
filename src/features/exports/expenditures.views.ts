import { type Money, sum } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import { emptyCell, type Sheet } from '#platform/tables/workbook.ts'
import { countOr, flagText, pageCell, textOr, words } from './cells.views.ts'
import type { DetailDocument, DetailKind } from './detail.ts'
import { amountFormula, rounded, sumOf } from './formulas.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { detailColumns, movementWords } from './workbook-details.ts'
import type { PlacedDetail } from './workbook-ties.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * The spending behind the summary, a document a line, with its trail. A reader who may not open the
 * documents gets the cells of the journal in the same columns: the sums are the same, and what a
 * cell does not tell is marked not applicable.
 */
const title = { fr: 'Dépenses', en: 'Expenditures' }
const intros: Readonly<Record<DetailKind, { readonly fr: string; readonly en: string }>> = {
  documents: {
    fr: 'Une ligne par dépense de l’intervalle, et par ce qui en a repris une. Le sommaire additionne ces lignes par les deux dernières colonnes.',
    en: 'A line per expenditure of the range, and per movement that took one back. The summary adds these lines up by the last two columns.',
  },
  cells: {
    fr: 'Une ligne par cellule du journal, sans les pièces : ce lecteur ne peut pas les ouvrir, ou elles sont trop nombreuses. Les sommes sont les mêmes.',
    en: 'A line per cell of the journal, without the documents: this reader may not open them, or they are too many. The sums are the same.',
  },
}

export const expendituresPlan = ({
  sources,
  details,
  language,
}: ReconciliationDraft): SheetPlan => ({
  name: sheetNames.expenditures[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intros[sources.detailKind], language)],
  columns: detailColumns,
  rowCount: details.length,
  hasTotal: true,
})

export function expendituresSheet(
  draft: ReconciliationDraft,
  { expenditures }: ReconciliationPlaces,
): Sheet {
  const blanks = detailColumns.map(({ key }) => [key, emptyCell])
  return drawn(
    expenditures,
    draft.language,
    draft.details.map((detail, index) => rowCells(detail, index, draft)),
    {
      ...Object.fromEntries(blanks),
      line: { text: 'Total' },
      amount: amountFormula(
        rounded(sumOf(expenditures.at.range('amount'))),
        detailTotal(draft, () => true),
      ),
    },
  )
}

/** Of the lines that are own resources, that are not, or of all. */
export const detailTotal = (
  { details }: ReconciliationDraft,
  counts: (detail: PlacedDetail) => boolean,
): Money => sum(details.filter(counts).map(({ amount }) => amount))

function rowCells(
  detail: PlacedDetail,
  index: number,
  { sources, language }: ReconciliationDraft,
): CellsByKey {
  const { recordedIn } = detail
  return {
    line: { count: index + 1 },
    organization: { text: detail.organization },
    measure: textOr(detail.measure),
    envelope: textOr(detail.envelope, detail.isOwnResources ? 'not-applicable' : 'absent'),
    axis: textOr(detail.axis),
    lead: textOr(detail.lead),
    fiscalYear: textOr(detail.fiscalYear),
    recordedIn: textOr(recordedIn === null ? null : periodKey(recordedIn)),
    amount: { amount: detail.amount },
    ownResources: { boolean: detail.isOwnResources },
    flags: { text: flagText(detail.flags, language) },
    rowKey: { text: detail.rowKey },
    memberKey: textOr(detail.memberKey, 'not-applicable'),
    ...(detail.document === null ? noDocument : documentCells(detail.document, sources.site)),
    movement:
      detail.document === null
        ? { missing: 'not-applicable' }
        : words(movementWords[detail.document.movement], language),
  }
}

const documentCells = (document: DetailDocument, site: string | undefined): CellsByKey => ({
  number: { text: document.number },
  serviceDate: { date: document.serviceDate },
  documentNumber: { text: document.documentNumber },
  supplier: { text: document.supplier },
  description: { text: document.description },
  source: textOr(
    document.source === null ? null : `${document.source.document}:${document.source.row}`,
  ),
  entry: textOr(document.entry),
  position: countOr(document.position),
  preparedBy: { text: document.preparedBy },
  approvedBy: textOr(document.approvedBy),
  href: pageCell(document.href, site),
})

const noDocument: CellsByKey = Object.fromEntries(
  [
    'number',
    'serviceDate',
    'documentNumber',
    'supplier',
    'description',
    'source',
    'entry',
    'position',
    'preparedBy',
    'approvedBy',
    'href',
  ].map((key) => [key, { missing: 'not-applicable' }]),
)
