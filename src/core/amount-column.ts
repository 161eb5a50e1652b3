import { cellIssue, refusalOf } from './cell-refusals.ts'
import { excerpt } from './excerpt.ts'
import { type Cell, cellAddress, type Understanding } from './grid.ts'
import { type Reading, read, unread } from './issues.ts'
import type { Money } from './money.ts'
import { readMoney } from './money-reading.ts'

/**
 * Amounts of a file. The decimal mark is one for the whole file and is decided by all its amounts:
 * '12,50' says comma, '1,234.50' says point, '1,234' could be either and says nothing. Where nothing
 * decides, or both are said, nobody guesses: a person chooses. Cells that are numbers say nothing,
 * since a workbook keeps them with a point whatever it shows.
 */
export const decimalMarks = [',', '.'] as const
export type DecimalMark = (typeof decimalMarks)[number]

interface Witness {
  readonly address: string
  readonly text: string
}

/** What the amounts seen so far say. A value, so that a long column can be gone through in parts. */
export interface DecimalEvidence {
  readonly comma: Witness | null
  readonly point: Witness | null
  readonly unclear: Witness | null
}

export const noDecimalEvidence: DecimalEvidence = { comma: null, point: null, unclear: null }

const commaForms = [/^\d+,(?:\d{1,2}|\d{4,})$/, /^0\d*,\d+$/, /^\d{4,},\d+$/, /^[\d.]*\.\d+,\d+$/]
const pointForms = [
  /^\d+\.(?:\d{1,2}|\d{4,})$/,
  /^0\d*\.\d+$/,
  /^\d{4,}\.\d+$/,
  /^[\d,]*,\d+\.\d+$/,
]
/** Longer text is no amount, and could keep the forms above busy. */
const charactersMax = 64

/** The same value when the cell says nothing new. */
export function seeAmount(seen: DecimalEvidence, cell: Cell, row: number): DecimalEvidence {
  const said = cell.kind === 'text' ? saidBy(cell.text) : null
  if (said === null || seen[said] !== null) {
    return seen
  }
  return {
    ...seen,
    [said]: { address: cellAddress({ row, column: cell.column }), text: cell.text },
  }
}

function saidBy(text: string): keyof DecimalEvidence | null {
  if (text.length > charactersMax) {
    return null
  }
  const [spaced = ''] = /\d(?:[\d.,\s]*\d)?/.exec(text) ?? []
  const figure = spaced.replaceAll(/\s/g, '')
  if (commaForms.some((form) => form.test(figure)) || /^\d{1,3}(?:\.\d{3}){2,}$/.test(figure)) {
    return 'comma'
  }
  if (pointForms.some((form) => form.test(figure)) || /^\d{1,3}(?:,\d{3}){2,}$/.test(figure)) {
    return 'point'
  }
  return /[.,]/.test(figure) ? 'unclear' : null
}

/** Null where no amount needs a decision: all are whole, or numbers of a workbook. */
export function decimalMarkOf(
  { comma, point, unclear }: DecimalEvidence,
  asked?: DecimalMark,
): Reading<Understanding<DecimalMark> | null> {
  if (asked !== undefined) {
    const because = { fr: 'demandé', en: 'as asked' }
    return read({ value: asked, isAsked: true, because })
  }
  if (comma !== null && point !== null) {
    return unread('files/decimal-mixed', {
      fr: `Le fichier a deux signes décimaux\u00a0: «\u00a0${excerpt(comma.text)}\u00a0» en ${comma.address} et «\u00a0${excerpt(point.text)}\u00a0» en ${point.address}. Corrigez l’un des deux, ou dites lequel est le signe décimal.`,
      en: `The file has two decimal marks: “${excerpt(comma.text)}” in ${comma.address} and “${excerpt(point.text)}” in ${point.address}. Correct one of them, or say which is the decimal mark.`,
    })
  }
  const witness = comma ?? point
  if (witness !== null) {
    return read({
      value: witness === comma ? ',' : '.',
      isAsked: false,
      because: {
        fr: `«\u00a0${excerpt(witness.text)}\u00a0» en ${witness.address}`,
        en: `“${excerpt(witness.text)}” in ${witness.address}`,
      },
    })
  }
  return unclear === null ? read(null) : unread('files/decimal-unclear', unclearWords(unclear))
}

const unclearWords = ({ address, text }: Witness) => ({
  fr: `«\u00a0${excerpt(text)}\u00a0» en ${address} se lit de deux façons, et aucun autre montant du fichier ne dit laquelle\u00a0: le signe peut séparer les milliers ou les décimales. Dites quel est le signe décimal.`,
  en: `“${excerpt(text)}” in ${address} can be read in two ways, and no other amount of the file says which: the mark may separate thousands or decimals. Say which is the decimal mark.`,
})

/** A trailing minus is accountants' way of writing a credit: '1 234,50-'. */
const trailingMinus = /^([^-\u2212(]*\d[^-\u2212()]*)[-\u2212]$/
const groupedByComma = /\d{1,3}(?:,\d{3})+(?![\d,])/

/** @param row the row's number, for the finding */
export function readAmount(cell: Cell, row: number, decimal: DecimalMark | null): Reading<Money> {
  const refusal = refusalOf(cell, row)
  if (refusal !== null) {
    return { ok: false, issue: refusal }
  }
  if (cell.kind !== 'text' && cell.kind !== 'number') {
    return { ok: false, issue: cellIssue(cell, row, 'files/no-amount', noAmount) }
  }
  const isPlain = cell.kind === 'number' || cell.text.length > charactersMax
  const text = isPlain ? cell.text : plainText(cell.text.trim(), decimal)
  if (text === null) {
    return { ok: false, issue: cellIssue(cell, row, 'files/decimal-other', otherMark) }
  }
  const stated = readMoney(text)
  return stated.ok
    ? read(stated.value.value)
    : { ok: false, issue: cellIssue(cell, row, stated.issue.code, stated.issue.detail) }
}

/** As `readMoney` takes it; null when it has the mark that is not the file's. */
function plainText(text: string, decimal: DecimalMark | null): string | null {
  const signed = text.replace(trailingMinus, '-$1').trim()
  if (decimal === ',') {
    // Three decimals here, and not thousands: `readMoney` alone would call it ambiguous.
    return /\d\.\d/.test(signed) ? null : signed.replace(/\d,\d{3}(?=\D*$)/, (end) => `${end}0`)
  }
  if (decimal === '.') {
    const ungrouped = signed.replace(groupedByComma, (group) => group.replaceAll(',', ''))
    return /\d,\d/.test(ungrouped) ? null : ungrouped
  }
  return signed
}

const noAmount = {
  fr: 'La cellule contient une date, une heure ou une valeur logique, pas un montant. Inscrivez le montant, et donnez à la cellule un format de nombre.',
  en: 'The cell holds a date, a time or a truth value, not an amount. Enter the amount, and give the cell a number format.',
}

const otherMark = {
  fr: 'Le montant n’a pas le signe décimal du reste du fichier. Corrigez-le, ou dites quel est le signe décimal.',
  en: 'The amount does not have the decimal mark of the rest of the file. Correct it, or say which is the decimal mark.',
}
