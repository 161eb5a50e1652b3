const namesMax = 256
const plannable = /^\s*(?:select|insert|update|delete|with)\b/i

type Query = readonly unknown[]

/**
 * Statements that come with parameters are prepared: a connection parses and plans each of them
 * once, which halves what a posting costs the database. Answers, for the statements of one
 * connection, what to send in place of (text, values): the same, with a name; anything else stays
 * as it is, and so do those past the limit: texts that vary without end must not fill the server's
 * memory.
 */
export function naming(): (query: Query) => Query {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | null => {
    const known = names.get(text)
    if (known !== undefined) return known
    if (names.size >= namesMax || !plannable.test(text)) return null
    const name = `vigie_${names.size + 1}`
    names.set(text, name)
    return name
  }
  return (query) => {
    const [text, values, ...rest] = query
    if (typeof text !== 'string' || !Array.isArray(values)) return query
    const name = nameOf(text)
    return name === null ? query : [{ name, text, values }, ...rest]
  }
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
