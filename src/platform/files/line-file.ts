import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * A text file that only grows, a line at a time, each on the disk before the next is thought of.
 * A crash in the middle of a line leaves its beginning: that rest is never read as a line, and is
 * cut off by whoever appends next. Nothing that ends with a line feed is ever taken away.
 */
export interface LineFileEnd {
  /** The last whole line, without its line feed; null when there is none. */
  readonly lastLine: string | null
  /** What follows the last line feed: empty, unless a crash cut a line short. */
  readonly rest: string
}

const tailBytes = 65_536

/** Null when there is no such file. @throws what the system says of a file that cannot be read */
export async function readLineFileEnd(path: string): Promise<LineFileEnd | null> {
  const file = await open(path, 'r').catch(nullIfAbsent)
  if (file === null) {
    return null
  }
  try {
    return await endOf(file)
  } finally {
    await file.close()
  }
}

async function endOf(file: FileHandle): Promise<LineFileEnd> {
  const { size } = await file.stat()
  const start = Math.max(0, size - tailBytes)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start)
  const text = buffer.subarray(0, bytesRead).toString('utf8')
  const end = text.lastIndexOf('\n')
  const before = end < 0 ? '' : text.slice(0, end)
  return {
    lastLine: end < 0 ? null : before.slice(before.lastIndexOf('\n') + 1),
    rest: text.slice(end + 1),
  }
}

/** How many bytes there are now; 0 when there is no such file. */
export async function lengthOf(path: string): Promise<number> {
  return (await stat(path).catch(nullIfAbsent))?.size ?? 0
}

/** Whole lines only, from the first. A file that is not there has none. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const end = await readLineFileEnd(path)
  if (end === null || end.lastLine === null) {
    return
  }
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let previous: string | null = null
  for await (const line of lines) {
    if (previous !== null) {
      yield previous
    }
    previous = line
  }
  // The last piece is a line only if a line feed ends it.
  if (previous !== null && end.rest === '') {
    yield previous
  }
}

/**
 * Adds a line and waits for the disk. The file is made, for its owner alone, when it is not there;
 * its folder is synced then too, or a power loss could take the name away.
 */
export async function appendLine(path: string, line: string): Promise<void> {
  const existing = await open(path, 'r+').catch(nullIfAbsent)
  const file = existing ?? (await made(path))
  try {
    const { size } = await file.stat()
    const { rest } = await endOf(file)
    const kept = size - Buffer.byteLength(rest)
    if (rest !== '') {
      await file.truncate(kept)
    }
    await file.write(Buffer.from(`${line}\n`), 0, null, kept)
    await file.sync()
  } finally {
    await file.close()
  }
  if (existing === null) {
    await syncFolder(dirname(path))
  }
}

async function made(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return open(path, 'wx+', 0o600)
}

/** A name that was just given or taken away survives a power loss from here on. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function nullIfAbsent(error: unknown): null {
  if (Object(error).code === 'ENOENT') {
    return null
  }
  throw error
}
