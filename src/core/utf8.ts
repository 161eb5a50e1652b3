/**
 * Lengths and order of text as UTF-8 has them (RFC 3629), so that PostgreSQL's "C" order and Python's
 * bytes agree with ours. JavaScript counts and sorts UTF-16 units instead: 'é' is one unit and two
 * bytes, an emoji two units and four bytes, and U+FF5E sorts after an emoji there, before it here.
 */
export function utf8Length(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    bytes += utf8BytesOf(text.charCodeAt(at))
  }
  return bytes
}

/** The bytes that one UTF-16 unit stands for: a surrogate pair is four bytes, half of it two. */
export function utf8BytesOf(unit: number): number {
  if (unit < 0x80) {
    return 1
  }
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
}

/** Negative, zero or positive. The order of UTF-8 bytes is the order of code points. */
export function compareUtf8(a: string, b: string): number {
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) {
    at += 1
  }
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1)
}
