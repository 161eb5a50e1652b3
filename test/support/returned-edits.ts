import {
  cellsOf,
  escapeXml,
  type FileCell,
  type Parts,
  partOf,
  putCell,
  textCellXml,
} from './returned.ts'
import type { Chance } from './seed.ts'

/** What somebody does to one cell of a workbook, by hand or with a program. */
export interface CellEdit {
  readonly says: string
  /** Whether this cell can be changed so, and to what. */
  readonly make: (cell: FileCell, told: Told) => string | null
}

interface Told {
  readonly chance: Chance
  /** The cell's own text, where it is one. */
  readonly text: string | null
}

const isNumber = ({ type, value }: FileCell): boolean => type === 'n' && value !== null
const number = (address: string, value: string): string => `<c r="${address}"><v>${value}</v></c>`
const constant = (cell: FileCell): boolean => cell.formula === null
const letters = ['\u200b', '\u00ad', '\u2060', '\ufeff', '\u0301']

const computed = ({ address, type }: FileCell, formula: string, value: string): string =>
  `<c r="${address}" t="${type}"><f>${formula}</f><v>${value}</v></c>`

export const cellEdits: readonly CellEdit[] = [
  {
    says: 'a text gains an invisible character',
    make: ({ address }, { chance, text }) => {
      if (text === null) return null
      const at = chance.below(text.length + 1)
      return textCellXml(address, text.slice(0, at) + chance.of(letters) + text.slice(at))
    },
  },
  {
    says: 'a text loses a character',
    make: ({ address }, { chance, text }) => {
      if (text === null || text.length < 2) return null
      const at = chance.below(text.length)
      const shorter = text.slice(0, at) + text.slice(at + 1)
      return shorter.isWellFormed() ? textCellXml(address, shorter) : null
    },
  },
  {
    says: 'a space becomes one that does not break',
    make: ({ address }, { text }) =>
      text?.includes(' ') === true ? textCellXml(address, text.replace(' ', '\u00a0')) : null,
  },
  {
    says: 'a text becomes another',
    make: ({ address }, { text }) => (text === null ? null : textCellXml(address, `${text} bis`)),
  },
  {
    says: 'a text becomes a number',
    make: ({ address }, { text }) => (text === null ? null : number(address, '1234.56')),
  },
  {
    says: 'a cell is emptied',
    make: (cell) => (constant(cell) ? `<c r="${cell.address}"/>` : null),
  },
  {
    says: 'a number is a cent off',
    make: (cell) =>
      constant(cell) && isNumber(cell)
        ? number(cell.address, (Number(cell.value) + 0.01).toFixed(2))
        : null,
  },
  {
    says: 'a number is rounded',
    make: (cell) => {
      const rounded = String(Math.round(Number(cell.value) / 10) * 10)
      return constant(cell) && isNumber(cell) && Number(rounded) !== Number(cell.value)
        ? number(cell.address, rounded)
        : null
    },
  },
  {
    says: 'a number changes its sign',
    make: (cell) =>
      constant(cell) && isNumber(cell) && Number(cell.value) !== 0
        ? number(cell.address, String(-Number(cell.value)))
        : null,
  },
  {
    says: 'a number becomes text that looks like it',
    make: (cell) =>
      constant(cell) && isNumber(cell) ? textCellXml(cell.address, cell.value ?? '') : null,
  },
  {
    says: 'a constant becomes a formula with the same result',
    make: (cell) =>
      constant(cell) && isNumber(cell) ? computed(cell, `${cell.value}+0`, cell.value ?? '') : null,
  },
  {
    says: 'a formula becomes its result',
    make: (cell) => {
      const { address, type, value } = cell
      return constant(cell) ? null : `<c r="${address}" t="${type}"><v>${value}</v></c>`
    },
  },
  {
    says: 'a formula gains a cent and keeps its result',
    make: (cell) =>
      constant(cell) ? null : computed(cell, `${cell.formula}+0.01`, cell.value ?? ''),
  },
  {
    says: 'a formula reads another row',
    make: (cell) => {
      const moved = cell.formula?.replace(/\$?[A-Z]+\$?(\d+)/, (all, row) =>
        all.replace(row, String(Number(row) + 1)),
      )
      return moved === undefined || moved === cell.formula
        ? null
        : computed(cell, moved, cell.value ?? '')
    },
  },
  {
    says: 'the result of a formula changes',
    make: (cell) => {
      if (constant(cell)) return null
      const other = isNumber(cell)
        ? (Number(cell.value) + 1).toFixed(2)
        : escapeXml(`${cell.value}!`)
      return cell.type === 'b' ? null : computed(cell, cell.formula ?? '', other)
    },
  },
  {
    says: 'the result of a formula is taken away',
    make: (cell) =>
      constant(cell) || (cell.type === 'str' && cell.value === '')
        ? null
        : `<c r="${cell.address}"><f>${cell.formula}</f></c>`,
  },
  {
    says: 'yes becomes no',
    make: (cell) =>
      constant(cell) && cell.type === 'b'
        ? `<c r="${cell.address}" t="b"><v>${1 - Number(cell.value)}</v></c>`
        : null,
  },
]

export interface MadeEdit {
  readonly sheet: string
  readonly address: string
  readonly says: string
}

const drawsMax = 200

/**
 * One cell of a sheet, changed in one way, by chance: each way is as likely as another, however few
 * the cells are that it fits. One that fits hardly any of them leaves its turn to the next.
 */
export function editByChance(parts: Parts, sheets: readonly string[], chance: Chance): MadeEdit {
  const texts = sharedTexts(parts)
  let edit = chance.of(cellEdits)
  for (let draws = 1; ; draws += 1) {
    if (draws % drawsMax === 0) edit = chance.of(cellEdits)
    const sheet = chance.of(sheets)
    const cell = chance.of(cellsOf(parts.get(partOf(parts, sheet)) ?? ''))
    const text = cell.type === 's' ? (texts[Number(cell.value)] ?? null) : null
    const made = edit.make(cell, { chance, text })
    if (made !== null) {
      putCell(parts, sheet, cell.address, made)
      return { sheet, address: cell.address, says: edit.says }
    }
  }
}

/** As a reader finds them. */
function sharedTexts(parts: Parts): readonly string[] {
  const xml = parts.get('xl/sharedStrings.xml') ?? ''
  return [...xml.matchAll(/<si><t[^>]*>(.*?)<\/t><\/si>/gs)].map(([, text = '']) =>
    text
      .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof entities) => entities[name])
      .replace(/_x([0-9A-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  )
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
