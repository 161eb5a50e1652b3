/**
 * Text inside a workbook reads back as it was. XML has no control characters, turns CR into LF and
 * refuses U+FFFE; Excel's way around is `_xHHHH_`, which it also decodes in text that merely looks
 * like it: `_x003D_` would come back as `=`. So what XML cannot carry is written `_x0007_`, and the
 * `_` of a lookalike is itself escaped: `_x005F_x003D_`. Text that starts with = + - or @ needs
 * nothing: a string cell is never computed.
 */
const textMax = 32_767
/** Most texts: nothing in them that could need a look. */
const plain = /^[\n -^`-~\u00a0-\ud7ff]*$/
const needsEscape =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  /_(?=x[0-9A-Fa-f]{4}_)|[\u0001-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g

/**
 * @throws RangeError for NUL and half a surrogate pair, which the edge has refused long before, and
 * past the 32 767 characters of a cell: Excel would call the file damaged.
 */
export function escapeText(text: string): string {
  if (typeof text !== 'string') {
    throw new RangeError(`a text cell takes text, not ${typeof text}`)
  }
  if (text.length <= textMax && plain.test(text)) {
    return text
  }
  if (!text.isWellFormed() || text.includes('\0')) {
    throw new RangeError('text in a workbook has no lone surrogate and no NUL')
  }
  if (text.length > textMax) {
    throw new RangeError(`text of ${text.length} characters does not fit in a cell`)
  }
  return text.replace(needsEscape, escapeCharacter)
}

const escapeCharacter = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/** For titles, names and headers, which are our own: one line without control characters. */
export function plainLine(text: string): string {
  if (escapeText(text) !== text || /[\t\n]/.test(text)) {
    throw new RangeError(`not a plain line of text: ${JSON.stringify(text.slice(0, 64))}`)
  }
  return text
}
