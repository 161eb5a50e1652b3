/**
 * What somebody typed into a form whose session had ended: kept in the sign-in page itself, since
 * nobody is known whom the service could keep it for, and offered to be sent once they are. It comes
 * back from a browser, so it is read as strictly as any form.
 */
export type Kept = Readonly<Record<string, string | readonly string[]>>

export const keptText = (kept: Kept): string => JSON.stringify(kept)

/** Null for what we never wrote. */
export function readKept(text: string): Kept | null {
  try {
    const value: unknown = JSON.parse(text)
    const isKept =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every(isTexts)
    return isKept ? (value as Kept) : null
  } catch {
    return null
  }
}

const isTexts = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.every((each) => typeof each === 'string'))
