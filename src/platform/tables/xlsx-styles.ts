import type { Alignment, Font, Style } from 'exceljs'
import type { Language } from '#core/language.ts'

/**
 * The few looks of a cell. Number formats in a file are written in en-US grammar whatever the
 * reader's settings: `#,##0.00\ "$"` shows 2 903 063,00 $ under French ones, while `# ##0,00 $` would
 * show 2,9 03,063 $. Percents are typed on the scale 0–100, so their sign is quoted: bare, it would
 * multiply by 100. Booleans have no format: with one LibreOffice saves them as numbers. Bold and a line above say "total", and an underline says "link": never colour alone.
 * One object a look, since exceljs finds a style again by identity.
 */
export const cellLooks = ['text', 'amount', 'percent', 'count', 'date', 'boolean', 'link'] as const
export type CellLook = (typeof cellLooks)[number]
export type RowLook = 'data' | 'total' | 'fact' | 'heading'

const amountFormats = { fr: '#,##0.00\\ "$"', en: '"$"#,##0.00' }
const percentFormats = { fr: '0.00" %"', en: '0.00"%"' }
const grey = { argb: 'FF595959' }
const blue = { argb: 'FF0B4F9E' }
const headerFill = { argb: 'FFE7EBF0' }
const markFill = { argb: 'FFFFF2CC' }
const markEdge = { argb: 'FFB45F06' }

// A font that does not name itself has no size either, and each program picks its own.
const plainFont: Partial<Font> = { name: 'Calibri', size: 11, family: 2, scheme: 'minor' }
const boldFont: Partial<Font> = { ...plainFont, bold: true }
const linkFont: Partial<Font> = { ...plainFont, underline: true, color: blue }

export const titleStyle: Partial<Style> = { font: { ...boldFont, size: 14 } }
export const introStyle: Partial<Style> = { font: { ...plainFont, color: grey } }

export const headerStyle = (align: 'left' | 'right'): Partial<Style> =>
  align === 'left' ? leftHeader : rightHeader

const leftHeader = headerLook('left')
const rightHeader = headerLook('right')

function headerLook(horizontal: 'left' | 'right'): Partial<Style> {
  return {
    font: boldFont,
    fill: { type: 'pattern', pattern: 'solid', fgColor: headerFill },
    border: { bottom: { style: 'thin' } },
    alignment: { ...besideFigures(horizontal), vertical: 'bottom', wrapText: true },
  }
}

/** Text stands off from the figures of the column before it. */
function besideFigures(horizontal: 'left' | 'right'): Partial<Alignment> {
  return horizontal === 'left' ? { horizontal, indent: 1 } : { horizontal }
}

export const isNumeric = (look: CellLook): boolean =>
  look === 'amount' || look === 'percent' || look === 'count'

const made = new Map<string, Partial<Style>>()

/** `aligned` is where the cell's own kind would not say: a sign for "missing" stands under figures. */
export function cellStyle(
  look: CellLook,
  row: RowLook,
  language: Language,
  aligned: 'left' | 'right' = isNumeric(look) ? 'right' : 'left',
): Partial<Style> {
  const name = `${look} ${row} ${language} ${aligned}`
  const found = made.get(name) ?? makeStyle(look, row, language, aligned)
  made.set(name, found)
  return found
}

/** A frame as well as a colour: colour alone says nothing to who does not see it. */
export const markedStyle = (look: CellLook, language: Language): Partial<Style> =>
  framedStyle(look, language, { style: 'medium', color: markEdge })

/** The reader may type over it, though the sheet is protected. */
export const inputStyle = (look: CellLook, language: Language): Partial<Style> =>
  framedStyle(look, language, { style: 'thin', color: blue })

function framedStyle(look: CellLook, language: Language, edge: Edge): Partial<Style> {
  const name = `${look} ${edge.style} ${language}`
  const found = made.get(name) ?? {
    ...cellStyle(look, 'data', language),
    fill: { type: 'pattern', pattern: 'solid', fgColor: markFill },
    border: { top: edge, right: edge, bottom: edge, left: edge },
    ...(edge.style === 'thin' ? { protection: { locked: false } } : {}),
  }
  made.set(name, found)
  return found
}

interface Edge {
  readonly style: 'medium' | 'thin'
  readonly color: { readonly argb: string }
}

function makeStyle(
  look: CellLook,
  row: RowLook,
  language: Language,
  horizontal: 'left' | 'right',
): Partial<Style> {
  const alignment: Partial<Alignment> = { ...besideFigures(horizontal), vertical: 'top' }
  const format = numberFormat(look, language)
  return {
    alignment: look === 'text' || look === 'link' ? { ...alignment, wrapText: true } : alignment,
    ...(format === undefined ? {} : { numFmt: format }),
    font: fontOf(look, row),
    ...(row === 'total' ? { border: { top: { style: 'medium' } } } : {}),
    ...(row === 'heading'
      ? { fill: { type: 'pattern', pattern: 'solid', fgColor: headerFill } }
      : {}),
  }
}

function fontOf(look: CellLook, row: RowLook): Partial<Font> {
  if (look === 'link') {
    return linkFont
  }
  return row === 'data' ? plainFont : boldFont
}

export function numberFormat(look: CellLook, language: Language): string | undefined {
  switch (look) {
    case 'amount':
      return amountFormats[language]
    case 'percent':
      return percentFormats[language]
    case 'count':
      return '#,##0'
    case 'date':
      return 'yyyy-mm-dd'
    default:
      return undefined
  }
}
