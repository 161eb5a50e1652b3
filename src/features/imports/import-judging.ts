import type { CalendarDate } from '#core/calendar-date.ts'
import type { Issue } from '#core/issues.ts'
import { equals, type Money } from '#core/money.ts'
import { type Judged, judgeStatement, type Known } from '#features/expenditures/known.ts'
import type { ImportRow } from './import.ts'
import type { ImportField } from './import-columns.ts'
import type { ReadRow } from './import-rows.ts'

/**
 * What becomes of a row. Rejected: something is wrong with it, and all of it is said. Duplicate: a
 * document that is not reversed, or an earlier row of the file, says the same (organization,
 * supplier, document, date, amount, measure, envelope). Changed: the same but for date or amount.
 */
export interface JudgedRow {
  readonly read: ReadRow
  readonly judged: Judged
  readonly issues: readonly Issue[]
}

/** A row of a file, as far as it tells which document it is. */
export interface Wanted {
  readonly place: number
  readonly organization: string
  readonly measure: string | null
  readonly envelope: string | null
  readonly documentNumber: string
  readonly supplier: string
  /** The number that Vigie gave, in a file that Vigie made. */
  readonly ownNumber: string | null
}

/** A document that says the same as a row, but perhaps for its date and amount. */
export interface Alike {
  readonly place: number
  readonly number: string
  readonly serviceDate: CalendarDate
  readonly amount: Money
}

const fieldOf: Readonly<Record<string, ImportField>> = {
  '/organization': 'organization',
  '/measure': 'measure',
  '/envelope': 'envelope',
  '/serviceDate': 'date',
  '/commitment': 'commitment',
}

/** What is wrong with the cells and what the rules refuse, each at its column. */
export function judgeRow(read: ReadRow, known: Known): JudgedRow {
  const judged = judgeStatement(read, known)
  const hasCell = (field: ImportField): boolean => read.shown(field).value !== undefined
  const ruled = judged.issues
    // A cell that could not be read is told already, and leaves nothing to place.
    .filter(({ code }) => code !== 'expenditures/cell-missing' || !hasCell('measure'))
    .map((issue) => {
      const field = fieldOf[issue.pointer] ?? 'organization'
      // Where the file has no column for the envelope, it is the measure that does not suffice.
      const shown = read.shown(field).column === undefined ? 'measure' : field
      return { ...issue, pointer: '', ...read.shown(shown), row: read.place }
    })
  return { read, judged, issues: [...read.issues, ...ruled] }
}

/** Null for a row that is rejected: it is compared with nothing. */
export const wantedOf = ({ read, judged, issues }: JudgedRow): Wanted | null =>
  issues.length > 0 || read.organization === null || read.documentNumber === null
    ? null
    : {
        place: read.place,
        organization: read.organization,
        measure: judged.measure,
        envelope: judged.envelope,
        documentNumber: read.documentNumber,
        supplier: read.supplier,
        ownNumber: read.ownNumber,
      }

/** The rows seen so far, by what makes them the same document. A hundred thousand: texts, not objects. */
export class SeenRows {
  /** `row date amount` of the first row of each document. */
  readonly #first = new Map<string, string>()
  readonly #others = new Map<string, number>()

  /** Null for the first of its kind. */
  meet({ read, judged }: JudgedRow): { readonly row: number; readonly isSame: boolean } | null {
    const key = JSON.stringify([
      read.organization,
      judged.measure,
      judged.envelope,
      read.documentNumber,
      read.supplier,
    ])
    const said = `${read.serviceDate} ${read.amount}`
    const first = this.#first.get(key)
    if (first === undefined) {
      this.#first.set(key, `${read.place} ${said}`)
      return null
    }
    const at = first.indexOf(' ')
    const row = Number(first.slice(0, at))
    if (first.slice(at + 1) === said) {
      return { row, isSame: true }
    }
    const other = this.#others.get(`${key} ${said}`)
    if (other !== undefined) {
      return { row: other, isSame: true }
    }
    this.#others.set(`${key} ${said}`, read.place)
    return { row, isSame: false }
  }
}

export interface Compared {
  readonly alike: readonly Alike[]
  readonly seen: ReturnType<SeenRows['meet']>
  /** The id that its document will have. */
  readonly id: string
}

export function importRowOf(row: JudgedRow, { alike, seen, id }: Compared): ImportRow {
  const { read, judged, issues } = row
  const stated = {
    place: read.place,
    organization: read.organization,
    measure: judged.measure,
    envelope: judged.envelope,
    serviceDate: read.serviceDate,
    documentNumber: read.documentNumber,
    supplier: read.supplier,
    description: read.description,
    amount: read.amount,
    commitment: judged.commitment,
    flags: judged.flags,
    issues,
  }
  const none = { expenditure: null, sameAs: null, differs: [] }
  if (issues.length > 0) {
    return { ...stated, ...none, state: 'rejected' }
  }
  const exact = alike.find((each) => differences(read, each).length === 0)
  if (exact !== undefined) {
    return { ...stated, ...none, state: 'duplicate', sameAs: { document: exact.number, row: null } }
  }
  if (seen?.isSame === true) {
    return { ...stated, ...none, state: 'duplicate', sameAs: { document: null, row: seen.row } }
  }
  const [near] = alike
  if (near === undefined && seen === null) {
    return { ...stated, ...none, state: 'new', expenditure: id }
  }
  return {
    ...stated,
    state: 'changed',
    expenditure: id,
    sameAs:
      near === undefined
        ? { document: null, row: seen?.row ?? null }
        : { document: near.number, row: null },
    differs: near === undefined ? [] : differences(read, near),
  }
}

const differences = (read: ReadRow, { serviceDate, amount }: Alike): readonly string[] => [
  ...(read.serviceDate === serviceDate ? [] : ['date']),
  ...(read.amount !== null && equals(read.amount, amount) ? [] : ['amount']),
]
