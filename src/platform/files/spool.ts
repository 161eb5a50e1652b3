import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Lines of text put aside in memory, deflated to a fraction of their size, and read once in their
 * order: what is found while one part of a file is written, for a part that comes after it.
 */
const lotCharacters = 256 * 1024

export class Spool {
  readonly #lots: Buffer[] = []
  #open: string[] = []
  #characters = 0

  /** @param line without a line break */
  add(line: string): void {
    this.#open.push(line)
    this.#characters += line.length
    if (this.#characters >= lotCharacters) {
      this.#close()
    }
  }

  *read(): Generator<readonly string[], void> {
    this.#close()
    for (let lot = this.#lots.shift(); lot !== undefined; lot = this.#lots.shift()) {
      yield inflateRawSync(lot).toString('utf8').split('\n')
    }
  }

  #close(): void {
    if (this.#open.length > 0) {
      this.#lots.push(deflateRawSync(this.#open.join('\n'), { level: 1 }))
      this.#open = []
      this.#characters = 0
    }
  }
}
