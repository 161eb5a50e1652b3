import type { Style } from 'exceljs'
import type { Language } from '#core/language.ts'
import type { Row } from './long-sheet.ts'
import type { Sheet, SheetCell } from './workbook.ts'
import { type FileScalar, type FileValue, fileCell } from './xlsx-cells.ts'
import { alignment, columnIsNumeric, heightOf } from './xlsx-sheet.ts'
import { type CellLook, cellLooks, cellStyle } from './xlsx-styles.ts'

/**
 * Rows of a long sheet as XML, cell for cell what `drawSheet` draws of a short one, but for two
 * things: text stands in its cell and not in a list that would have to be held, and nothing is a
 * link, of which Excel takes 65 530 a sheet.
 */
const roles = ['data', 'total'] as const
type Role = (typeof roles)[number]
const sides = ['left', 'right'] as const

const combinations = cellLooks.flatMap((look) =>
  roles.flatMap((role) => sides.map((side) => ({ look, role, side }))),
)

export const longLooks = (language: Language): readonly Partial<Style>[] =>
  combinations.map(({ look, role, side }) => cellStyle(look, role, language, side))

/** From behind the number of the row to the style: `" s="12"`. */
type StyleIds = Readonly<Record<CellLook, Readonly<Record<Role, Readonly<Record<Side, string>>>>>>
type Side = (typeof sides)[number]

/** @param ids of the looks, in the order of `longLooks` */
function stylesOf(ids: readonly number[]): StyleIds {
  const idOf = (look: CellLook, role: Role, side: Side): string =>
    `" s="${ids[combinations.findIndex((c) => c.look === look && c.role === role && c.side === side)]}"`
  const ofRole = (look: CellLook, role: Role) => ({
    left: idOf(look, role, 'left'),
    right: idOf(look, role, 'right'),
  })
  return Object.fromEntries(
    cellLooks.map((look) => [look, { data: ofRole(look, 'data'), total: ofRole(look, 'total') }]),
  ) as unknown as StyleIds
}

export interface RowDrawing {
  readonly sheet: Sheet
  readonly language: Language
  readonly letters: readonly string[]
  readonly widths: readonly number[]
  readonly styleIds: readonly number[]
}

/** Answers the XML of a row, by its number on the sheet. */
export function rowWriter(drawing: RowDrawing): (row: Row, number: number, role: Role) => string {
  const { sheet, language, letters, widths } = drawing
  const styles = stylesOf(drawing.styleIds)
  const areNumeric = sheet.columns.map((_, at) => columnIsNumeric(sheet, at, language))
  const starts = letters.map((letter) => `<c r="${letter}`)
  const lengths = letters.map(() => 0)
  const drawn = cellDrawer(language)
  return (row, number, role) => {
    if (row.length !== letters.length) {
      throw new RangeError(`${sheet.name}: ${row.length} cells for ${letters.length} columns`)
    }
    const digits = String(number)
    let cells = ''
    for (const [at, described] of row.entries()) {
      const { xml, look, length } = drawn(described)
      const side = alignment(described, look, areNumeric[at] === true)
      lengths[at] = length
      cells += starts[at] + digits + styles[look][role][side] + xml
    }
    const height = heightOf(lengths, widths)
    const ht = height === null ? '' : ` ht="${height}" customHeight="1"`
    return `<row r="${number}"${ht}>${cells}</row>`
  }
}

interface DrawnCell {
  /** From behind its style on. */
  readonly xml: string
  readonly look: CellLook
  readonly length: number
}

const knownMax = 10_000

/** Most texts and days of a long sheet were there before: each is looked at once. */
function cellDrawer(language: Language): (described: SheetCell) => DrawnCell {
  const known = new Map<string, DrawnCell>()
  return (described) => {
    const key =
      'text' in described ? described.text : 'date' in described ? `\0${described.date}` : null
    const found = key === null ? undefined : known.get(key)
    if (found !== undefined) {
      return found
    }
    const { value, look, length } = fileCell(described, language)
    const cell = { xml: valueXml(value), look, length }
    if (key !== null) {
      if (known.size >= knownMax) {
        known.clear()
      }
      known.set(key, cell)
    }
    return cell
  }
}

function valueXml(value: FileValue): string {
  if (value === null) {
    return '/>'
  }
  if (typeof value !== 'object') {
    return scalarXml(value)
  }
  if ('formula' in value) {
    return formulaXml(value.formula, value.result)
  }
  throw new RangeError('a long sheet has no links')
}

function scalarXml(value: FileScalar): string {
  switch (typeof value) {
    case 'number':
      return `><v>${value}</v></c>`
    case 'boolean':
      return ` t="b"><v>${value ? 1 : 0}</v></c>`
    case 'string': {
      const space = /^\s|\s$|\n/.test(value) ? ' xml:space="preserve"' : ''
      return ` t="inlineStr"><is><t${space}>${xmlText(value)}</t></is></c>`
    }
  }
}

function formulaXml(formula: string, result: FileScalar): string {
  const type = typeof result === 'string' ? ' t="str"' : typeof result === 'boolean' ? ' t="b"' : ''
  const value = typeof result === 'boolean' ? Number(result) : xmlText(String(result))
  return `${type}><f>${xmlText(formula)}</f><v>${value}</v></c>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const xmlText = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/[&<>]/g, (character) => entities[character] ?? '') : text
