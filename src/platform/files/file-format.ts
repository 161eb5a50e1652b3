import type { FileFormat } from '#core/grid.ts'
import { FileFault } from './file-fault.ts'

/**
 * Which format a file has, from its first bytes; its name must not say otherwise. What people send
 * by mistake is recognised, so that the sentence says what to do: workbooks of old formats and with
 * passwords are OLE files, and many a "workbook" from the web is a page of HTML.
 */
const zipMark = [0x50, 0x4b]
const oleMark = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const otherMarks: readonly (readonly number[])[] = [
  ...['%PDF', '{\\rtf', 'GIF8', 'Rar!', '7z\xbc\xaf', '\x7fELF', 'MZ\x90', 'BM', 'SQLite'],
  ...['\x89PNG', '\xff\xd8\xff', '\x1f\x8b', 'BZh', '\xfd7zXZ', 'PAR1'],
].map((text) => Array.from(text, (letter) => letter.charCodeAt(0)))
const encryptedName = Buffer.from('EncryptedPackage', 'utf16le')

/** @throws FileFault */
export function formatOf(bytes: Uint8Array, name: string): FileFormat {
  if (bytes.length === 0) {
    throw new FileFault('files/empty')
  }
  const startsWith = (mark: readonly number[]): boolean =>
    mark.every((byte, at) => bytes[at] === byte)
  if (startsWith(oleMark)) {
    const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(
      encryptedName,
    )
    throw new FileFault(isEncrypted ? 'files/encrypted' : 'files/old-workbook')
  }
  const start = Buffer.from(bytes.subarray(0, 256))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  if (otherMarks.some(startsWith) || /^\s*<(?:!doctype|html|\?xml|table|meta)/i.test(start)) {
    throw new FileFault('files/type-unknown')
  }
  const format = startsWith(zipMark) ? 'xlsx' : 'csv'
  const [, extension = ''] = /\.([^.]*)$/.exec(name.toLowerCase()) ?? []
  const isWorkbookName = /^xls\w?$|^ods$/.test(extension)
  const isTextName = /^(?:csv|txt|tsv|tab)$/.test(extension)
  if ((format === 'csv' && isWorkbookName) || (format === 'xlsx' && isTextName)) {
    throw new FileFault('files/type-differs')
  }
  return format
}
