import { Problem } from '#core/problem.ts'

/**
 * A cursor is opaque but not secret: whoever writes one of their own must not reach the database
 * with a value of the wrong type. Each part is checked against the form its list gives.
 * @throws Problem `page/cursor`
 */
export function cursorParts(
  cursor: readonly string[] | null,
  forms: readonly RegExp[],
): readonly string[] | null {
  if (cursor === null) {
    return null
  }
  if (
    cursor.length !== forms.length ||
    !forms.every((form, index) => form.test(cursor[index] ?? ''))
  ) {
    throw cursorRefused()
  }
  return cursor
}

export const cursorRefused = (): Problem =>
  new Problem('invalid', 'page/cursor', {
    fr: 'Le curseur de page n’est pas valide. Recommencez à la première page.',
    en: 'The page cursor is not valid. Start again from the first page.',
  })

export const cursorForms = {
  position: /^\d{1,15}$/,
  /** Since 1970, to the year 2286. */
  microseconds: /^\d{1,16}$/,
  day: /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  fiscalYear: /^\d{4}-\d{4}$/,
  number: /^[A-Z]{1,4}-\d{4}-\d{4}-\d{6,9}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const
