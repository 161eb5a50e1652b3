import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Actor } from './actor.ts'
import { people, rolesOf } from './identity.store.ts'
import { sessionHours, sessionIdleMinutes } from './session.ts'

export interface FoundSession {
  readonly actor: Actor
  readonly name: string
  readonly expiresAt: string
  /** Nobody wrote its use down for a minute. */
  readonly isUseOld: boolean
}

export const isAlive = sql<boolean>`session.ended_at is null
  and session.expires_at > now()
  and session.used_at > now() - make_interval(mins => ${sessionIdleMinutes})`

/** The session of a cookie, unless it ended in one of its ways or its person is disabled. */
export async function findSession(handle: Handle, hash: string): Promise<FoundSession | null> {
  const row = await people(handle)
    .innerJoin('session', 'session.person', 'person.id')
    .where('session.hash', '=', hash)
    .where('person.is_disabled', '=', false)
    .where(isAlive)
    .select([
      'session.expires_at',
      sql<boolean>`session.used_at < now() - interval '1 minute'`.as('is_use_old'),
    ])
    .executeTakeFirst()
  return row === undefined
    ? null
    : {
        actor: { email: row.email, roles: rolesOf(row.roles) },
        name: row.name,
        expiresAt: new Date(row.expires_at).toISOString(),
        isUseOld: row.is_use_old,
      }
}

export async function noteSessionUse(handle: Handle, hash: string): Promise<void> {
  await handle
    .updateTable('session')
    .set({ used_at: sql<string>`now()` })
    .where('session.hash', '=', hash)
    .where(sql<boolean>`session.used_at < now() - interval '1 minute'`)
    .execute()
}

export interface NewSession {
  readonly hash: string
  readonly person: string
  readonly address: string
}

/** Answers when it ends at the latest. */
export async function saveSession(work: Work, session: NewSession): Promise<string> {
  const { expires_at } = await work
    .insertInto('session')
    .values({
      ...session,
      expires_at: sql<string>`now() + make_interval(hours => ${sessionHours})`,
    })
    .returning('session.expires_at')
    .executeTakeFirstOrThrow()
  return new Date(expires_at).toISOString()
}

/** Answers whose it was; null when it had ended already. */
export async function endSession(work: Work, hash: string): Promise<string | null> {
  const row = await work
    .updateTable('session')
    .from('person')
    .set({ ended_at: sql<string>`now()` })
    .where('session.hash', '=', hash)
    .whereRef('person.id', '=', 'session.person')
    .where('session.ended_at', 'is', null)
    .returning('person.email')
    .executeTakeFirst()
  return row?.email ?? null
}

export async function endSessionsOf(work: Work, person: string): Promise<void> {
  await work
    .updateTable('session')
    .set({ ended_at: sql<string>`now()` })
    .where('session.person', '=', person)
    .where('session.ended_at', 'is', null)
    .execute()
}

const keptDays = 30
const sweptMax = 100

/** A session that ended is kept for a month, to tell when somebody was last there. */
export async function sweepSessions(handle: Handle): Promise<void> {
  await sql`
    delete from session
    where session.hash in (
      select old.hash from session as old
      where old.expires_at < now() - make_interval(days => ${keptDays})
      limit ${sweptMax}
      for update skip locked
    )
  `.execute(handle)
}
