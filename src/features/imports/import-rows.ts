import { readAmount } from '#core/amount-column.ts'
import type { CalendarDate } from '#core/calendar-date.ts'
import { refusalOf } from '#core/cell-refusals.ts'
import { readDay } from '#core/date-column.ts'
import { excerpt } from '#core/excerpt.ts'
import { type Cell, cellAt, type Row } from '#core/grid.ts'
import type { Issue, Reading } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { isPositive, type Money } from '#core/money.ts'
import type { LeftOutReason } from '#core/table-in-sheet.ts'
import { tableParts } from '#core/table-in-sheet.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { type ImportField, strangeIn } from './import-columns.ts'
import type { ImportTable } from './import-table.ts'
import { isExample } from './template.ts'

/**
 * The rows of a file of expenditures as values, each with all that is wrong with its cells at once.
 * What is not a row is left out with its reason, so that rows + left out = lines. In a file that
 * Vigie made, lines that took an expenditure back are left out: they follow from it. So is the
 * example of an entry template.
 */
export interface ReadRow {
  readonly place: number
  readonly organization: string | null
  readonly measure: string | null
  readonly envelope: string | null
  readonly serviceDate: CalendarDate | null
  readonly amount: Money | null
  /** Also of an amount that no expenditure can have, for the sums. */
  readonly amountRead: Money | null
  readonly documentNumber: string | null
  readonly supplier: string
  readonly description: string
  readonly commitment: string | null
  /** The number that Vigie gave, in a file that Vigie made. */
  readonly ownNumber: string | null
  readonly issues: readonly Issue[]
  /** What stands in a cell, for a finding about it. */
  readonly shown: (field: ImportField) => { readonly column?: string; readonly value?: string }
}

export type ImportPart =
  | { readonly kind: 'row'; readonly row: ReadRow }
  | {
      readonly kind: 'left-out'
      readonly reason: LeftOutReason | 'correction' | 'example'
      readonly firstRow: number
      readonly lastRow: number
    }

/** @param restore undoes what the dialect for Excel put before text */
export function* importParts(
  table: ImportTable,
  restore: (text: string) => string,
): Generator<ImportPart, void> {
  const undo = table.isNeutralised ? restore : (text: string): string => text
  for (const part of tableParts(table.sheet, table.header)) {
    if (part.kind === 'left-out') {
      yield part
      continue
    }
    const reason = reasonToLeaveOut(part.row, table.columns)
    if (reason !== null) {
      const { row } = part.row
      yield { kind: 'left-out', reason, firstRow: row, lastRow: row }
    } else {
      yield { kind: 'row', row: readRow(part.row, part.issues, table, undo) }
    }
  }
}

const spendingWords = ['depense', 'dépense', 'expenditure']

function reasonToLeaveOut(
  row: Row,
  { movement, fields }: ImportTable['columns'],
): 'correction' | 'example' | null {
  const document = fields.document === undefined ? undefined : cellAt(row, fields.document)
  if (document !== undefined && isExample(document.text)) {
    return 'example'
  }
  return isCorrection(row, movement) ? 'correction' : null
}

function isCorrection(row: Row, movement: number | null): boolean {
  const cell = movement === null ? undefined : cellAt(row, movement)
  return cell !== undefined && !spendingWords.includes(cell.text.trim().toLowerCase())
}

const longest: Readonly<Partial<Record<ImportField, number>>> = {
  organization: 60,
  measure: 60,
  envelope: 60,
  document: 100,
  supplier: 200,
  description: 2000,
  commitment: 60,
}

function readRow(
  row: Row,
  before: readonly Issue[],
  table: ImportTable,
  undo: (text: string) => string,
): ReadRow {
  const { columns } = table
  const cells = new RowCells(row, table, undo, [...before, ...strangeIn(row, columns.strange)])
  const amount = cells.take('amount', (cell) =>
    readAmount(cell, row.row, table.decimal?.value ?? null),
  )
  const measure = cells.code('measure')
  return {
    place: row.row,
    organization: cells.code('organization'),
    measure: measure === null ? null : measureCode(measure),
    envelope: cells.code('envelope'),
    serviceDate: cells.take('date', (cell) =>
      readDay(cell, row.row, table.dateOrder?.value ?? null),
    ),
    amount: amount === null || isPositive(amount) ? amount : cells.note('amount', notPositive),
    amountRead: amount,
    documentNumber: cells.text('document'),
    supplier: cells.text('supplier') ?? '',
    description: cells.text('description') ?? '',
    commitment: cells.code('commitment'),
    ownNumber:
      columns.ownNumber === null ? null : (cellAt(row, columns.ownNumber)?.text.trim() ?? null),
    issues: cells.issues,
    shown: cells.shown,
  }
}

