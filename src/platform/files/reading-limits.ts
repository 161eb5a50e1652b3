/**
 * What a file may ask of the service. The bounds of the archive are held before anything is
 * inflated and again while inflating; those of the contents while they are read. Each is far above
 * what a spreadsheet of 100 000 rows and nine columns needs, and far below what hurts.
 */
const mebibyte = 1024 * 1024

/** Of an archive, held before anything of it is inflated. */
export interface ArchiveLimits {
  readonly entriesMax: number
  readonly entryBytesMax: number
  readonly entriesBytesMax: number
  /** Inflated bytes a packed byte, of an entry and of the whole. */
  readonly ratioMax: number
  /** Small parts are not measured by their ratio: a page of spaces packs well and harms nobody. */
  readonly ratioFreeBytes: number
}

export const readingLimits = {
  fileBytesMax: 20 * mebibyte,
  entriesMax: 200,
  entryBytesMax: 100 * mebibyte,
  entriesBytesMax: 200 * mebibyte,
  ratioMax: 100,
  ratioFreeBytes: mebibyte,
  sheetsMax: 100,
  cellsMax: 1_200_000,
  /** Bytes of CR and LF in a CSV file. */
  lineEndsMax: 1_500_000,
  columnsMax: 16_384,
  /** Of one cell, in UTF-16 units, as Excel has it. */
  textMax: 32_767,
  /** Of all cells together, in UTF-8. */
  textBytesMax: 64 * mebibyte,
  sharedStringsMax: 1_000_000,
  sharedTextMax: 24 * mebibyte,
  stylesMax: 65_536,
  mergedMax: 20_000,
  mergedStepsMax: 5_000_000,
  /** Of one row of a CSV file, in characters. */
  recordMax: mebibyte,
  xmlDepthMax: 64,
  /** Without a tag or a text that ends: one attribute, one comment, one text. */
  xmlTokenMax: mebibyte,
  /** Without a cell or a shared string. */
  xmlPaddingMax: 16 * mebibyte,
  millisMax: 20_000,
  heapMebibytes: 192,
  runningMax: 2,
  waitingMax: 32,
} as const
