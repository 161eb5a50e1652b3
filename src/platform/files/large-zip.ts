import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { type AsyncFlateStreamHandler, Zip, type ZipInputFile } from 'fflate'
import { epoch, type StreamedPart } from './deterministic-zip.ts'

/**
 * A zip of parts that are too large to be held: each is deflated while the next piece of it is made,
 * by Node's zlib, which has threads of its own and is several times as fast as the same in JavaScript.
 * The bytes hang on the parts and on Node's zlib, which package-lock.json fixes
 * (docs/decisions/0022-large-files-are-deflated-by-node.md).
 */
const deflating = {
  level: 1,
  chunkSize: 256 * 1024,
  /** What may wait to be deflated: the next piece is made meanwhile. */
  writableHighWaterMark: 2 * 1024 * 1024,
}
/** As far as the plain format counts, for a part and for the whole. */
const bytesMax = 2 ** 32 - 1

/** @throws RangeError past 4 GiB. */
export async function* zipLarge(
  parts: AsyncIterable<StreamedPart> | Iterable<StreamedPart>,
): AsyncGenerator<Uint8Array, void> {
  const made: Uint8Array[] = []
  let total = 0
  const zip = new Zip((error, bytes) => {
    if (error !== null) {
      throw error
    }
    total += bytes.length
    assertCounted(total)
    made.push(bytes)
  })
  for await (const { name, content } of parts) {
    const part = new DeflatedPart(name)
    zip.add(part)
    for await (const bytes of deflated(content, part)) {
      part.ondata?.(null, bytes, false)
      yield* made.splice(0)
    }
    part.ondata?.(null, new Uint8Array(0), true)
    yield* made.splice(0)
  }
  zip.end()
  yield* made.splice(0)
}

/** What the archive tells of a part; size and checksum are known once it was read. */
class DeflatedPart implements ZipInputFile {
  readonly filename: string
  readonly compression = 8
  readonly mtime = epoch()
  size = 0
  crc = 0
  ondata?: AsyncFlateStreamHandler

  constructor(name: string) {
    this.filename = name
  }

  count(bytes: Uint8Array): void {
    this.size += bytes.length
    assertCounted(this.size)
    this.crc = crc32(bytes, this.crc)
  }
}

async function* deflated(
  content: AsyncIterable<Uint8Array>,
  part: DeflatedPart,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const deflate = createDeflateRaw(deflating)
  const source = Readable.from(counted(content, part), { objectMode: true, highWaterMark: 1 })
  const feeding = pipeline(source, deflate)
  // What fails there comes out of the loop, and must not be unhandled meanwhile.
  feeding.catch(() => undefined)
  for await (const bytes of deflate) {
    yield bytes
  }
  await feeding
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  part: DeflatedPart,
): AsyncGenerator<Uint8Array, void> {
  for await (const bytes of content) {
    part.count(bytes)
    yield bytes
  }
}

function assertCounted(bytes: number): void {
  if (bytes > bytesMax) {
    throw new RangeError('more than the 4 GiB that a plain zip counts')
  }
}
