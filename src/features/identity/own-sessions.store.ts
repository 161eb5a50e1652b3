import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { OwnSession } from './own-session.ts'
import { isAlive } from './session.store.ts'

/** Whose sessions, and the hash of the one that asks: null where a token asks. */
export interface Holder {
  readonly email: string
  readonly current: string | null
}

/** The open ones, the newest first. */
export async function listOwnSessions(
  handle: Handle,
  holder: Holder,
): Promise<readonly OwnSession[]> {
  const rows = await ownSessions(handle, holder).execute()
  return rows.map(sessionOf)
}

/** The same, until the transaction's end: none of them is ended by two. */
export async function lockOwnSessions(work: Work, holder: Holder): Promise<readonly OwnSession[]> {
  const rows = await ownSessions(work, holder).forUpdate('session').execute()
  return rows.map(sessionOf)
}

export async function endOwnSessions(work: Work, ids: readonly string[]): Promise<void> {
  await work
    .updateTable('session')
    .set({ ended_at: sql<string>`now()` })
    .where('session.id', 'in', ids)
    .execute()
}

const ownSessions = (handle: Handle, { email, current }: Holder) =>
  handle
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person')
    .where('person.email', '=', email)
    .where(isAlive)
    .select([
      'session.id',
      'session.created_at',
      'session.used_at',
      'session.expires_at',
      'session.address',
      sql<boolean>`session.hash is not distinct from ${current}`.as('is_current'),
    ])
    .orderBy('session.created_at', 'desc')
    .orderBy('session.id')

interface SessionRow {
  readonly id: string
  readonly created_at: string
  readonly used_at: string
  readonly expires_at: string
  readonly address: string | null
  readonly is_current: boolean
}

const sessionOf = (row: SessionRow): OwnSession => ({
  id: row.id,
  createdAt: instant(row.created_at),
  lastUsedAt: instant(row.used_at),
  expiresAt: instant(row.expires_at),
  address: row.address,
  isCurrent: row.is_current,
})

const instant = (text: string): string => new Date(text).toISOString()
