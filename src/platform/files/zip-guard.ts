import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { FileFault } from './file-fault.ts'
import { type ArchiveLimits, readingLimits } from './reading-limits.ts'
import { faultOfPart } from './xlsx-parts.ts'

/**
 * An archive whose list of contents was checked before anything of it was inflated: number, names,
 * sizes, ratios, overlaps, encryption. While inflating, yauzl holds each part to the size that the
 * list says, so a list that lies does not help. Parts are found by name, in whatever case.
 */
export interface GuardedZip {
  has(name: string): boolean
  /** @throws FileFault `files/workbook-damaged` where there is none, or it does not inflate */
  read(name: string): AsyncIterable<Uint8Array>
}

const damaged = (part?: string, cause?: unknown): FileFault =>
  new FileFault('files/workbook-damaged', part === undefined ? {} : { part }, cause)

/** @param source bytes, or the path of a file that is read a part at a time. @throws FileFault */
export async function openZip(
  source: Uint8Array | string,
  limits: ArchiveLimits = readingLimits,
): Promise<GuardedZip> {
  const zip = await opened(source).catch((cause: unknown) => {
    throw damaged(undefined, cause)
  })
  const entries = await listed(zip, limits)
  if (!entries.has('[content_types].xml')) {
    throw new FileFault('files/not-a-workbook')
  }
  for (const [name, { fileName }] of entries) {
    const fault = faultOfPart(name)
    if (fault !== null) {
      throw new FileFault(fault, { part: fileName })
    }
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read: (name) => inflated(zip, entries.get(name.toLowerCase()), name),
  }
}

function opened(source: Uint8Array | string): Promise<ZipFile> {
  const options = { strictFileNames: true }
  return typeof source === 'string'
    ? yauzl.openPromise(source, { ...options, autoClose: false })
    : yauzl.fromBufferPromise(
        Buffer.from(source.buffer, source.byteOffset, source.byteLength),
        options,
      )
}

/** The parts by their names in lower case, without folders. */
async function listed(zip: ZipFile, limits: ArchiveLimits): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.entriesMax) {
    throw new FileFault('files/too-much-inside')
  }
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase()
      if (entries.has(name)) {
        throw new FileFault('files/part-repeated', { part: entry.fileName })
      }
      refuseEntry(entry, limits)
      entries.set(name, entry)
    }
  } catch (error) {
    throw error instanceof FileFault ? error : damaged(undefined, error)
  }
  const all = [...entries.values()]
  refuseTogether(all, limits)
  return new Map(
    [...entries].filter(([name, { uncompressedSize }]) => !isFolder(name, uncompressedSize)),
  )
}

const isFolder = (name: string, size: number): boolean => name.endsWith('/') && size === 0

function refuseEntry(entry: Entry, limits: ArchiveLimits): void {
  const { fileName, compressedSize, uncompressedSize, compressionMethod } = entry
  const place = { part: fileName }
  if (entry.isEncrypted()) {
    throw new FileFault('files/encrypted', place)
  }
  const isTooMuch = uncompressedSize > limits.entryBytesMax
  if (isTooMuch || isBomb(uncompressedSize, compressedSize, limits)) {
    throw new FileFault('files/too-much-inside', place)
  }
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    throw damaged(fileName)
  }
}

const isBomb = (inflated: number, packed: number, limits: ArchiveLimits): boolean =>
  inflated > limits.ratioFreeBytes && inflated > packed * limits.ratioMax

/** Sizes as a whole, and parts that share their bytes: a few of them can inflate for ever. */
function refuseTogether(entries: readonly Entry[], limits: ArchiveLimits): void {
  const inflated = entries.reduce((total, entry) => total + entry.uncompressedSize, 0)
  const packed = entries.reduce((total, entry) => total + entry.compressedSize, 0)
  if (inflated > limits.entriesBytesMax || isBomb(inflated, packed, limits)) {
    throw new FileFault('files/too-much-inside')
  }
  const inOrder = entries.toSorted(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  )
  for (const [at, entry] of inOrder.entries()) {
    const next = inOrder[at + 1]
    const end = entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.compressedSize
    if (next !== undefined && end > next.relativeOffsetOfLocalHeader) {
      throw new FileFault('files/part-repeated', { part: next.fileName })
    }
  }
}

const localHeaderBytes = 30

async function* inflated(
  zip: ZipFile,
  entry: Entry | undefined,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  if (entry === undefined) {
    throw damaged(name)
  }
  try {
    yield* await zip.openReadStreamPromise(entry)
  } catch (cause) {
    throw damaged(name, cause)
  }
}
