import { canonical, parseCanonical } from './canonical.ts'
import { excerpt } from './excerpt.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * A page of a list (contract: `?limit=` up to 500, `&cursor=`). The cursor holds the sort values of
 * the last row that was shown, not an offset: rows recorded meanwhile neither repeat nor hide one.
 * It is opaque but not secret: base64url (RFC 4648, section 5, no padding) of canonical text, and
 * one list of values has one cursor. encodeCursor(['2026-03-31']) is 'YTE6czEwOjIwMjYtMDMtMzE7Ow'.
 */
export const limitDefault = 50
export const limitMax = 500

const cursorMax = 4096

const badCursor = {
  fr: 'Le curseur de page n’est pas valide. Reprenez celui de la réponse précédente ou recommencez à la première page.',
  en: 'The page cursor is not valid. Use the one from the previous answer or start again from the first page.',
}
const badLimit = {
  fr: 'Le nombre d’éléments par page doit être un nombre entier de 1 à 500.',
  en: 'The number of items per page must be a whole number from 1 to 500.',
}

/** @throws RangeError when the values are too long for an address: sort by something shorter. */
export function encodeCursor(values: readonly string[]): string {
  const bytes = new TextEncoder().encode(canonical(values))
  const cursor = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  if (cursor.length > cursorMax) {
    throw new RangeError(`a cursor has at most ${cursorMax} characters`)
  }
  return cursor
}

export function readCursor(text: string): Reading<readonly string[]> {
  const values = decodeCursor(text)
  return values === null ? unread('page/cursor', badCursor, excerpt(text)) : read(values)
}

/** Undefined, when the address has no limit, is 50. */
export function readLimit(text: string | undefined): Reading<number> {
  if (text === undefined) {
    return read(limitDefault)
  }
  const limit = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > limitMax) {
    return unread('page/limit', badLimit, excerpt(text))
  }
  return read(limit)
}

/** Null unless `encodeCursor` would write this very text. */
function decodeCursor(text: string): readonly string[] | null {
  if (text.length > cursorMax) {
    return null
  }
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const values = parseCanonical(new TextDecoder().decode(bytes))
    return isTexts(values) && encodeCursor(values) === text ? values : null
  } catch {
    return null
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
