import { flagWordsOf } from '#features/journal/flag-words.ts'
import { missingSign } from '#platform/i18n/format.ts'
import { linkTarget } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetCell } from '#platform/tables/workbook.ts'
import { flagLabel, textOr, words } from './cells.views.ts'
import { lookedUp, lookUp } from './formulas.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { type CellsByKey, drawn, type PlacedSheet, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import type { Exception } from './workbook-exceptions.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * One flag a line, with the sentence that says why, the way to the line it speaks of, and its
 * money, looked up where it stands. Planned money that the range leaves out has no other place in
 * the workbook: its amount is written here.
 */
const columns = [
  described('number', ['Rang', 'Number'], ['Rang de l’exception.', 'Number of the exception.']),
  described(
    'where',
    ['Feuille', 'Sheet'],
    ['Où se trouve la ligne dont il s’agit.', 'Where the line in question is.'],
  ),
  described(
    'key',
    ['Code', 'Key'],
    [
      'Code de la ligne du sommaire, numéro de la dépense ou code de l’enveloppe.',
      'Key of the summary’s row, number of the expenditure or code of the envelope.',
    ],
  ),
  described(
    'line',
    ['Rang de la dépense', 'Line of the expenditure'],
    ['Rang sur la feuille des dépenses.', 'Line on the sheet of expenditures.'],
  ),
  described('label', ['Intitulé', 'Label'], ['Intitulé de la ligne.', 'Label of the line.']),
  described(
    'flag',
    ['Code du signalement', 'Flag’s code'],
    ['Code du signalement, celui de l’API et du CSV.', 'Code of the flag, that of API and CSV.'],
  ),
  described('flagLabel', ['Signalement', 'Flag'], ['En mots.', 'In words.']),
  described(
    'meaning',
    ['Pourquoi', 'Why'],
    ['Ce que le signalement veut dire.', 'What the flag means.'],
    60,
  ),
  described(
    'planned',
    ['Prévu', 'Planned'],
    ['Repris du sommaire par le code.', 'Taken from the summary by key.'],
  ),
  described(
    'spent',
    ['Dépensé', 'Spent'],
    ['Repris du sommaire par le code.', 'Taken from the summary by key.'],
  ),
  described(
    'amount',
    ['Montant', 'Amount'],
    [
      'Montant de la dépense, repris par son rang, ou montant prévu laissé hors de l’intervalle.',
      'Amount of the expenditure, taken by its line, or planned amount left out of the range.',
    ],
  ),
]

const title = { fr: 'Exceptions', en: 'Exceptions' }
const intro = {
  fr: 'Un signalement par ligne : lignes du sommaire, budget laissé hors de l’intervalle, dépenses. Rien n’est retranché.',
  en: 'One flag a line: rows of the summary, budget left out of the range, expenditures. Nothing is dropped.',
}

export const exceptionsPlan = ({ lines, language }: ReconciliationDraft): SheetPlan => ({
  name: sheetNames.exceptions[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns,
  rowCount: lines.exceptions,
  hasTotal: false,
})

/** One a part. Each is drawn with the rows that it is given. */
export function exceptionsSheets(
  draft: ReconciliationDraft,
  places: ReconciliationPlaces,
): readonly Sheet[] {
  const rows = draft.exceptions.map((exception, index) =>
    exceptionCells(exception, index, draft, places),
  )
  return places.exceptions.parts.map((part) =>
    drawn({ ...part, rowCount: rows.length }, draft.language, rows),
  )
}

export const exceptionCells = (
  exception: Exception,
  index: number,
  draft: ReconciliationDraft,
  places: ReconciliationPlaces,
): CellsByKey => ({
  number: { count: index + 1 },
  key: { text: exception.key },
  ...flagCells(exception.flag, draft),
  ...ownCells(exception, index, draft, places),
})

export function flagCells(flag: string, { language }: ReconciliationDraft): CellsByKey {
  const meaning = flagWordsOf(flag)?.meaning
  return {
    flag: { text: flag },
    flagLabel: { text: flagLabel(flag, language) },
    meaning: meaning === undefined ? { missing: 'unknown' } : words(meaning, language),
  }
}

const notApplicable: SheetCell = { missing: 'not-applicable' }
export const noFigures = { line: notApplicable, planned: notApplicable, spent: notApplicable }

function ownCells(
  exception: Exception,
  index: number,
  draft: ReconciliationDraft,
  places: ReconciliationPlaces,
): CellsByKey {
  switch (exception.of) {
    case 'summary':
      return {
        where: linkTo(places.summary, exception.row),
        line: notApplicable,
        label: { text: exception.label[draft.language] },
        ...summaryFigures(exception.row, index, draft, places),
        amount: notApplicable,
      }
    case 'expenditures':
      return { ...noFigures, ...expenditureCells(exception.row, index, draft, places) }
    case 'left-out':
      return {
        ...noFigures,
        where: notApplicable,
        label: envelopeTitle(exception.key, draft),
        amount: { amount: exception.amount },
      }
  }
}

function summaryFigures(
  row: number,
  index: number,
  { sources, language }: ReconciliationDraft,
  { summary, exceptions }: ReconciliationPlaces,
): CellsByKey {
  const finding = sources.reconciliation.findings[row]
  const sign = missingSign(finding?.missing ?? 'absent', language)
  const keys = summary.range('key')
  const place = exceptions.at(index)
  const key = place.part.at.cell('key', place.index)
  const figure = (column: 'planned' | 'spent'): SheetCell =>
    lookedUp(lookUp(summary.range(column), key, keys), finding?.[column] ?? null, sign)
  return { planned: figure('planned'), spent: figure('spent') }
}

function expenditureCells(
  row: number,
  index: number,
  { details }: ReconciliationDraft,
  { expenditures, exceptions }: ReconciliationPlaces,
): CellsByKey {
  const detail = details[row]
  const own = exceptions.at(index)
  const line = own.part.at.cell('line', own.index)
  const { part, index: place } = expenditures.at(row)
  return {
    where: linkTo(part, place),
    line: { count: row + 1 },
    label: textOr(detail?.document?.supplier ?? null, 'not-applicable'),
    amount: lookedUp(
      lookUp(part.range('amount'), line, part.range('line')),
      detail?.amount ?? null,
      '',
    ),
  }
}

const linkTo = ({ name, at, columns }: PlacedSheet, row: number): SheetCell => {
  const address = at.cell(columns[0]?.key ?? '', row)
  return { link: { target: linkTarget(name, address), text: `${name} ${address}` } }
}

function envelopeTitle(code: string, { sources, language }: ReconciliationDraft): SheetCell {
  const envelope = sources.facts.envelopes.find((candidate) => candidate.code === code)
  return textOr(envelope?.title[language] ?? null)
}
