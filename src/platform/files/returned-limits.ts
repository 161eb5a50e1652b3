import type { ArchiveLimits } from './reading-limits.ts'

/**
 * What a workbook that comes back for verification may ask of the service. It was made here, of as
 * many rows as there are, so it may be far larger than a file to import; it is read a part at a
 * time in a thread of its own, one file after the other.
 */
const mebibyte = 1024 * 1024

export const returnedLimits = {
  fileBytesMax: 256 * mebibyte,
  entriesMax: 1000,
  entryBytesMax: 4096 * mebibyte,
  entriesBytesMax: 4096 * mebibyte,
  ratioMax: 100,
  ratioFreeBytes: mebibyte,
  sheetsMax: 200,
  /** Of the texts that cells share, which have to be held. */
  sharedTextBytesMax: 512 * mebibyte,
  sharedTextsMax: 8_000_000,
  namesMax: 10_000,
  stylesMax: 65_536,
  drawingsMax: 10_000,
  chartWordsMax: 10_000,
  /** Merged ranges, links and comments of a sheet, each. */
  marksMax: 100_000,
  /** Read at the head of each sheet, to find where the workbook says that it comes from. */
  headRows: 100,
  headColumns: 4,
  headTextMax: 4096,
  millisMax: 540_000,
  heapMebibytes: 256,
  runningMax: 1,
  waitingMax: 8,
} as const satisfies ArchiveLimits & Record<string, number>
