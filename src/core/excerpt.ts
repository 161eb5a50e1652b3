const charactersMax = 64

/**
 * What a refusal may repeat of a text it could not read: its first 64 characters, without the ones
 * that PostgreSQL, XML or a terminal refuse. Cutting can halve a surrogate pair (a pasted emoji at
 * the 64th place), and half a pair in an answer or a row is an error far from its cause.
 */
export function excerpt(text: string): string {
  return text
    .slice(0, charactersMax)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD')
}
