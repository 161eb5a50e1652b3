import { Money } from './money.ts'
import { compareUtf8, utf8BytesOf, utf8Length } from './utf8.ts'

/**
 * The one text of a value, for hashes and signatures (docs/architecture.md). Our own format,
 * since a hash of whatever an encoder emits breaks when the encoder changes: no two values share a
 * text and a value has no second text. Null `n;`, true `t;`, false `f;`, integer `i42;`, string
 * `s<bytes>:<text>;`, array `a<count>:<items>;`, object `o<count>:<key><value>…;`. Lengths are bytes
 * of UTF-8 and keys sort by those bytes (U+FF5E before an emoji, unlike JavaScript's own sort).
 * {on: '2026-03-31', amount: money('5.00')} is `o2:s6:amount;s4:5.00;s2:on;s10:2026-03-31;;`.
 */
export type Canonical =
  | null
  | boolean
  | number
  | string
  | Money
  | readonly Canonical[]
  | { readonly [key: string]: Canonical }

/** What `parseCanonical` gives back: an amount is its text there. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue }

const depthMax = 64

/**
 * @throws RangeError for what has no text: a number that is not a safe integer, undefined (a hole in
 * an array too), half a surrogate pair, NUL, anything but plain objects, more than 64 levels.
 */
export const canonical = (value: Canonical): string => write(value, 0)

function write(value: Canonical, depth: number): string {
  if (depth > depthMax) {
    throw new RangeError(`a canonical value has at most ${depthMax} levels`)
  }
  if (value === null) {
    return 'n;'
  }
  if (typeof value === 'boolean') {
    return value ? 't;' : 'f;'
  }
  if (typeof value === 'string') {
    return writeString(value)
  }
  if (Number.isSafeInteger(value)) {
    return `i${value};`
  }
  if (value instanceof Money) {
    return writeString(value.toString())
  }
  if (Array.isArray(value)) {
    return `a${value.length}:${Array.from(value, (item) => write(item, depth + 1)).join('')};`
  }
  return writeObject(value, depth)
}

function writeString(text: string): string {
  if (!text.isWellFormed() || text.includes('\0')) {
    throw new RangeError('a canonical string has no lone surrogate and no NUL')
  }
  return `s${utf8Length(text)}:${text};`
}

function writeObject(value: unknown, depth: number): string {
  if (!isPlainObject(value)) {
    throw new RangeError(`no canonical text for ${typeof value}`)
  }
  const entries = Object.keys(value)
    .sort(compareUtf8)
    .map((key) => writeString(key) + write(value[key] as Canonical, depth + 1))
  return `o${entries.length}:${entries.join('')};`
}

function isPlainObject(value: unknown): value is { readonly [key: string]: Canonical } {
  if (typeof value !== 'object' || value === null) {
    return false
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = prototype === Object.prototype || prototype === null
  return isPlain && Object.getOwnPropertySymbols(value).length === 0
}

interface Source {
  readonly text: string
  at: number
}

/**
 * The exact inverse: reads leniently, then compares with the text that the value has. Whatever is
 * not canonical (unsorted or repeated keys, `i007;`, bytes after the end) fails there.
 * @throws RangeError
 */
export function parseCanonical(text: string): JsonValue {
  const value = parse({ text, at: 0 }, 0)
  if (canonical(value) !== text) {
    throw new RangeError('not a canonical text')
  }
  return value
}

function parse(source: Source, depth: number): JsonValue {
  if (depth > depthMax) {
    throw new RangeError(`a canonical text has at most ${depthMax} levels`)
  }
  const kind = take(source, 1)
  switch (kind) {
    case 's':
      return parseString(source)
    case 'i':
      return Number(takeUntil(source, ';'))
    case 'a':
      return parseItems(source, () => parse(source, depth + 1))
    case 'o':
      return Object.fromEntries(
        parseItems(source, () => {
          take(source, 1)
          return [parseString(source), parse(source, depth + 1)]
        }),
      )
    default:
      take(source, 1)
      return parseWord(kind)
  }
}

function parseWord(kind: string): boolean | null {
  if (kind === 'n') {
    return null
  }
  if (kind !== 't' && kind !== 'f') {
    throw new RangeError('not a canonical text: unknown kind')
  }
  return kind === 't'
}

function parseString(source: Source): string {
  const text = take(source, parseCount(source))
  take(source, 1)
  return text
}

function parseItems<T>(source: Source, parseItem: () => T): T[] {
  const count = parseCount(source)
  const items: T[] = []
  while (items.length < count) {
    items.push(parseItem())
  }
  take(source, 1)
  return items
}

function parseCount(source: Source): number {
  const digits = takeUntil(source, ':')
  if (!/^\d{1,10}$/.test(digits)) {
    throw new RangeError('not a canonical text: bad length')
  }
  return Number(digits)
}

function takeUntil(source: Source, end: ':' | ';'): string {
  const at = source.text.indexOf(end, source.at)
  if (at < 0) {
    throw new RangeError(`not a canonical text: no ${end}`)
  }
  const taken = source.text.slice(source.at, at)
  source.at = at + 1
  return taken
}

function take(source: Source, bytes: number): string {
  let end = source.at
  let left = bytes
  while (left > 0 && end < source.text.length) {
    left -= utf8BytesOf(source.text.charCodeAt(end))
    end += 1
  }
  if (left !== 0) {
    throw new RangeError('not a canonical text: a length does not fit')
  }
  const taken = source.text.slice(source.at, end)
  source.at = end
  return taken
}
