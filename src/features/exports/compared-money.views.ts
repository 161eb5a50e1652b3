import type { Bilingual, Language } from '#core/language.ts'
import { basisWords } from '#features/comparison/comparability.ts'
import type { ComparedMoney } from '#features/comparison/money.ts'
import type { Sheet } from '#platform/tables/workbook.ts'
import { amountOr, words } from './cells.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'
import { heldKey, isCounted, type Reading, readings } from './workbook-readings.ts'
import { said, sheetNames, undistributedWords } from './workbook-words.ts'

/**
 * The money that the summary adds up, a line an envelope, year and kind, and a column an assumption:
 * 1 where the line hangs on it. A line counts in a reading when every assumption that it hangs on is
 * read 1 there: their product with the readings is then as great as their number. Quebec's hang on
 * none.
 */
const title = {
  fr: 'Montants par enveloppe et exercice, avec les hypothèses dont ils dépendent',
  en: 'Amounts by envelope and fiscal year, with the assumptions they hang on',
}
const intro = {
  fr: 'Un montant compte dans une lecture si chaque hypothèse dont il dépend (1) y est retenue (1) à la feuille des hypothèses.',
  en: 'An amount counts in a reading if each assumption it hangs on (1) is taken (1) there on the sheet of assumptions.',
}

const columns = [
  described('jurisdiction', ['Palier', 'Government'], ['QC ou CA.', 'QC or CA.']),
  described(
    'envelope',
    ['Enveloppe', 'Envelope'],
    ['Code de l’enveloppe.', 'Code of the envelope.'],
  ),
  described(
    'fiscalYear',
    ['Exercice', 'Fiscal year'],
    [
      '« Non réparti » quand l’argent n’est d’aucun exercice.',
      '“Undistributed” when the money is of no fiscal year.',
    ],
  ),
  described(
    'derived',
    ['Calculé', 'Derived'],
    ['Vrai pour une part égale.', 'True for an equal part.'],
  ),
  described(
    'kind',
    ['Nature', 'Kind'],
    ['Total sur une durée, ou montant par exercice.', 'A total over a term, or an amount a year.'],
  ),
  described(
    'onward',
    ['Versé plus loin', 'Paid on'],
    [
      'Vrai si versé à une province ou à un organisme.',
      'True if paid on to a province or a charity.',
    ],
  ),
  described('planned', ['Prévu', 'Planned'], ['Montant prévu.', 'Planned amount.']),
  described(
    'rate',
    ['Dont récurrent', 'Recurring part'],
    ['Montant annuel récurrent.', 'Amount that recurs each year.'],
  ),
  described('spent', ['Dépensé', 'Spent'], ['Montant dépensé.', 'Amount spent.']),
]

const readingColumns: Readonly<Record<Reading, DescribedColumn>> = {
  low: described(
    'inLow',
    ['Dans la lecture basse', 'In the low reading'],
    ['Vrai si le montant y compte.', 'True if the amount counts there.'],
  ),
  high: described(
    'inHigh',
    ['Dans la lecture haute', 'In the high reading'],
    ['Vrai si le montant y compte.', 'True if the amount counts there.'],
  ),
  chosen: described(
    'inChosen',
    ['Dans la lecture choisie', 'In the chosen reading'],
    ['Vrai si le montant y compte.', 'True if the amount counts there.'],
  ),
}

const heldColumn = (code: string): DescribedColumn =>
  described(
    heldKey(code),
    [code, code],
    ['1 si le montant dépend de cette hypothèse.', '1 if the amount hangs on this assumption.'],
    13,
  )

export const moneyPlan = ({ sources, assumptions, language }: ComparisonDraft): SheetPlan => ({
  name: sheetNames.money[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns: [
    ...columns,
    ...readings.map((reading) => readingColumns[reading]),
    ...assumptions.map(({ assumption }) => heldColumn(assumption.code)),
  ],
  rowCount: sources.comparison.money.length,
  hasTotal: false,
})

export const moneySheet = (draft: ComparisonDraft, places: ComparisonPlaces): Sheet =>
  drawn(
    places.money,
    draft.language,
    draft.sources.comparison.money.map((line, index) => ({
      ...lineCells(line, draft.language),
      ...readingCells(line, index, draft, places),
      ...Object.fromEntries(
        draft.assumptions.map(({ assumption: { code } }) => [
          heldKey(code),
          { count: line.heldBy.includes(code) ? 1 : 0 },
        ]),
      ),
    })),
  )

const lineCells = (line: ComparedMoney, language: Language): CellsByKey => ({
  jurisdiction: { text: line.jurisdiction },
  envelope: { text: line.envelope },
  fiscalYear:
    line.fiscalYear === null ? words(undistributedWords, language) : { text: line.fiscalYear },
  derived: { boolean: line.isDerived },
  kind: words(kindWords[line.kind], language),
  onward: { boolean: line.isOnward },
  planned: amountOr(line.planned),
  rate: amountOr(line.rate, 'not-applicable'),
  spent: { amount: line.spent },
})

const kindWords: Readonly<Record<ComparedMoney['kind'], Bilingual>> = basisWords

function readingCells(
  line: ComparedMoney,
  index: number,
  { assumptions }: ComparisonDraft,
  { money, assumptions: sheet }: ComparisonPlaces,
): CellsByKey {
  const [first, last] = [assumptions[0], assumptions.at(-1)]
  return Object.fromEntries(
    readings.map((reading) => {
      const { key } = readingColumns[reading]
      const result = { boolean: isCounted(line, assumptions, reading) }
      if (first === undefined || last === undefined) {
        return [key, result]
      }
      const [from, to] = [first, last].map(({ assumption }) =>
        money.at.cell(heldKey(assumption.code), index),
      )
      const held = `${from}:${to}`
      return [
        key,
        { formula: `SUMPRODUCT(MMULT(${held},${sheet.range(reading)}))=SUM(${held})`, result },
      ]
    }),
  )
}
