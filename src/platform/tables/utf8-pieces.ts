/**
 * Text as pieces of UTF-8 of one size, the last one shorter. Made of very many short texts, of which
 * most come again and are given as bytes: gluing them into one text first costs more than all else
 * that a long sheet does.
 */
const pieceBytes = 256 * 1024
const bytesOfUnitMax = 3
/** Up to here a loop is faster than a call. */
const shortMax = 64
const asciiMax = 0x7f

export class Utf8Pieces {
  #piece = Buffer.allocUnsafeSlow(pieceBytes)
  #used = 0
  #full: Uint8Array[] = []

  addBytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#piece.set(bytes, this.#used)
    this.#used += bytes.length
  }

  add(text: string): void {
    this.#makeRoom(text.length * bytesOfUnitMax)
    if (text.length > shortMax || !this.#addAscii(text)) {
      this.#used += this.#piece.write(text, this.#used, 'utf8')
    }
  }

  /** What is full, each piece once. */
  takeFull(): readonly Uint8Array[] {
    const full = this.#full
    this.#full = []
    return full
  }

  /** What was added since the last full piece. */
  takeRest(): Uint8Array {
    const rest = this.#piece.subarray(0, this.#used)
    this.#piece = Buffer.allocUnsafeSlow(pieceBytes)
    this.#used = 0
    return rest
  }

  #makeRoom(bytes: number): void {
    if (this.#used + bytes > this.#piece.length) {
      this.#full.push(this.#piece.subarray(0, this.#used))
      this.#piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, bytes))
      this.#used = 0
    }
  }

  #addAscii(text: string): boolean {
    const piece = this.#piece
    const used = this.#used
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code > asciiMax) {
        return false
      }
      piece[used + at] = code
    }
    this.#used += text.length
    return true
  }
}
