import { strToU8, unzipSync, Zip, ZipDeflate, zipSync } from 'fflate'

/**
 * Zip files whose bytes depend on their parts only: names sorted, every date 1980-01-01, one level
 * of compression. The zip format stores a local date without its zone and fflate asks the process
 * for it, so the date below is local on purpose: it prints the same day and hour in every zone.
 */
const level = 6
export const epoch = (): Date => new Date(1980, 0, 1, 12)

export type ZipParts = ReadonlyMap<string, Uint8Array | string>

export function zipParts(parts: ZipParts): Uint8Array {
  const sorted = [...parts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const)
  return zipSync(Object.fromEntries(sorted), { level, mtime: epoch() })
}

/** To add a part to a file that we wrote a moment ago, and only that: nothing is limited here. */
export const unzipParts = (bytes: Uint8Array): Map<string, Uint8Array> =>
  new Map(Object.entries(unzipSync(bytes)))

export interface StreamedPart {
  readonly name: string
  readonly content: AsyncIterable<Uint8Array>
}

/**
 * The same for what is too large to be held: parts in the order they come, written as they are read.
 * At most 4 GiB in all, which is as far as the plain format counts.
 */
export async function* zipStream(
  parts: AsyncIterable<StreamedPart>,
): AsyncGenerator<Uint8Array, void> {
  const made: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error !== null) {
      throw error
    }
    made.push(bytes)
  })
  for await (const { name, content } of parts) {
    const part = new ZipDeflate(name, { level })
    part.mtime = epoch()
    zip.add(part)
    for await (const bytes of content) {
      part.push(bytes)
      yield* made.splice(0)
    }
    part.push(new Uint8Array(0), true)
    yield* made.splice(0)
  }
  zip.end()
  yield* made.splice(0)
}
