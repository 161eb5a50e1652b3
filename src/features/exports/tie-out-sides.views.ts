import type { Bilingual, Language } from '#core/language.ts'
import { sum } from '#core/money.ts'
import { matchWords } from '#features/matching/match-words.ts'
import { causeNames } from '#features/matching/matching.table.ts'
import type { Explanation } from '#features/matching/run.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import type { BookSheet, Places } from './book.views.ts'
import { countOr, expenditurePath, pageCell, textOr, words } from './cells.views.ts'
import { amountFormula, rounded, sumOf, sumWhere } from './formulas.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import type { TieOutLine, TieOutLines, TieOutMatch } from './tie-out-lines.ts'
import { described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/** The two sides of a tie-out line by line, and what was matched with what. */
export type TieOutRole = 'tieOut' | 'extract' | 'journal' | 'matches'

const explanationColumns = [
  described(
    'cause',
    ['Code de la cause', 'Cause’s code'],
    [
      '« unexplained » : ni cause ni responsable; sans objet : apparié sans écart.',
      '“unexplained”: neither cause nor owner; n/a: matched without a residual.',
    ],
  ),
  described('causeLabel', ['Cause', 'Cause'], ['La cause en mots.', 'The cause in words.']),
  described('owner', ['Responsable', 'Owner'], ['Qui s’en occupe.', 'Who sees to it.']),
  described('note', ['Note', 'Note'], ['Ce qui a été écrit.', 'What was written.'], 40),
]

const lineColumns = [
  described(
    'number',
    ['Ligne', 'Line'],
    ['Numéro de la ligne dans l’appariement.', 'Number of the line in the matching.'],
  ),
  described(
    'since',
    ['Ouverte depuis', 'Open since'],
    [
      'Période antérieure d’où la ligne est reportée; sans objet : de la période.',
      'Earlier period that the line is carried from; n/a: of the period.',
    ],
  ),
  described('date', ['Date', 'Date'], ['Date de la ligne.', 'Date of the line.']),
  described('document', ['Pièce', 'Document'], ['Numéro de la pièce.', 'Number of the document.']),
  described('party', ['Fournisseur', 'Supplier'], ['À qui l’on a payé.', 'Who was paid.'], 30),
  described(
    'description',
    ['Libellé', 'Description'],
    ['Ce que dit la ligne.', 'What the line says.'],
    40,
  ),
  described(
    'amount',
    ['Montant', 'Amount'],
    ['Montant en dollars canadiens.', 'Amount in Canadian dollars.'],
  ),
  described(
    'matched',
    ['Appariée', 'Matched'],
    ['Vrai si la ligne l’est.', 'True if the line is.'],
  ),
  described(
    'match',
    ['Appariement', 'Match'],
    ['Numéro de l’appariement.', 'Number of the match.'],
  ),
  ...explanationColumns,
]

const pageColumn = described(
  'page',
  ['Page', 'Page'],
  ['Page de la dépense dans Vigie.', 'Page of the expenditure in Vigie.'],
  24,
)

const titles: Readonly<Record<'extract' | 'journal', Bilingual>> = {
  extract: { fr: 'Lignes de l’extrait du grand livre', en: 'Lines of the ledger extract' },
  journal: { fr: 'Dépenses du journal', en: 'Expenditures of the journal' },
}

export function sideSheet(
  side: 'extract' | 'journal',
  lines: TieOutLines,
  { language, site }: { readonly language: Language; readonly site: string | undefined },
): BookSheet<TieOutRole> {
  const columns = side === 'journal' ? [...lineColumns, pageColumn] : lineColumns
  const own = lines[side]
  const plan: SheetPlan = {
    name: sheetNames[side][language],
    kind: 'table',
    title: said(titles[side], language),
    intro: [],
    columns,
    rowCount: own.length,
    hasTotal: true,
  }
  return {
    role: side,
    name: sheetNames[side],
    plan,
    draw: (places) =>
      drawn(
        plan,
        language,
        own.map((line) => ({
          ...lineCells(line, language),
          page:
            line.expenditure === null
              ? { missing: 'not-applicable' as const }
              : pageCell(
                  expenditurePath(`/${line.expenditure}`, language),
                  line.document ?? '',
                  site,
                ),
        })),
        totalCells(plan, {
          number: { text: 'Total' },
          amount: amountFormula(
            rounded(sumOf(places[side].at.range('amount'))),
            sum(own.map(({ amount }) => amount)),
          ),
        }),
      ),
  }
}

const totalCells = ({ columns }: SheetPlan, cells: CellsByKey): CellsByKey => ({
  ...Object.fromEntries(columns.map(({ key }) => [key, { empty: true } as const])),
  ...cells,
})

const together: Bilingual = { fr: 'appariées', en: 'matched' }

const lineCells = (line: TieOutLine, language: Language): CellsByKey => ({
  number: line.number === null ? words(together, language) : { count: line.number },
  since: textOr(line.since, 'not-applicable'),
  date: textOr(line.date, 'not-applicable'),
  document: textOr(line.document, 'not-applicable'),
  party: textOr(line.party === '' ? null : line.party),
  description: textOr(line.description, 'not-applicable'),
  amount: { amount: line.amount },
  matched: { boolean: line.isMatched },
  match: countOr(line.match, 'not-applicable'),
  ...explanationCells(line.isMatched ? 'settled' : line.explanation, language),
})

/** The code is what the tie-out adds up by; nothing to explain has none. */
function explanationCells(
  explanation: Explanation | null | 'settled',
  language: Language,
): CellsByKey {
  if (explanation === 'settled') {
    const none: SheetCell = { missing: 'not-applicable' }
    return { cause: none, causeLabel: none, owner: none, note: none }
  }
  return {
    cause: { text: explanation?.cause ?? unexplained },
    causeLabel:
      explanation === null ? { missing: 'absent' } : words(causeNames[explanation.cause], language),
    owner: textOr(explanation?.owner ?? null),
    note: textOr(explanation?.note ?? null),
  }
}

/** The key of the report's own row. */
const unexplained = 'unexplained'

const matchColumns = [
  described(
    'number',
    ['Appariement', 'Match'],
    ['Numéro, cité par les deux côtés.', 'Number, cited by both sides.'],
  ),
  described('rule', ['Règle', 'Rule'], ['Code de la règle.', 'Code of the rule.']),
  described(
    'reason',
    ['Pourquoi', 'Why'],
    ['Pourquoi ces lignes vont ensemble.', 'Why these lines go together.'],
    60,
  ),
  described(
    'extract',
    ['Extrait', 'Extract'],
    ['Somme des lignes de l’extrait.', 'Sum of the lines of the extract.'],
  ),
  described('journal', ['Journal', 'Journal'], ['Somme des dépenses.', 'Sum of the expenditures.']),
  described('residual', ['Écart', 'Residual'], ['Extrait − journal.', 'Extract − journal.']),
  ...explanationColumns,
  described(
    'madeBy',
    ['Fait par', 'Made by'],
    ['Qui l’a fait; — : la règle.', 'Who made it; —: the rule.'],
  ),
]

export function matchesSheet(lines: TieOutLines, language: Language): BookSheet<TieOutRole> {
  const { matches } = lines
  const plan: SheetPlan = {
    name: sheetNames.matches[language],
    kind: 'table',
    title: said({ fr: 'Ce qui va ensemble', en: 'What goes together' }, language),
    intro: [],
    columns: matchColumns,
    rowCount: matches.length,
    hasTotal: true,
  }
  return {
    role: 'matches',
    name: sheetNames.matches,
    plan,
    draw: (places) =>
      drawn(
        plan,
        language,
        matches.map((match, index) => ({
          ...matchCells(match, language),
          ...sumCells(match, index, lines, places),
        })),
        totalCells(plan, {
          number: { text: 'Total' },
          residual: amountFormula(
            rounded(sumOf(places.matches.at.range('residual'))),
            sum(matches.map(({ match }) => match.residual)),
          ),
        }),
      ),
  }
}

const matchCells = ({ number, match }: TieOutMatch, language: Language): CellsByKey => ({
  number: { count: number },
  rule: { text: match.rule },
  reason: words(matchWords(match), language),
  ...explanationCells(
    match.residual.toString() === '0.00' ? 'settled' : match.explanation,
    language,
  ),
  madeBy: textOr(match.madeBy),
})

/** Lines that are shown together are in no match of the sheet: what they left is then typed. */
function sumCells(
  { match, extract, journal }: TieOutMatch,
  index: number,
  { detailKind }: TieOutLines,
  { matches, ...sides }: Places<TieOutRole>,
): CellsByKey {
  const at = (key: string): string => matches.at.cell(key, index)
  if (detailKind === 'cells') {
    return {
      extract: { amount: extract },
      journal: { amount: journal },
      residual: { amount: match.residual },
    }
  }
  const sumIn = (side: 'extract' | 'journal'): string =>
    rounded(sumWhere(sides[side].range('amount'), sides[side].range('match'), at('number')))
  return {
    extract: amountFormula(sumIn('extract'), extract),
    journal: amountFormula(sumIn('journal'), journal),
    residual: amountFormula(rounded(`${at('extract')}-${at('journal')}`), match.residual),
  }
}
