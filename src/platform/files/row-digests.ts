import { hash } from 'node:crypto'
import type { CellFace } from './cell-face.ts'

/**
 * The rows of a sheet as what they say, sixteen bytes each, whatever their numbers: a million rows
 * of two sheets are set side by side in 70 MiB. The key is what names a row, the constants of its
 * first columns: a row that changed is found again by it.
 */
export interface RowDigests {
  /** Of the rows with cells, in their order. */
  readonly numbers: Uint32Array
  /** `digestBytes` a row, as the keys. */
  readonly digests: Uint8Array
  readonly keys: Uint8Array
}

export const digestBytes = 16
const keyColumns = 3

export class DigestedRows {
  #numbers = new Uint32Array(256)
  #digests = new Uint8Array(256 * digestBytes)
  #keys = new Uint8Array(256 * digestBytes)
  #count = 0

  add(row: number, cells: readonly CellFace[]): void {
    if (this.#count === this.#numbers.length) {
      this.#numbers = doubled(this.#numbers)
      this.#digests = doubled(this.#digests)
      this.#keys = doubled(this.#keys)
    }
    const said = cells.map(({ column, formula, value, format }) => [column, formula, value, format])
    const naming = cells
      .filter(({ column, formula }) => column < keyColumns && formula === null)
      .map(({ column, value }) => [column, value])
    this.#numbers[this.#count] = row
    this.#digests.set(digestOf(said), this.#count * digestBytes)
    this.#keys.set(digestOf(naming), this.#count * digestBytes)
    this.#count += 1
  }

  finish(): RowDigests {
    const bytes = this.#count * digestBytes
    return {
      numbers: this.#numbers.slice(0, this.#count),
      digests: this.#digests.slice(0, bytes),
      keys: this.#keys.slice(0, bytes),
    }
  }
}

const digestOf = (said: unknown): Buffer =>
  hash('sha256', JSON.stringify(said), 'buffer').subarray(0, digestBytes)

function doubled<T extends Uint32Array | Uint8Array>(numbers: T): T {
  const larger = new (numbers.constructor as new (length: number) => T)(numbers.length * 2)
  larger.set(numbers)
  return larger
}
