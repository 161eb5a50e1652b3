import { strFromU8 } from 'fflate'
import { unzipParts, zipParts } from '#platform/files/deterministic-zip.ts'
import { escapeText } from '#platform/tables/xlsx-text.ts'

/** A template with rows typed under its example, each cell with its column's format, as Excel does. */
export type TypedRow = Readonly<Record<string, string | number>>

const form = 'xl/worksheets/sheet1.xml'
const escaped = (text: string): string =>
  escapeText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const partsOf = (template: Uint8Array): Map<string, string> =>
  new Map([...unzipParts(template)].map(([name, part]) => [name, strFromU8(part)]))

/** Rows by column letter. */
export function filledTemplate(template: Uint8Array, rows: readonly TypedRow[]): Uint8Array {
  const parts = partsOf(template)
  const xml = parts.get(form) ?? ''
  const last = Number([...xml.matchAll(/<row r="(\d+)"/g)].at(-1)?.[1])
  const typed = rows.map((row, place) => {
    const number = last + 1 + place
    const cells = Object.entries(row)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([letter, value]) => cell(`r="${letter}${number}" s="${styleOf(xml, letter)}"`, value))
    return `<row r="${number}">${cells.join('')}</row>`
  })
  parts.set(form, xml.replace('</sheetData>', `${typed.join('')}</sheetData>`))
  return zipParts(parts)
}

function styleOf(xml: string, letter: string): string {
  const column = letter.charCodeAt(0) - 64
  for (const [, first, last, style] of xml.matchAll(
    /<col min="(\d+)" max="(\d+)"[^>]* style="(\d+)"/g,
  )) {
    if (Number(first) <= column && column <= Number(last)) {
      return style ?? '0'
    }
  }
  throw new RangeError(`column ${letter} has no format`)
}

const cell = (attributes: string, value: string | number): string =>
  typeof value === 'number'
    ? `<c ${attributes}><v>${value}</v></c>`
    : `<c ${attributes} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
