import { excerpt } from './excerpt.ts'
import { type Cell, type CellKind, type CellRefusal, cellAddress, columnName } from './grid.ts'
import type { Issue } from './issues.ts'
import type { Bilingual } from './language.ts'

/**
 * Why a cell of a file is not read, by stable code, and what its author does about it. Each is a
 * cell that a spreadsheet shows as something other than what it holds, so that reading it would be
 * a guess: 0.1 + 0.2 is shown as 0.3 and holds 0.30000000000000004; day 60 of the 1900 system is
 * shown as 29 February 1900, which never was.
 */
export const cellRefusals = {
  'files/cell-error': {
    fr: 'La cellule contient une erreur de calcul. Corrigez la formule ou inscrivez la valeur.',
    en: 'The cell holds an error of calculation. Correct the formula or enter the value.',
  },
  'files/formula-without-value': {
    fr: 'La cellule contient une formule sans son résultat. Ouvrez le classeur dans un tableur, laissez-le calculer, puis enregistrez-le.',
    en: 'The cell holds a formula without its result. Open the workbook in a spreadsheet, let it calculate, then save it.',
  },
  'files/number-inexact': {
    fr: 'Le nombre affiché n’est pas celui que contient la cellule\u00a0: il a plus de 15 chiffres. Arrondissez-le dans le tableur (ARRONDI), ou inscrivez-le comme texte.',
    en: 'The number shown is not the one in the cell, which has more than 15 digits. Round it in the spreadsheet (ROUND), or enter it as text.',
  },
  'files/number-malformed': {
    fr: 'La cellule est marquée comme nombre, et son contenu n’en est pas un. Inscrivez-la de nouveau dans un tableur.',
    en: 'The cell is marked as a number, and what it holds is none. Enter it again in a spreadsheet.',
  },
  'files/date-outside': {
    fr: 'La cellule est affichée comme une date, et sa valeur est hors du calendrier du tableur. Inscrivez la date de nouveau.',
    en: 'The cell is shown as a date, and its value is outside the calendar of the spreadsheet. Enter the date again.',
  },
  'files/date-false-leap-day': {
    fr: 'La cellule affiche le 29 février 1900, qui n’a pas existé. Inscrivez la date de nouveau.',
    en: 'The cell shows 29 February 1900, which never was. Enter the date again.',
  },
  'files/date-malformed': {
    fr: 'La cellule est marquée comme date, et son contenu n’en est pas une. Inscrivez la date de nouveau.',
    en: 'The cell is marked as a date, and what it holds is none. Enter the date again.',
  },
  'files/format-unclear': {
    fr: 'Le format de la cellule peut être celui d’un nombre ou d’une date. Choisissez un format de nombre ou de date dans le tableur.',
    en: 'The format of the cell may be that of a number or of a date. Choose a number format or a date format in the spreadsheet.',
  },
  'files/value-covered': {
    fr: 'La cellule est cachée sous des cellules fusionnées et contient une valeur. Annulez la fusion, puis gardez ou effacez cette valeur.',
    en: 'The cell is hidden under merged cells and holds a value. Unmerge them, then keep or clear that value.',
  },
  'files/text-unstorable': {
    fr: 'Le texte contient un caractère nul ou la moitié d’un caractère. Inscrivez-le de nouveau.',
    en: 'The text holds a null character or half a character. Enter it again.',
  },
} as const satisfies Record<CellRefusal, Bilingual>

export const isRefused = (kind: CellKind): kind is CellRefusal => Object.hasOwn(cellRefusals, kind)

/** The finding about a cell that is not read: where it stands, what stands there, why. */
export const cellIssue = (
  cell: Cell,
  row: number,
  code: string,
  { fr, en }: Bilingual,
): Issue & { row: number } => {
  const address = cellAddress({ row, column: cell.column })
  return {
    pointer: '',
    code,
    detail: { fr: `Cellule ${address}\u00a0: ${fr}`, en: `Cell ${address}: ${en}` },
    row,
    column: columnName(cell.column),
    value: excerpt(cell.text),
  }
}

/** Null where the cell is read. */
export const refusalOf = (cell: Cell, row: number): Issue | null =>
  isRefused(cell.kind) ? cellIssue(cell, row, cell.kind, cellRefusals[cell.kind]) : null
