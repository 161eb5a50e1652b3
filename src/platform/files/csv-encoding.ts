import { isUtf8 } from 'node:buffer'
import type { FileEncoding, Understanding } from '#core/grid.ts'
import type { Bilingual } from '#core/language.ts'
import { FileFault } from './file-fault.ts'

/**
 * In which encoding the bytes of a CSV file are. A byte order mark says it; otherwise bytes that
 * are UTF-8 throughout are UTF-8, since text of another encoding with one accent hardly ever is;
 * and what is left is Windows-1252, which Excel writes in Quebec, unless it has bytes that mean
 * nothing there. UTF-16 is read only with its mark.
 */
const marks: readonly (readonly [FileEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

const undefinedIn1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d] as const

/** @throws FileFault `files/encoding-unclear`, `files/null-character` */
export function findEncoding(bytes: Uint8Array, asked?: FileEncoding): Understanding<FileEncoding> {
  const encoding = asked === undefined ? foundIn(bytes) : understood(asked, asWords, true)
  if (encoding === null || !isIn(bytes, encoding.value)) {
    throw new FileFault('files/encoding-unclear')
  }
  const nullAt = encoding.value.startsWith('utf-16') ? -1 : bytes.indexOf(0)
  if (nullAt >= 0) {
    throw new FileFault('files/null-character', { row: rowOfByte(bytes, nullAt) })
  }
  return encoding
}

function foundIn(bytes: Uint8Array): Understanding<FileEncoding> | null {
  const [marked] = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? []
  if (marked !== undefined) {
    return understood(marked, markWords)
  }
  if (isUtf8(bytes)) {
    return understood('utf-8', utf8Words)
  }
  return understood('windows-1252', leftWords)
}

const understood = (
  value: FileEncoding,
  because: Bilingual,
  isAsked = false,
): Understanding<FileEncoding> => ({ value, isAsked, because })

const asWords = { fr: 'demandé', en: 'as asked' }
const markWords = { fr: 'le fichier le dit (BOM)', en: 'the file says so (BOM)' }
const utf8Words = { fr: 'tous les octets sont de l’UTF-8', en: 'all bytes are UTF-8' }
const leftWords = {
  fr: 'les octets ne sont pas de l’UTF-8 et ont tous un sens en Windows-1252',
  en: 'the bytes are not UTF-8 and all have a meaning in Windows-1252',
}

function isIn(bytes: Uint8Array, encoding: FileEncoding): boolean {
  if (encoding === 'utf-8') {
    return isUtf8(bytes)
  }
  return encoding !== 'windows-1252' || !undefinedIn1252.some((byte) => bytes.includes(byte))
}

function rowOfByte(bytes: Uint8Array, at: number): number {
  const before = Buffer.from(bytes.subarray(0, at)).toString('latin1')
  return before.split(/\r\n|\r|\n/).length
}

const pieceBytes = 65_536

/** The text in pieces, without the mark. @throws FileFault `files/encoding-unclear` */
export function* decodedPieces(bytes: Uint8Array, encoding: FileEncoding): Generator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true })
    }
    yield decoder.decode()
  } catch (cause) {
    throw new FileFault('files/encoding-unclear', {}, cause)
  }
}
