import { parse } from 'csv-parse/sync'
import { type FileDelimiter, fileDelimiters, type Understanding } from '#core/grid.ts'
import { FileFault } from './file-fault.ts'

/**
 * Which mark stands between the cells of a CSV file. Decimal commas in the data outnumber the
 * semicolons of many files, so the row of names decides: each of its cells is a text with a letter,
 * and at least half of the rows from there on are as wide. The mark with the widest such row is the
 * one, and of two as wide the one that more rows have. Titles, 'Dépenses, avril 2025', are narrow,
 * and a description with ten commas stands alone.
 */
const sampleRecordsMax = 100

const names: Record<FileDelimiter, { readonly fr: string; readonly en: string }> = {
  ';': { fr: 'point-virgule', en: 'semicolon' },
  ',': { fr: 'virgule', en: 'comma' },
  '\t': { fr: 'tabulation', en: 'tab' },
}

/**
 * @param sample the beginning of the text
 * @throws FileFault `files/delimiter-unclear`
 */
export function findDelimiter(sample: string): Understanding<FileDelimiter> {
  const [widest, second] = fileDelimiters
    .map((delimiter) => ({ delimiter, ...headerWith(sample, delimiter) }))
    .toSorted(compareWidths)
  if (widest === undefined || widest.header.length < 2) {
    const because = {
      fr: 'aucun séparateur, une seule colonne',
      en: 'no delimiter, a single column',
    }
    return { value: ';', isAsked: false, because }
  }
  if (second !== undefined && compareWidths(widest, second) === 0) {
    throw new FileFault('files/delimiter-unclear', { value: widest.header.join(widest.delimiter) })
  }
  const { delimiter, header } = widest
  return {
    value: delimiter,
    isAsked: false,
    because: {
      fr: `${names[delimiter].fr}, ${header.length} titres de colonnes`,
      en: `${names[delimiter].en}, ${header.length} column names`,
    },
  }
}

interface Split {
  /** The cells of the row of names; none where the delimiter makes none. */
  readonly header: readonly string[]
  /** How many rows from there on are as wide. */
  readonly rows: number
}

const compareWidths = (a: Split, b: Split): number =>
  b.header.length - a.header.length || b.rows - a.rows

function headerWith(sample: string, delimiter: FileDelimiter): Split {
  const records = recordsOf(sample, delimiter)
  const [widest] = records
    .flatMap((header, at) => {
      const after = records.slice(at)
      const rows = after.filter(({ length }) => length >= header.length).length
      return isHeader(header) && rows * 2 >= after.length ? [{ header, rows }] : []
    })
    .toSorted(compareWidths)
  return widest ?? { header: [], rows: 0 }
}

/** Empty cells at the end are what Excel writes beside a wider row. */
const isHeader = (cells: readonly string[]): boolean => {
  const filled = cells.findLastIndex((text) => text.trim() !== '') + 1
  return filled > 1 && cells.slice(0, filled).every((text) => /\p{L}/u.test(text))
}

function recordsOf(sample: string, delimiter: FileDelimiter): string[][] {
  const records: string[][] = []
  try {
    parse(sample, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[]) => {
        if (records.length < sampleRecordsMax) {
          records.push(record)
        }
        return null
      },
    })
  } catch {
    // The sample may end inside quotes, and with a wrong delimiter they may stand anywhere.
  }
  return records
}
