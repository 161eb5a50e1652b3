import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A second reader of the official documents, written apart from the loader: it shares no code with
 * `src/`, counts in bigint cents, and knows the table only as its bytes.
 * Example: the cell `6 000 000\$` is 600000000n cents; `8,1 million de dollar` is 810000000n.
 */
const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures')

export const readBytes = (file: string): Buffer => readFileSync(join(folder, file))
export const readWords = (file: string): string => readBytes(file).toString('utf8')
export const readJson = <T>(file: string): T => JSON.parse(readWords(file)) as T
export const digest = (file: string): string =>
  createHash('sha256').update(readBytes(file)).digest('hex')

export interface Said {
  readonly fr: string
  readonly en: string
}
export interface Source {
  readonly document: string
  readonly sha256: string
  readonly quote: string
  readonly row?: unknown
}
export interface Document {
  readonly code: string
  readonly file: string
  readonly title: Said
  readonly publisher: Said
  readonly sha256: string
}
export interface PrintedRow {
  readonly action: string
  readonly leads: string
  readonly collaborators: readonly string[]
  readonly recommendations: string
  readonly budget: string
  readonly adaptation: string
  readonly accessibility: string
  readonly deliverables: readonly string[]
}
export interface Measure {
  readonly code: string
  readonly number: string
  readonly axis: string
  readonly title: Said
  readonly funding: 'own' | 'shared' | 'self_funded'
  readonly envelopes: readonly string[]
  readonly leads: readonly string[]
  readonly collaborators: readonly { readonly code: string | null; readonly name: Said }[]
  readonly recommendations: readonly number[]
  readonly initiative: string | null
  readonly adaptation: boolean
  readonly accessibility: boolean
  readonly deliverables: readonly string[]
  readonly context: null | {
    readonly text: Said
    readonly facts: {
      readonly created: number
      readonly coordinator: string
      readonly mandate: Said
      readonly participants: Said
    }
    readonly source: Source
  }
  readonly source: Source & { readonly row: PrintedRow }
}
export interface Term {
  readonly kind: 'term' | 'recurring'
  readonly amount: string
  readonly asStated: string
  readonly precision: string
  readonly firstFiscalYear: string
  readonly lastFiscalYear: string | null
  readonly stated: boolean
  readonly note?: Said
}
export interface Note {
  readonly code: string
  readonly text: Said
  readonly citation?: { readonly document: string; readonly quote: string; readonly row?: number }
}
export interface Envelope {
  readonly code: string
  readonly programme: string
  readonly title: Said
  readonly organization: string
  readonly organizationStated: boolean
  readonly measures: readonly string[]
  readonly terms: readonly Term[]
  readonly financing: 'current' | 'previous' | null
  readonly notes: readonly Note[]
  readonly source: Source
}
export interface Relation {
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly stated: boolean
  readonly ifNotAdditive: 'replaces' | 'includes' | null
  readonly citation: string
  readonly document: string
  readonly reading: Said
}
export interface Programme {
  readonly code: string
  readonly organization: string
  readonly firstFiscalYear: string
  readonly lastFiscalYear: string | null
  readonly announced: null | {
    readonly amount: string
    readonly asStated: string
    readonly precision: string
    readonly source: Source
  }
  readonly notes: readonly Note[]
  readonly source: Source
}
export interface Axis {
  readonly code: string
  readonly programme: string
  readonly order: number
  readonly title: Said
  readonly source: Source
}
export interface Organization {
  readonly code: string
  readonly name: Said
  readonly nameKnown: boolean
  readonly jurisdiction: 'QC' | 'CA' | null
  readonly kind: string
}

export const documents = readJson<Document[]>('plan/sources.json')
export const programmes = readJson<Programme[]>('plan/programmes.json')
export const axes = readJson<Axis[]>('plan/axes.json')
export const measures = readJson<Measure[]>('plan/measures.json')
export const organizations = readJson<Organization[]>('plan/organizations.json')
export const envelopes = readJson<Envelope[]>('plan/envelopes.json')
export const relations = readJson<Relation[]>('plan/relations.json')

export const required = <T>(value: T | undefined | null, what: string): T => {
  if (value === undefined || value === null) throw new Error(`${what} is missing`)
  return value
}
export const byCode = <T extends { readonly code: string }>(list: readonly T[], code: string): T =>
  required(
    list.find((one) => one.code === code),
    code,
  )
export const documentWords = (code: string): string => readWords(byCode(documents, code).file)

/** Amounts as the fixtures write them, `"2903063.00"`, in cents. */
export const cents = (amount: string): bigint => {
  if (!/^\d+\.\d\d$/.test(amount)) throw new Error(`${amount} is not written with two decimals`)
  return BigInt(amount.replace('.', ''))
}
export const sumOfCents = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, one) => total + one, 0n)

/**
 * Reads an amount in the documents' own words, and how finely it was stated: `22,4 millions` is
 * 22 400 000.00 stated to 100 000.00; `75 000 \$` is stated to the dollar.
 */
export const readStated = (words: string): { amount: bigint; precision: bigint } => {
  const millions = /^(\d+)(?:,(\d+))? millions?\b/.exec(words)
  if (millions) {
    const decimals = millions[2] ?? ''
    const precision = 100_000_000n / 10n ** BigInt(decimals.length)
    return { amount: BigInt(`${millions[1]}${decimals}`) * precision, precision }
  }
  const dollars = required(/^(\d{1,3}(?: \d{3})*) ?\\\$/.exec(words)?.[1], `amount of ${words}`)
  return { amount: BigInt(dollars.replaceAll(' ', '')) * 100n, precision: 100n }
}

export interface TableRow {
  readonly axis: string
  readonly cells: readonly string[]
}
export interface PrintedTable {
  readonly headings: readonly (readonly string[])[]
  readonly axes: readonly string[]
  readonly rows: readonly TableRow[]
}

/** The table of appendix 4: tab-separated cells, headings repeated at each page. */
export const readTable = (text: string): PrintedTable => {
  const lines = text.split('\n').map((line) => line.split('\t'))
  const headings: string[][] = []
  const axisTitles: string[] = []
  const rows: TableRow[] = []
  for (const cells of lines.slice(lines.findIndex((cells) => cells.length > 1))) {
    if (cells.length === 1 && cells[0] === '') continue
    if (cells.length !== 8) throw new Error(`not a row of eight cells: ${cells.join(' | ')}`)
    if (cells[0] === 'Actions' || cells[0] === '') headings.push(cells)
    else if (cells.slice(1).every((cell) => cell === '')) axisTitles.push(cells[0] ?? '')
    else rows.push({ axis: axisTitles.at(-1) ?? '', cells })
  }
  return { headings, axes: axisTitles, rows }
}

export const bulletSigns = ['›', '→', '↳', '➢', '➤'] as const
const listMarkup = '<ul style="list-style-type: none">'
export const withoutMarkup = (cell: string): string => cell.replace(listMarkup, '').trim()
export const withoutBullet = (item: string): string => item.replace(/^[›→↳➢➤] /, '')

/** One row of a CSV file whose quoted cells never span lines; the header is row 1. */
export interface CsvRow {
  readonly row: number
  readonly line: string
  readonly cells: readonly string[]
}
export const readCsv = (text: string): CsvRow[] =>
  text
    .split(/\r?\n/)
    .map((line, index) => ({ row: index + 1, line, cells: cellsOf(line) }))
    .filter(({ row, line }) => row > 1 && line !== '')

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
  )
