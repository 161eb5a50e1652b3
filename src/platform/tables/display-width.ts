/**
 * How many columns a text takes on a terminal, and how to cut or pad it to that many. Counted by what
 * a reader sees: `é` written as two code points is one column, `漢` and an emoji are two. Control
 * characters become visible signs first, since a supplier's name could otherwise move the cursor,
 * colour the screen or, with a bidirectional override, show an amount backwards.
 */
const graphemes = new Intl.Segmenter('fr-CA', { granularity: 'grapheme' })
const plainAscii = /^[ -~]*$/
const lineBreaks = /\r\n|[\t\n\r\v\f\u0085\u2028\u2029]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
const wide = new RegExp(
  [
    '^(?:\\p{Emoji_Presentation}|\\p{Emoji}\\uFE0F',
    '|[\\u1100-\\u115F\\u2E80-\\u303E\\u3041-\\uA4CF\\uA960-\\uA97F\\uAC00-\\uD7A3\\uF900-\\uFAFF]',
    '|[\\uFE30-\\uFE6F\\uFF01-\\uFF60\\uFFE0-\\uFFE6]',
    '|[\\u{17000}-\\u{18D08}\\u{1AFF0}-\\u{1B2FB}\\u{20000}-\\u{3FFFD}])',
  ].join(''),
  'u',
)
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** The text on one line, with nothing in it that a terminal would obey. */
export const printable = (text: string): string =>
  text.replace(lineBreaks, ' ').replace(controls, visibleSign)

export function displayWidth(text: string): number {
  if (plainAscii.test(text)) {
    return text.length
  }
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment)
  }
  return width
}

/** At most `width` columns; what is cut shows as `…`. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) {
    return text
  }
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment)
    if (used > width - 1) {
      break
    }
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + spaces : spaces + text
}

/** Lines of at most `width` columns, broken at spaces; U+00A0 is not one, and no word is cut. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else {
      lines.push(word)
    }
  }
  return lines
}

/** The width of the longest word: the least that `wrapWords` can do with. */
export const longestWord = (text: string): number => Math.max(...text.split(' ').map(displayWidth))

function graphemeWidth(segment: string): number {
  if (invisible.test(segment)) {
    return 0
  }
  return wide.test(segment) ? 2 : 1
}

/** ␀ … ␟ and ␡ have signs of their own; for the others U+FFFD says that something is there. */
function visibleSign(control: string): string {
  const code = control.charCodeAt(0)
  if (code === 0x7f) {
    return '\u2421'
  }
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD'
}
