import { Problem } from '#core/problem.ts'

/**
 * Refuses what PostgreSQL would store as something else, or not at all: `undefined` becomes NULL,
 * a lone surrogate becomes U+FFFD, a NUL ends the text. Amounts and days come as text, so text is
 * where the damage would be.
 * @throws Problem `database/unstorable-text`
 */
export function refuseUnstorable(query: readonly unknown[]): void {
  const [statement, values] = query
  if (typeof statement === 'string') check(statement, 'statement')
  if (isRecord(statement)) {
    check(statement.text ?? null, 'statement')
    if (Array.isArray(statement.values)) checkValues(statement.values)
  }
  if (Array.isArray(values)) checkValues(values)
}

function checkValues(values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) check(value, `$${index + 1}`)
}

function check(value: unknown, place: string): void {
  if (value === undefined) throw unstorable(place, 'undefined')
  if (typeof value === 'string') checkText(value, place)
  else if (Array.isArray(value)) for (const each of value) check(each, place)
  else if (isRecord(value)) checkJson(value, place)
}

/** `pg` sends an object as JSON, where a field that is `undefined` is a field that is not there. */
function checkJson(value: Readonly<Record<string, unknown>>, place: string): void {
  for (const [name, each] of Object.entries(value)) {
    checkText(name, place)
    if (each !== undefined) check(each, place)
  }
}

function checkText(text: string, place: string): void {
  if (text.includes('\0')) throw unstorable(place, 'NUL')
  if (!text.isWellFormed()) throw unstorable(place, 'lone surrogate')
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Date) &&
  !ArrayBuffer.isView(value)

const unstorable = (place: string, what: string): Problem =>
  new Problem(
    'invalid',
    'database/unstorable-text',
    {
      fr: 'Une valeur contient un caractère qui ne peut pas être conservé; retirez-le et recommencez.',
      en: 'A value contains a character that cannot be kept; remove it and try again.',
    },
    { detail: `${place}: ${what}` },
  )
