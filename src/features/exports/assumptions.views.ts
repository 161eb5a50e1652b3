import { compare } from '#core/money.ts'
import type { SourceDocument } from '#features/programmes/programme.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import { absolute, rangeAddress, sheetReference } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetChart } from '#platform/tables/workbook.ts'
import { textOr } from './cells.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { amountFormula, rounded } from './formulas.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'
import { heldKey, type Reading, readings, recordedKey, takenAs } from './workbook-readings.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * What a federal total takes for granted, with the words it rests on and the money of the range
 * that hangs on it. The readings are input cells: every total of the workbook follows them. Effects
 * are not added up, since two assumptions can hang on the same money.
 */
const prompt = {
  fr: '1 : l’hypothèse est retenue, l’argent qui en dépend compte; 0 : elle est écartée.',
  en: '1: the assumption is taken, the money that hangs on it counts; 0: it is left out.',
}
const labels: Readonly<Record<Reading, readonly [fr: string, en: string]>> = {
  low: ['Lecture basse', 'Low reading'],
  high: ['Lecture haute', 'High reading'],
  chosen: ['Lecture choisie', 'Chosen reading'],
}

const inputColumn = (reading: Reading): DescribedColumn => ({
  ...described(
    reading,
    labels[reading],
    [`À changer. ${prompt.fr}`, `To change. ${prompt.en}`],
    12,
  ),
  choices: { values: ['0', '1'], prompt },
})

const recordedColumn = (reading: Reading): DescribedColumn => {
  const [fr, en] = labels[reading]
  return described(
    recordedKey(reading),
    [`${fr}, au registre`, `${en}, recorded`],
    ['Telle que dessinée; sert à voir ce qui a été changé.', 'As drawn; shows what was changed.'],
    12,
  )
}

const columns = [
  described('code', ['Code', 'Key'], ['Code de l’hypothèse.', 'Code of the assumption.']),
  described(
    'reading',
    ['Lecture', 'Reading'],
    [
      'Ce que la lecture choisie du registre tient pour vrai.',
      'What the chosen reading of the record takes for granted.',
    ],
    60,
  ),
  described(
    'stated',
    ['Énoncée', 'Stated'],
    ['Vrai si la source le dit.', 'True if the source says so.'],
  ),
  ...readings.map(inputColumn),
  described(
    'effect',
    ['Effet', 'Effect'],
    [
      'Montant prévu de l’intervalle qui en dépend; les effets ne s’additionnent pas.',
      'Planned money of the range that hangs on it; effects are not added up.',
    ],
  ),
  described(
    'citation',
    ['Mots cités', 'Quoted words'],
    ['Les mots sur lesquels elle repose.', 'The words it rests on.'],
    60,
  ),
  described(
    'document',
    ['Document', 'Document'],
    ['Code du document source.', 'Code of the source document.'],
  ),
  described(
    'sha256',
    ['SHA-256 du document', 'Document’s SHA-256'],
    ['Empreinte du document tel que lu.', 'Hash of the document as read.'],
    66,
  ),
  ...readings.map(recordedColumn),
]

const title = { fr: 'Hypothèses du total fédéral', en: 'Assumptions of the federal total' }
const intro = {
  fr: 'Les cellules encadrées se changent (0 ou 1) : tous les totaux suivent. Les contrôles montrent alors l’écart avec le registre.',
  en: 'The framed cells may be changed (0 or 1): every total follows. The checks then show the difference with the record.',
}

export const assumptionsPlan = (draft: ComparisonDraft): SheetPlan => ({
  name: sheetNames.assumptions[draft.language],
  kind: 'table',
  title: said(title, draft.language),
  intro: [said(intro, draft.language)],
  columns,
  rowCount: draft.assumptions.length,
  hasTotal: false,
  charts: [chartOf(draft)],
})

function chartOf({ assumptions, language }: ComparisonDraft): SheetChart {
  const [greatest] = assumptions.toSorted((a, b) =>
    compare(b.assumption.effect, a.assumption.effect),
  )
  const { code = '', effect } = greatest?.assumption ?? {}
  const shown = effect === undefined ? '' : formatAmount(effect, language)
  return {
    kind: 'bars',
    title: said(
      { fr: 'Argent qui dépend de chaque hypothèse', en: 'Money that hangs on each assumption' },
      language,
    ),
    alt: said(
      {
        fr: `Une barre par hypothèse : l’argent prévu qui en dépend. La plus longue : ${code}, ${shown}.`,
        en: `A bar an assumption: the planned money that hangs on it. The longest: ${code}, ${shown}.`,
      },
      language,
    ),
    categories: 'code',
    series: ['effect'],
  }
}

export const assumptionsSheet = (draft: ComparisonDraft, places: ComparisonPlaces): Sheet =>
  drawn(
    places.assumptions,
    draft.language,
    draft.assumptions.map((row, index) => {
      const { code, reading, stated, effect, citation } = row.assumption
      const { document } = row
      return {
        code: { text: code },
        // Envelopes and quoted words stand in the sentence: it is written as the report has it.
        reading: { text: reading[draft.language] },
        stated: { boolean: stated },
        ...takenCells(row),
        effect: amountFormula(effectFormula(index, draft, places), effect),
        citation: textOr(citation === '' ? null : citation),
        document: textOr(document),
        sha256: textOr(hashOf(document, draft.sources.documents)),
      }
    }),
  )

const takenCells = (row: ComparisonDraft['assumptions'][number]): CellsByKey =>
  Object.fromEntries(
    readings.flatMap((reading) => {
      const count = takenAs(row, reading)
      return [
        [reading, { input: { count } }],
        [recordedKey(reading), { count }],
      ]
    }),
  )

/** The column of the assumption is found by its code, which is that column's header. */
function effectFormula(
  index: number,
  { assumptions }: ComparisonDraft,
  { money, assumptions: sheet }: ComparisonPlaces,
): string {
  const { at, name } = money
  const codes = [assumptions[0], assumptions.at(-1)].map((row) => row?.assumption.code ?? '')
  const [from = '', to = ''] = codes.map((code) => at.letter(heldKey(code)))
  const area = (first: number, last: number): string =>
    sheetReference(name, absolute(rangeAddress(`${from}${first}`, `${to}${last}`)))
  const column = `MATCH(${sheet.at.cell('code', index)},${area(at.headerRow, at.headerRow)},0)`
  const held = `INDEX(${area(at.firstDataRow, at.lastDataRow)},0,${column})`
  return rounded(`SUMPRODUCT(${money.range('planned')},${held})`)
}

const hashOf = (code: string | null, documents: readonly SourceDocument[]): string | null =>
  documents.find((document) => document.code === code)?.sha256 ?? null
