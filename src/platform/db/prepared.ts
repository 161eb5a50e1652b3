/**
 * Statements that come with parameters are prepared: a connection parses and plans each of them
 * once, which halves what a posting costs the database. The text decides the name, so the
 * same statement has the same name on every connection of the process.
 */
const namesMax = 256
const names = new Map<string, string>()

const plannable = /^\s*(?:select|insert|update|delete|with)\b/i

/** What to send in place of (text, values): the same, with a name; anything else stays as it is. */
export function named(query: readonly unknown[]): readonly unknown[] {
  const [text, values, ...rest] = query
  if (typeof text !== 'string' || !Array.isArray(values)) return query
  const name = nameOf(text)
  return name === null ? query : [{ name, text, values }, ...rest]
}

/** Null past the limit: texts that vary without end must not fill the server's memory. */
function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= namesMax || !plannable.test(text)) return null
  const name = `vigie_${names.size + 1}`
  names.set(text, name)
  return name
}

/**
 * A migration changed what a statement answers: its plan stays unusable for as long as its
 * connection lives.
 */
export const isPlanOutdated = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === '0A000' &&
  error.message.startsWith('cached plan')