/** The cells of a row by what they mean; whatever cannot be read becomes a finding. */
class RowCells {
  readonly #row: Row
  readonly #table: ImportTable
  readonly #undo: (text: string) => string
  readonly issues: Issue[]

  constructor(row: Row, table: ImportTable, undo: (text: string) => string, issues: Issue[]) {
    this.#row = row
    this.#table = table
    this.#undo = undo
    this.issues = issues
  }

  readonly shown = (field: ImportField) => {
    const column = this.#table.columns.fields[field]
    const cell = this.#cell(field)
    return {
      ...(column === undefined ? {} : { column: this.#nameOf(column) }),
      ...(cell === undefined ? {} : { value: excerpt(cell.text) }),
    }
  }

  take<T>(field: ImportField, read: (cell: Cell) => Reading<T>): T | null {
    const cell = this.#cell(field)
    if (cell === undefined) {
      return isRequired(field) ? this.note(field, absent(field)) : null
    }
    const reading = read(cell)
    return reading.ok ? reading.value : this.note(field, reading.issue)
  }

  text(field: ImportField): string | null {
    return this.take(field, (cell) =>
      readText(cell, this.#row.row, longest[field] ?? 60, this.#undo),
    )
  }

  code(field: ImportField): string | null {
    const typed = this.text(field)?.toUpperCase() ?? null
    return typed === null || noneWords.has(typed) ? null : typed
  }

  note(field: ImportField, issue: Issue): null {
    this.issues.push({ ...issue, ...this.shown(field), row: this.#row.row })
    return null
  }

  #cell(field: ImportField): Cell | undefined {
    const column = this.#table.columns.fields[field]
    const cell = column === undefined ? undefined : cellAt(this.#row, column)
    return cell?.kind === 'text' && cell.text.trim() === '' ? undefined : cell
  }

  #nameOf(column: number): string {
    const { headings } = this.#table.header
    return headings.find((heading) => heading.column === column)?.name ?? ''
  }
}

/** How Vigie's own files show that there is no code. */
const noneWords: ReadonlySet<string> = new Set(['—', 'S.\u00a0O.', 'S. O.', 'N/A'])

const isRequired = (field: ImportField): boolean =>
  ['organization', 'date', 'amount', 'document'].includes(field)

const absent = (field: ImportField): Issue =>
  finding('imports/value-missing', absentWords[field] ?? { fr: 'Valeur absente.', en: 'No value.' })

const absentWords: Readonly<Partial<Record<ImportField, Bilingual>>> = {
  organization: { fr: 'L’organisme est requis.', en: 'The organization is needed.' },
  date: { fr: 'La date de service est requise.', en: 'The service date is needed.' },
  amount: { fr: 'Le montant est requis.', en: 'The amount is needed.' },
  document: { fr: 'Le numéro de pièce est requis.', en: 'The document number is needed.' },
}

const notPositive: Issue = {
  pointer: '',
  code: 'input/not-positive',
  detail: {
    fr: 'Le montant d’une dépense est supérieur à zéro. Un crédit se demande comme remboursement de la dépense.',
    en: 'The amount of an expenditure is greater than zero. A credit is asked for as a refund of the expenditure.',
  },
}

const finding = (code: string, detail: Bilingual): Issue => ({ pointer: '', code, detail })

const unprintable = /[[\p{Cc}\uFFFE\uFFFF]--[\n\t]]/v

function readText(
  cell: Cell,
  row: number,
  max: number,
  undo: (text: string) => string,
): Reading<string> {
  const refusal = refusalOf(cell, row)
  if (refusal !== null) {
    return { ok: false, issue: refusal }
  }
  if (cell.kind !== 'text' && cell.kind !== 'number') {
    return { ok: false, issue: finding('imports/not-text', notText) }
  }
  const value = cell.kind === 'text' ? undo(cell.text.trim()).trim() : cell.text
  if (unprintable.test(value)) {
    return { ok: false, issue: finding('imports/control-character', controlled) }
  }
  return Array.from(value).length > max
    ? { ok: false, issue: finding('imports/text-too-long', tooLong(max)) }
    : { ok: true, value }
}

const notText = {
  fr: 'La cellule contient une date, une heure ou une valeur logique là où un texte est attendu. Donnez-lui le format Texte et inscrivez la valeur de nouveau.',
  en: 'The cell holds a date, a time or a truth value where text is expected. Give it the Text format and enter the value again.',
}

const controlled = {
  fr: 'Le texte contient un caractère invisible que rien ne peut afficher. Inscrivez-le de nouveau.',
  en: 'The text holds an invisible character that nothing can show. Enter it again.',
}

const tooLong = (max: number): Bilingual => ({
  fr: `Le texte compte plus de ${max} caractères. Raccourcissez-le.`,
  en: `The text has more than ${max} characters. Shorten it.`,
})
