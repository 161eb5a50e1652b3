import { strToU8, unzipSync, zipSync } from 'fflate'

/**
 * Zip files whose bytes depend on their parts only: names sorted, every date 1980-01-01, one level
 * of compression. The zip format stores a local date without its zone and fflate asks the process
 * for it, so the date below is local on purpose: it prints the same day and hour in every zone.
 */
export type ZipParts = ReadonlyMap<string, Uint8Array | string>

export function zipParts(parts: ZipParts): Uint8Array {
  const sorted = [...parts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const)
  return zipSync(Object.fromEntries(sorted), { level: 6, mtime: new Date(1980, 0, 1, 12) })
}

/** To add a part to a file that we wrote a moment ago, and only that: nothing is limited here. */
export const unzipParts = (bytes: Uint8Array): Map<string, Uint8Array> =>
  new Map(Object.entries(unzipSync(bytes)))
