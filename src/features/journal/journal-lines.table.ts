import type { Bilingual } from '#core/language.ts'
import { add, type Money } from '#core/money.ts'
import {
  amount,
  type CellValue,
  type Column,
  type ColumnType,
  count,
  date,
  missing,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import type { Line } from './entry.ts'
import type { FiledEntry } from './journal-file.ts'
import { accountWords, documentWords, entryKindWords } from './journal-words.ts'

/** The journal as rows, one a line of an entry: first the fields of its JSON, then what else is known. */
const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: false,
})

export const journalColumns: readonly Column[] = [
  column('id', 'Écriture', 'Entry'),
  column('kind', 'Nature', 'Kind'),
  column('organization', 'Organisme', 'Organization'),
  column('effectiveOn', 'Date d’effet', 'Effective on', 'date'),
  column('recordedIn.fiscalYear', 'Exercice d’inscription', 'Recorded in fiscal year'),
  column('recordedIn.period', 'Période d’inscription', 'Recorded in period', 'count'),
  column('document.type', 'Type de document', 'Document type'),
  column('document.id', 'Document', 'Document'),
  column('reverses', 'Contre-passe', 'Reverses'),
  column('flags', 'Signalements', 'Flags', 'words'),
  column('lines.account', 'Compte', 'Account'),
  column('lines.envelope', 'Enveloppe', 'Envelope'),
  column('lines.measure', 'Mesure', 'Measure'),
  column('lines.organization', 'Organisme de la ligne', 'Organization of the line'),
  column('lines.fiscalYear', 'Exercice', 'Fiscal year'),
  column('lines.amount', 'Montant', 'Amount', 'amount'),
  column('position', 'Position', 'Position', 'count'),
  column('at', 'Instant', 'Instant'),
  column('number', 'Numéro', 'Number'),
  column('reference', 'Pièce', 'Reference'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('description', 'Description', 'Description'),
  column('reason', 'Motif', 'Reason'),
]

export const journalRows = (entries: readonly FiledEntry[]): readonly TableRow[] =>
  entries.flatMap((entry) => entry.lines.map((line) => lineRow(entry, line)))

/** With the total of its lines, which is zero. */
export const journalTable = (entries: readonly FiledEntry[], total: Money): Table =>
  table({
    name: 'journal',
    title: { fr: 'Journal', en: 'Journal' },
    columns: journalColumns,
    rows: [...journalRows(entries), journalTotal(total)],
  })

const codeWords: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  kind: entryKindWords,
  'document.type': documentWords,
  'lines.account': accountWords,
}

/** The same for a person: codes in words. */
export const inWords = (journal: Table): Table => ({
  ...journal,
  rows: journal.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, at) => {
      const said = codeWords[journal.columns[at]?.key ?? '']
      return cell.type === 'text' ? text(said?.[String(cell.value)] ?? cell.value) : cell
    }),
  })),
})

const orAbsent = (value: string | null): CellValue =>
  value === null ? missing('absent') : text(value)

function lineRow(entry: FiledEntry, { account, cell, amount: value }: Line): TableRow {
  const { recordedIn, document, said } = entry
  return {
    role: 'data',
    cells: [
      text(entry.id),
      text(entry.kind),
      text(entry.organization),
      date(entry.effectiveOn),
      orAbsent(recordedIn?.fiscalYear ?? null),
      recordedIn === null ? missing('absent') : count(recordedIn.number),
      text(document.type),
      text(document.id),
      orAbsent(entry.reverses),
      words(entry.flags),
      text(account),
      orAbsent(cell.envelope),
      orAbsent(cell.measure),
      text(cell.organization),
      orAbsent(cell.fiscalYear),
      amount(value),
      count(entry.position),
      text(entry.at),
      orAbsent(said.number),
      orAbsent(said.reference),
      orAbsent(said.supplier),
      orAbsent(said.description),
      orAbsent(said.reason),
    ],
  }
}

/** Zero, as every entry is: printed as it was summed, so that a reader may hold it against that. */
export const journalTotal = (total: Money): TableRow => ({
  role: 'total',
  cells: journalColumns.map(({ key }) => {
    switch (key) {
      case 'id':
        return text('total')
      case 'lines.amount':
        return amount(total)
      default:
        return missing('not-applicable')
    }
  }),
})

export const sumOfLines = (before: Money, entries: readonly FiledEntry[]): Money =>
  entries.flatMap(({ lines }) => lines.map((line) => line.amount)).reduce(add, before)
