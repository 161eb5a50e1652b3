import { money } from '#core/money.ts'
import { amount, type Column, count, missing, type Table, table, text } from '#core/table.ts'
import { type Cause, type Run, runName } from './run.ts'

/** What is open in a run, as `runFacts` says it. */
interface OpenLine {
  readonly amount: string
  readonly date: string
  readonly document: string
  readonly cause: Cause | null
  readonly owner: string | null
  readonly age: number
  readonly candidates: readonly { readonly why: string }[]
}

const column = (key: string, fr: string, en: string, type: Column['type'] = 'text'): Column => ({
  ...{ key, label: { fr, en }, type, brief: true },
})

const columns: readonly Column[] = [
  column('key', 'Ligne ou dépense', 'Row or expenditure'),
  column('date', 'Date', 'Date'),
  column('document', 'Pièce', 'Document'),
  column('amount', 'Montant', 'Amount', 'amount'),
  column('age', 'Jours', 'Days', 'count'),
  column('cause', 'Cause', 'Cause'),
  column('owner', 'Responsable', 'Owner'),
  column('near', 'Le plus proche', 'Nearest'),
]

/** Rows of the extract by number, then expenditures by id, each with why its nearest is no match. */
export function openLinesTable(
  run: Run,
  extract: readonly (OpenLine & { readonly row: number })[],
  journal: readonly (OpenLine & { readonly expenditure: string })[],
): Table {
  const orAbsent = (value: string | null | undefined) =>
    value == null ? missing('absent') : text(value)
  const rowOf = (key: string, line: OpenLine) => ({
    role: 'data' as const,
    cells: [
      text(key),
      text(line.date),
      text(line.document),
      amount(money(line.amount)),
      count(line.age),
      orAbsent(line.cause),
      orAbsent(line.owner),
      orAbsent(line.candidates[0]?.why),
    ],
  })
  return table({
    name: 'open-lines',
    title: { fr: `Ouvert : ${runName(run)}`, en: `Open: ${runName(run)}` },
    columns,
    rows: [
      ...extract.map((line) => rowOf(String(line.row), line)),
      ...journal.map((line) => rowOf(line.expenditure, line)),
    ],
  })
}
