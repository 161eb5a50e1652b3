import type { Bilingual, Language } from '#core/language.ts'
import { isZero, subtract } from '#core/money.ts'
import { textLiteral } from '#platform/tables/sheet-layout.ts'
import {
  type CellScalar,
  emptyCell,
  type FormulaCell,
  type Sheet,
} from '#platform/tables/workbook.ts'
import { words } from './cells.views.ts'
import { rounded, verdictWords } from './formulas.views.ts'
import { type CellsByKey, drawn, type PlacedSheet, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * Every identity of the figures, as two terms that must be equal and a difference that must be
 * zero. The terms are shown, so that a difference can be traced without taking a formula apart. An
 * error in a term is no agreement: the whole is sound only if each line says so.
 */
export interface Check<Places> {
  readonly what: Bilingual
  readonly left: (places: Places) => FormulaCell
  readonly right: (places: Places) => FormulaCell
}

const columns = [
  described('number', ['Rang', 'Number'], ['Rang du contrôle.', 'Number of the check.']),
  described(
    'what',
    ['Contrôle', 'Check'],
    ['L’égalité vérifiée.', 'The equality that is checked.'],
  ),
  described('left', ['Premier terme', 'First term'], ['Ce qui est vérifié.', 'What is checked.']),
  described(
    'right',
    ['Second terme', 'Second term'],
    ['Ce qu’il doit valoir.', 'What it must be.'],
  ),
  described(
    'difference',
    ['Différence', 'Difference'],
    ['Premier terme − second terme; doit être zéro.', 'First term − second term; must be zero.'],
  ),
  described(
    'verdict',
    ['Verdict', 'Verdict'],
    ['« conforme » si la différence est zéro.', '“agrees” if the difference is zero.'],
  ),
]

const title = { fr: 'Contrôles', en: 'Checks' }
const intro = {
  fr: 'Chaque différence doit être zéro. Les totaux de contrôle viennent du registre et sont sur la couverture.',
  en: 'Each difference must be zero. The control totals come from the record and are on the cover.',
}
const overall = { fr: 'Ensemble des contrôles', en: 'All checks' }

export const checksPlan = <Places>(
  checks: readonly Check<Places>[],
  language: Language,
): SheetPlan => ({
  name: sheetNames.checks[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns,
  rowCount: checks.length,
  hasTotal: true,
})

export function checksSheet<Places>(
  plan: PlacedSheet,
  checks: readonly Check<Places>[],
  places: Places,
  language: Language,
): Sheet {
  const rows = checks.map((check, index) => rowCells(check, index, { plan, places, language }))
  const verdicts = plan.at.range('verdict')
  const agrees = textLiteral(verdictWords.agrees[language])
  return drawn(plan, language, rows, {
    number: emptyCell,
    what: words(overall, language),
    left: emptyCell,
    right: emptyCell,
    difference: emptyCell,
    verdict: {
      formula: `IF(COUNTIF(${verdicts},${agrees})=ROWS(${verdicts}),${agrees},${differs(language)})`,
      result: overallVerdict(checks, places, language),
    },
  })
}

export const overallVerdict = <Places>(
  checks: readonly Check<Places>[],
  places: Places,
  language: Language,
): { readonly text: string } =>
  verdict(
    checks.every((check) => isNothing(difference(check, places))),
    language,
  )

interface Drawing<Places> {
  readonly plan: PlacedSheet
  readonly places: Places
  readonly language: Language
}

function rowCells<Places>(
  check: Check<Places>,
  index: number,
  { plan, places, language }: Drawing<Places>,
): CellsByKey {
  const at = (key: string): string => plan.at.cell(key, index)
  const found = difference(check, places)
  const agrees = textLiteral(verdictWords.agrees[language])
  return {
    number: { count: index + 1 },
    what: words(check.what, language),
    left: check.left(places),
    right: check.right(places),
    difference: { formula: rounded(`${at('left')}-${at('right')}`), result: found },
    verdict: {
      formula: `IF(${at('difference')}=0,${agrees},${differs(language)})`,
      result: verdict(isNothing(found), language),
    },
  }
}

const differs = (language: Language): string => textLiteral(verdictWords.differs[language])

const verdict = (isSound: boolean, language: Language) => ({
  text: verdictWords[isSound ? 'agrees' : 'differs'][language],
})

/** @throws RangeError for terms that cannot be compared: a bug of the check's author. */
function difference<Places>({ what, left, right }: Check<Places>, places: Places): CellScalar {
  const [first, second] = [left(places).result, right(places).result]
  if ('amount' in first && 'amount' in second) {
    return { amount: subtract(first.amount, second.amount) }
  }
  if ('count' in first && 'count' in second) {
    return { count: first.count - second.count }
  }
  throw new RangeError(`${what.en}: the two terms are not of one kind`)
}

const isNothing = (cell: CellScalar): boolean =>
  'amount' in cell ? isZero(cell.amount) : 'count' in cell && cell.count === 0
