import type { Style } from 'exceljs'
import type { Language } from '#core/language.ts'
import type { Row } from './long-sheet.ts'
import type { Utf8Pieces } from './utf8-pieces.ts'
import { emptyCell, type Sheet, type SheetCell } from './workbook.ts'
import { type FileScalar, type FileValue, fileCell } from './xlsx-cells.ts'
import { alignment, columnIsNumeric, heightOf, linesOf } from './xlsx-sheet.ts'
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

/** Adds the XML of a row, by its number on the sheet. */
export function rowWriter(
  drawing: RowDrawing,
  pieces: Utf8Pieces,
): (row: Row, number: number, role: Role) => void {
  const { sheet, letters } = drawing
  const styles = stylesOf(drawing.styleIds)
  const columnsOf = (role: Role) => letters.map((_, at) => columnDrawer(drawing, styles, at, role))
  const columns = { data: columnsOf('data'), total: columnsOf('total') }
  return (row, number, role) => {
    if (row.length !== letters.length) {
      throw new RangeError(`${sheet.name}: ${row.length} cells for ${letters.length} columns`)
    }
    const cells = columns[role].map((draw, at) => draw(row[at] ?? emptyCell))
    const height = heightOf(cells.reduce((most, { lines }) => Math.max(most, lines), 1))
    const ht = height === null ? '' : ` ht="${height}" customHeight="1"`
    const digits = String(number)
    pieces.add(`<row r="${digits}"${ht}><c r="${letters[0]}`)
    for (const { open, text, close } of cells) {
      pieces.add(digits)
      pieces.addBytes(open)
      if (close !== null) {
        pieces.add(text)
        pieces.addBytes(close)
      }
    }
    pieces.addBytes(rowEnd)
  }
}

const rowEnd = Buffer.from('</row>')

/** What stands around a value, from behind the number of its row to that of the next cell's. */
interface Frame {
  readonly open: Uint8Array
  /** Null where the value is in `open`. */
  readonly close: Uint8Array | null
}

interface DrawnCell extends Frame {
  readonly text: string
  /** That its text takes in its column. */
  readonly lines: number
}

type DrawCell = (described: SheetCell) => DrawnCell

/** Most texts, days and signs of a column were there before: each is looked at once. */
function columnDrawer(
  { sheet, language, letters, widths }: RowDrawing,
  styles: StyleIds,
  at: number,
  role: Role,
): DrawCell {
  const isNumeric = columnIsNumeric(sheet, at, language)
  const width = widths[at] ?? 0
  const frames = new Frames(at + 1 < letters.length ? `<c r="${letters[at + 1]}` : '')
  const draw: DrawCell = (described) => {
    const { value, look, length, lines } = fileCell(described, language)
    const xml = valueXml(value)
    const style = styles[look][role][alignment(described, look, isNumeric)]
    const { open, close } = frames.of(style, xml)
    return { open, text: xml.text, close, lines: linesOf(lines ?? length, width) }
  }
  const texts = new Known()
  const days = new Known()
  const signs = new Known()
  return (described) => {
    if ('text' in described) {
      return texts.find(described.text) ?? texts.keep(described.text, draw(described))
    }
    if ('date' in described) {
      return days.find(described.date) ?? days.keep(described.date, draw(described))
    }
    if ('missing' in described) {
      return signs.find(described.missing) ?? signs.keep(described.missing, draw(described))
    }
    return draw(described)
  }
}

/** Of one column: a few. */
class Frames {
  readonly #next: string
  readonly #known = new Map<string, Map<string, Frame>>()

  constructor(next: string) {
    this.#next = next
  }

  of(style: string, { open, close }: ValueXml): Frame {
    const ofStyle = this.#known.get(style) ?? new Map<string, Frame>()
    const found = ofStyle.get(open)
    if (found !== undefined) {
      return found
    }
    const frame = { open: Buffer.from(style + open), close: Buffer.from(close + this.#next) }
    this.#known.set(style, ofStyle.set(open, frame))
    return frame
  }
}

const knownMax = 2_000

/** Given up once it is full of values that hardly ever came again, as numbers of documents do not. */
class Known {
  readonly #cells = new Map<string, DrawnCell>()
  #found = 0
  #isGivenUp = false

  find(key: string): DrawnCell | undefined {
    if (this.#isGivenUp) {
      return undefined
    }
    const cell = this.#cells.get(key)
    this.#found += cell === undefined ? 0 : 1
    return cell
  }

  keep(key: string, cell: DrawnCell): DrawnCell {
    if (this.#cells.size < knownMax) {
      this.#cells.set(key, asBytes(cell))
    } else if (this.#found < knownMax) {
      this.#isGivenUp = true
    }
    return cell
  }
}

const asBytes = ({ open, text, close, lines }: DrawnCell): DrawnCell => ({
  open: Buffer.concat([open, Buffer.from(text), close ?? nothing]),
  text: '',
  close: null,
  lines,
})

const nothing = new Uint8Array()

interface ValueXml {
  readonly open: string
  readonly text: string
  readonly close: string
}

function valueXml(value: FileValue): ValueXml {
  if (value === null) {
    return { open: '', text: '', close: '/>' }
  }
  if (typeof value !== 'object') {
    return scalarXml(value)
  }
  if ('formula' in value) {
    return formulaXml(value.formula, value.result)
  }
  throw new RangeError('a long sheet has no links')
}

function scalarXml(value: FileScalar): ValueXml {
  switch (typeof value) {
    case 'number':
      return { open: '><v>', text: String(value), close: '</v></c>' }
    case 'boolean':
      return { open: ' t="b"><v>', text: value ? '1' : '0', close: '</v></c>' }
    case 'string':
      return {
        open: /^\s|\s$|\n/.test(value)
          ? ' t="inlineStr"><is><t xml:space="preserve">'
          : ' t="inlineStr"><is><t>',
        text: xmlText(value),
        close: '</t></is></c>',
      }
  }
}

function formulaXml(formula: string, result: FileScalar): ValueXml {
  const type = typeof result === 'string' ? ' t="str"' : typeof result === 'boolean' ? ' t="b"' : ''
  const value = typeof result === 'boolean' ? Number(result) : xmlText(String(result))
  return {
    open: `${type}><f>`,
    text: `${xmlText(formula)}</f><v>${value}`,
    close: '</v></c>',
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const xmlText = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/[&<>]/g, (character) => entities[character] ?? '') : text
