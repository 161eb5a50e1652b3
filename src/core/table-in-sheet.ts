import { excerpt } from './excerpt.ts'
import {
  type Cell,
  cellAddress,
  columnName,
  type Row,
  type Sheet,
  type Understanding,
} from './grid.ts'
import { type Issue, type Reading, read, unread } from './issues.ts'

/**
 * The table inside a sheet: people put titles above it, blank rows in it, its header again on each
 * page and totals below. Every row from 1 to the last is either data or left out with its reason,
 * so that data + left out = rows. A total is a row whose one word begins with "total" and whose
 * other cells are figures; a supplier called Total has other words beside it, and stays.
 */
export const leftOutReasons = ['above-header', 'header', 'header-again', 'blank', 'total'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

export interface Heading {
  /** As written, without the space around it. */
  readonly name: string
  readonly column: number
}

export interface TableHeader {
  readonly row: number
  /** In the order of the sheet, those that have a name. */
  readonly headings: readonly Heading[]
  readonly understanding: Understanding<number>
}

export type TablePart =
  | { readonly kind: 'data'; readonly row: Row; readonly issues: readonly Issue[] }
  | {
      readonly kind: 'left-out'
      readonly reason: LeftOutReason
      readonly firstRow: number
      readonly lastRow: number
    }

const headerSearchRows = 50

export interface HeaderQuestion {
  /** Does the caller know a column of this name? Without it, every text with a letter counts. */
  readonly isKnown?: (name: string) => boolean
  /** The row that a person says is the header. */
  readonly asked?: number
}

/** The row with the most known names among the first fifty that are not blank; the first of equals. */
export function findHeader(sheet: Sheet, question: HeaderQuestion = {}): Reading<TableHeader> {
  const { isKnown = hasLetter, asked } = question
  const known = (row: Row): number =>
    headingsOf(row).filter(({ name }) => hasLetter(name) && isKnown(name)).length
  let best: Row | null = null
  let looked = 0
  for (const row of sheet.rows) {
    looked += 1
    if (asked === undefined ? looked > headerSearchRows : row.row > asked) {
      break
    }
    const isBetter = best === null ? known(row) > 0 : known(row) > known(best)
    if (asked === undefined ? isBetter : row.row === asked) {
      best = row
    }
  }
  return best === null ? unread('files/header-missing', missingWords(sheet)) : headerOf(best, asked)
}

const missingWords = ({ name }: Sheet) => ({
  fr: `Aucune ligne de titres de colonnes n’a été trouvée dans la feuille «\u00a0${excerpt(name)}\u00a0». Dites laquelle porte les titres, ou choisissez une autre feuille.`,
  en: `No row of column names was found in the sheet “${excerpt(name)}”. Say which row has them, or choose another sheet.`,
})

const hasLetter = (text: string): boolean => /\p{L}/u.test(text)

const headingsOf = (row: Row): readonly Heading[] =>
  row.cells
    .map(({ text, column }) => ({ name: text.trim(), column }))
    .filter(({ name }) => name !== '')

const namesShownMax = 12

/** Whole names: a cut one would look like what the file says. */
const namesShown = (headings: readonly Heading[]): string =>
  [
    ...headings.slice(0, namesShownMax).map(({ name }) => excerpt(name)),
    ...(headings.length > namesShownMax ? ['…'] : []),
  ].join(', ')

function headerOf(row: Row, asked: number | undefined): Reading<TableHeader> {
  const headings = headingsOf(row)
  const seen = new Map<string, number>()
  for (const { name, column } of headings) {
    const key = name.toLowerCase()
    const first = seen.get(key)
    if (first !== undefined) {
      return unread('files/header-repeated', {
        fr: `Deux colonnes portent le même titre, «\u00a0${excerpt(name)}\u00a0»\u00a0: ${columnName(first)} et ${columnName(column)}, ligne ${row.row}. Renommez ou supprimez l’une des deux.`,
        en: `Two columns have the same name, “${excerpt(name)}”: ${columnName(first)} and ${columnName(column)}, row ${row.row}. Rename or delete one of them.`,
      })
    }
    seen.set(key, column)
  }
  const because =
    asked === undefined
      ? {
          fr: `titres trouvés\u00a0: ${namesShown(headings)}`,
          en: `names found: ${namesShown(headings)}`,
        }
      : { fr: 'demandé', en: 'as asked' }
  const understanding = { value: row.row, isAsked: asked !== undefined, because }
  return read({ row: row.row, headings, understanding })
}

/** Every row of the sheet once, in its order. */
export function* tableParts(sheet: Sheet, header: TableHeader): Generator<TablePart, void> {
  let next = 1
  for (const row of sheet.rows) {
    if (row.row > next) {
      yield* gap(next, row.row - 1, header.row)
    }
    next = row.row + 1
    const reason = reasonToLeaveOut(row, header)
    yield reason === null
      ? { kind: 'data', row, issues: beyondHeader(row, header) }
      : { kind: 'left-out', reason, firstRow: row.row, lastRow: row.row }
  }
}

/** Rows without a cell; there are none after the last one with a cell. */
function* gap(firstRow: number, lastRow: number, header: number): Generator<TablePart, void> {
  const reason = lastRow < header ? 'above-header' : 'blank'
  yield { kind: 'left-out', reason, firstRow, lastRow }
}

function reasonToLeaveOut(row: Row, header: TableHeader): LeftOutReason | null {
  if (row.row <= header.row) {
    return row.row === header.row ? 'header' : 'above-header'
  }
  const filled = row.cells.filter(({ text, kind }) => text.trim() !== '' || kind !== 'text')
  if (filled.length === 0) {
    return 'blank'
  }
  if (isHeaderAgain(filled, header)) {
    return 'header-again'
  }
  return isTotal(filled) ? 'total' : null
}

const isHeaderAgain = (filled: readonly Cell[], { headings }: TableHeader): boolean =>
  filled.length === headings.length &&
  filled.every(
    ({ column, text }, at) =>
      headings[at]?.column === column &&
      headings[at].name.toLowerCase() === text.trim().toLowerCase(),
  )

const totalWords = /^(?:(?:grand|sous)[ \u00a0-])?tota(?:l|ux)(?![\p{L}\d])/iu
const subtotalWord = /^subtotal(?![\p{L}\d])/iu
const figure = /^[-+\u2212(]?\$?[-+\u2212(]?\d[\d.,]*\)?\$?[-\u2212)]?$/
const figureMax = 40

const isFigure = (text: string): boolean =>
  text.length <= figureMax && figure.test(text.replaceAll(/\s/g, ''))

function isTotal(filled: readonly Cell[]): boolean {
  const words = filled.filter(({ kind, text }) => kind === 'text' && !isFigure(text.trim()))
  const [label] = words
  if (words.length !== 1 || label === undefined) {
    return false
  }
  const text = label.text.trim()
  return (totalWords.test(text) || subtotalWord.test(text)) && filled.length > 1
}

/** A value under no name is a value that would be lost. */
function beyondHeader(row: Row, { headings }: TableHeader): readonly Issue[] {
  const named = new Set(headings.map(({ column }) => column))
  return row.cells
    .filter(
      ({ column, text, kind }) => !named.has(column) && (text.trim() !== '' || kind !== 'text'),
    )
    .map((cell) => {
      const address = cellAddress({ row: row.row, column: cell.column })
      return {
        pointer: '',
        code: 'files/cell-without-column',
        detail: {
          fr: `La cellule ${address} contient une valeur, et sa colonne n’a pas de titre. Donnez un titre à la colonne ou effacez la cellule\u00a0; dans un fichier CSV, vérifiez les guillemets et le séparateur de la ligne.`,
          en: `Cell ${address} holds a value, and its column has no name. Name the column or clear the cell; in a CSV file, check the quotes and the delimiter of the row.`,
        },
        row: row.row,
        column: columnName(cell.column),
        value: excerpt(cell.text),
      }
    })
}
