import { randomUUID } from 'node:crypto'
import { openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileFault } from './file-fault.ts'

/**
 * Many texts by their places, outside the heap: pages of UTF-8, of which a few are in memory and the
 * others in a file without a name, which goes with the thread that reads. A spreadsheet numbers the
 * texts that its cells share as it meets them, so rows that are read in order ask for the same few
 * pages.
 */
const pageBytes = 1024 * 1024
const pagesHeld = 32
const lengthBytes = 4

export class PackedTexts {
  readonly #held = new Map<number, Buffer>()
  readonly #written = new Set<number>()
  #starts = new Uint32Array(1024)
  #count = 0
  /** The page that is being filled, and how far. */
  #page = Buffer.allocUnsafeSlow(pageBytes)
  #pageNumber = 0
  #used = 0
  #file: number | null = null

  get count(): number {
    return this.#count
  }

  get bytesUsed(): number {
    return this.#pageNumber * pageBytes + this.#used
  }

  /** @param text of at most a third of a page, in UTF-16 units */
  add(text: string): void {
    if (this.#used + lengthBytes + text.length * 3 > pageBytes) {
      this.#turnPage()
    }
    if (this.#count === this.#starts.length) {
      const larger = new Uint32Array(this.#count * 2)
      larger.set(this.#starts)
      this.#starts = larger
    }
    this.#starts[this.#count] = this.bytesUsed
    this.#count += 1
    const length = this.#page.write(text, this.#used + lengthBytes)
    this.#page.writeUInt32LE(length, this.#used)
    this.#used += lengthBytes + length
  }

  /** Undefined where there is none. */
  at(place: number): string | undefined {
    const start = place < this.#count ? this.#starts[place] : undefined
    if (start === undefined) {
      return undefined
    }
    const page = this.#pageOf(Math.floor(start / pageBytes))
    const at = start % pageBytes
    const from = at + lengthBytes
    return page.toString('utf8', from, from + page.readUInt32LE(at))
  }

  #turnPage(): void {
    this.#hold(this.#pageNumber, this.#page)
    this.#page = Buffer.allocUnsafeSlow(pageBytes)
    this.#pageNumber += 1
    this.#used = 0
  }

  #pageOf(number: number): Buffer {
    if (number === this.#pageNumber) {
      return this.#page
    }
    const held = this.#held.get(number)
    if (held !== undefined) {
      return held
    }
    const page = Buffer.allocUnsafeSlow(pageBytes)
    readSync(this.#opened(), page, 0, pageBytes, number * pageBytes)
    this.#hold(number, page)
    return page
  }

  /** The page that was taken up first makes room. */
  #hold(number: number, page: Buffer): void {
    const [oldest] = this.#held
    if (this.#held.size >= pagesHeld && oldest !== undefined) {
      this.#write(...oldest)
      this.#held.delete(oldest[0])
    }
    this.#held.set(number, page)
  }

  /** @throws FileFault where the disk has no room: others are not to suffer from one file */
  #write(number: number, page: Buffer): void {
    if (this.#written.has(number)) {
      return
    }
    try {
      writeSync(this.#opened(), page, 0, pageBytes, number * pageBytes)
    } catch (cause) {
      throw new FileFault('files/too-demanding', {}, cause)
    }
    this.#written.add(number)
  }

  #opened(): number {
    if (this.#file === null) {
      const path = join(tmpdir(), `vigie-texts-${randomUUID()}`)
      this.#file = openSync(path, 'wx+', 0o600)
      unlinkSync(path)
    }
    return this.#file
  }
}
