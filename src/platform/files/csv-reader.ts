import { once } from 'node:events'
import { parse } from 'csv-parse'
import type { FileDelimiter, FileEncoding, Understood } from '#core/grid.ts'
import { findDelimiter } from './csv-delimiter.ts'
import { decodedPieces, findEncoding } from './csv-encoding.ts'
import { FileFault } from './file-fault.ts'
import { newBudget, type PackedSheet, SheetPacker } from './packed-sheet.ts'
import { readingLimits } from './reading-limits.ts'

/**
 * A CSV file (RFC 4180, with the delimiters and line ends that people's programs write) as one
 * sheet. A row is a record: what a spreadsheet would number, so a line break inside quotes starts no
 * row and an empty line is one. Quotes that do not balance are refused with their row, since from
 * there on every cell would be another's.
 */
export interface CsvAsked {
  readonly encoding?: FileEncoding | undefined
  readonly delimiter?: FileDelimiter | undefined
}

export interface ReadFile {
  readonly understood: Understood
  readonly sheets: readonly PackedSheet[]
}

const sampleCharacters = 65_536
const sheetName = 'CSV'

/** @throws FileFault */
export async function readCsv(bytes: Uint8Array, asked: CsvAsked): Promise<ReadFile> {
  const encoding = findEncoding(bytes, asked.encoding)
  const delimiter =
    asked.delimiter === undefined
      ? findDelimiter(sampleOf(bytes, encoding.value))
      : { value: asked.delimiter, isAsked: true, because: { fr: 'demandé', en: 'as asked' } }
  refuseSwarm(bytes, delimiter.value)
  const packer = new SheetPacker(newBudget())
  await packRecords(decodedPieces(bytes, encoding.value), delimiter.value, packer)
  const sheet = { name: sheetName, isHidden: false, hiddenColumns: [], merged: [] }
  return {
    understood: { format: 'csv', encoding, delimiter },
    sheets: [packer.finish(sheet)],
  }
}

/** Far more cells or rows than are read: told at once, rather than after all of them are parsed. */
function refuseSwarm(bytes: Uint8Array, delimiter: FileDelimiter): void {
  const code = delimiter.charCodeAt(0)
  let delimiters = 0
  let lineEnds = 0
  for (const byte of bytes) {
    delimiters += byte === code ? 1 : 0
    lineEnds += byte === 10 || byte === 13 ? 1 : 0
  }
  if (delimiters > 2 * readingLimits.cellsMax || lineEnds > readingLimits.lineEndsMax) {
    throw new FileFault('files/too-many-cells')
  }
}

function sampleOf(bytes: Uint8Array, encoding: FileEncoding): string {
  let sample = ''
  for (const piece of decodedPieces(bytes, encoding)) {
    sample += piece
    if (sample.length >= sampleCharacters) {
      break
    }
  }
  return sample
}

async function packRecords(
  pieces: Iterable<string>,
  delimiter: FileDelimiter,
  packer: SheetPacker,
): Promise<void> {
  let row = 0
  const pack = (record: readonly string[]): null => {
    row += 1
    packRecord(record, row, packer)
    return null
  }
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: readingLimits.recordMax,
    on_record: pack,
  })
  parser.resume()
  const ended = new Promise<void>((resolve, reject) => {
    parser.once('end', resolve).once('error', reject)
  })
  ended.catch(() => {})
  try {
    for (const piece of pieces) {
      if (parser.destroyed) {
        break
      }
      if (!parser.write(piece)) {
        await Promise.race([once(parser, 'drain'), ended])
      }
    }
    parser.end()
    await ended
  } catch (error) {
    throw faultOf(error, row + 1)
  }
}

function packRecord(record: readonly string[], row: number, packer: SheetPacker): void {
  if (record.length > readingLimits.columnsMax) {
    throw new FileFault('files/too-many-columns', { row })
  }
  for (const [column, text] of record.entries()) {
    if (text.length > readingLimits.textMax) {
      throw new FileFault('files/text-too-long', { row })
    }
    if (text !== '') {
      packer.add(column, 'text', text)
    }
  }
  packer.endRow(row)
}

const quoteCodes = [
  'CSV_QUOTE_NOT_CLOSED',
  'CSV_INVALID_CLOSING_QUOTE',
  'INVALID_OPENING_QUOTE',
  'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE',
]

function faultOf(error: unknown, row: number): unknown {
  const { code } = Object(error)
  if (quoteCodes.includes(code)) {
    return new FileFault('files/csv-quotes', { row }, error)
  }
  return code === 'CSV_MAX_RECORD_SIZE'
    ? new FileFault('files/text-too-long', { row }, error)
    : error
}
