/**
 * Bearer tokens: `vigie_` and 32 random bytes in base64url. Only the SHA-256 is stored, so a stolen
 * database signs nobody in. A token carries its person's rights and no more, and expires.
 */
export const tokenPrefix = 'vigie_'
export const tokenDaysDefault = 90
export const tokenDaysMax = 366

export const isTokenForm = (text: string): boolean => /^vigie_[A-Za-z0-9_-]{43}$/.test(text)
