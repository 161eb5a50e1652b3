import type { Canonical } from '#core/canonical.ts'

/**
 * An open session as its person sees it: begun there and then, used last at, this one or another
 * one. It is called by an id that opens nothing. It changes once, by ending, and is not seen any
 * more then: its version is always 1.
 */
export interface OwnSession {
  readonly id: string
  readonly createdAt: string
  readonly lastUsedAt: string
  readonly expiresAt: string
  /** Null where nobody noted it. */
  readonly address: string | null
  readonly isCurrent: boolean
}

export const ownSessionVersion = 1

/** What an event says of it: not the last use, which is no part of what was ended. */
export const sessionSaid = ({ id, createdAt, expiresAt, address }: OwnSession) =>
  ({ id, createdAt, expiresAt, address }) satisfies Canonical

export const ownSessionFacts = (session: OwnSession) =>
  ({
    id: session.id,
    version: ownSessionVersion,
    createdAt: session.createdAt,
    lastUsedAt: session.lastUsedAt,
    expiresAt: session.expiresAt,
    address: session.address,
    isCurrent: session.isCurrent,
  }) satisfies Canonical
