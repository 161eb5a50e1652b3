import type { Canonical } from '#core/canonical.ts'
import { type Reading, read, unread } from '#core/issues.ts'

/**
 * Bearer tokens: `vigie_` and 32 random bytes in base64url. Only the SHA-256 is stored, so a stolen
 * database signs nobody in. A token carries its person's rights and no more, and expires.
 */
export const tokenPrefix = 'vigie_'
export const tokenDaysDefault = 90
export const tokenDaysMax = 366

export function readTokenDays(text: string): Reading<number> {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return days >= 1 && days <= tokenDaysMax
    ? read(days)
    : unread('identity/token-days', {
        fr: `Un jeton vaut de 1 à ${tokenDaysMax} jours.`,
        en: `A token is good for 1 to ${tokenDaysMax} days.`,
      })
}

export const isTokenForm = (text: string): boolean => /^vigie_[A-Za-z0-9_-]{43}$/.test(text)

/** What is known of a token once it was given away. */
export interface KeptToken {
  readonly id: string
  readonly email: string
  readonly label: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

/** A token changes once: 1 until it is revoked, 2 from then on. */
export const versionOfToken = ({ revokedAt }: KeptToken): number => (revokedAt === null ? 1 : 2)

export const tokenFacts = (token: KeptToken) =>
  ({
    id: token.id,
    email: token.email,
    label: token.label,
    version: versionOfToken(token),
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    lastUsedAt: token.lastUsedAt,
    revokedAt: token.revokedAt,
  }) satisfies Canonical
