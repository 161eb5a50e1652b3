import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Actor } from './actor.ts'
import { people, rolesOf } from './identity.store.ts'
import type { KeptToken } from './token.ts'

export interface FoundToken {
  readonly actor: Actor
  readonly hash: string
  /** Nobody wrote its use down for a minute. */
  readonly isUseOld: boolean
}

/** The person behind a token that is neither expired nor revoked nor of a disabled person. */
export async function findTokenActor(handle: Handle, hash: string): Promise<FoundToken | null> {
  const row = await people(handle)
    .innerJoin('api_token', 'api_token.person', 'person.id')
    .where('api_token.hash', '=', hash)
    .where('person.is_disabled', '=', false)
    .where('api_token.revoked_at', 'is', null)
    .where(sql<boolean>`api_token.expires_at > now()`)
    .select(
      sql<boolean>`coalesce(api_token.last_used_at < now() - interval '1 minute', true)`.as(
        'is_use_old',
      ),
    )
    .executeTakeFirst()
  return row === undefined
    ? null
    : {
        actor: { email: row.email, roles: rolesOf(row.roles) },
        hash,
        isUseOld: row.is_use_old,
      }
}

export async function noteTokenUse(handle: Handle, hash: string): Promise<void> {
  await handle
    .updateTable('api_token')
    .set({ last_used_at: sql<string>`now()` })
    .where('api_token.hash', '=', hash)
    .where(sql<boolean>`coalesce(api_token.last_used_at < now() - interval '1 minute', true)`)
    .execute()
}

export interface NewToken {
  readonly hash: string
  readonly person: string
  readonly days: number
  readonly label: string
}

export async function saveToken(work: Work, token: NewToken): Promise<KeptToken> {
  const { hash, person, days, label } = token
  await work
    .insertInto('api_token')
    .values({
      hash,
      person,
      label,
      expires_at: sql<string>`now() + make_interval(days => ${days})`,
    })
    .execute()
  const row = await tokens(work).where('api_token.hash', '=', hash).executeTakeFirstOrThrow()
  return tokenOf(row)
}

/** Newest first; of one person, or of all. */
export async function listTokens(
  handle: Handle,
  email: string | null,
): Promise<readonly KeptToken[]> {
  const rows = await tokens(handle)
    .$if(email !== null, (query) => query.where('person.email', '=', email ?? ''))
    .orderBy('api_token.created_at', 'desc')
    .orderBy('api_token.id')
    .execute()
  return rows.map(tokenOf)
}

export async function lockToken(work: Work, id: string): Promise<KeptToken | null> {
  const row = await tokens(work)
    .where('api_token.id', '=', id)
    .forUpdate('api_token')
    .executeTakeFirst()
  return row === undefined ? null : tokenOf(row)
}

export async function saveRevocation(work: Work, id: string): Promise<void> {
  await work
    .updateTable('api_token')
    .set({ revoked_at: sql<string>`now()` })
    .where('api_token.id', '=', id)
    .execute()
}

export async function revokeTokensOf(work: Work, person: string): Promise<void> {
  await work
    .updateTable('api_token')
    .set({ revoked_at: sql<string>`now()` })
    .where('api_token.person', '=', person)
    .where('api_token.revoked_at', 'is', null)
    .execute()
}

const tokens = (handle: Handle) =>
  handle
    .selectFrom('api_token')
    .innerJoin('person', 'person.id', 'api_token.person')
    .select([
      'api_token.id',
      'person.email',
      'api_token.label',
      'api_token.created_at',
      'api_token.expires_at',
      'api_token.last_used_at',
      'api_token.revoked_at',
    ])

interface TokenRow {
  readonly id: string
  readonly email: string
  readonly label: string
  readonly created_at: string
  readonly expires_at: string
  readonly last_used_at: string | null
  readonly revoked_at: string | null
}

const tokenOf = (row: TokenRow): KeptToken => ({
  id: row.id,
  email: row.email,
  label: row.label,
  createdAt: instant(row.created_at),
  expiresAt: instant(row.expires_at),
  lastUsedAt: row.last_used_at === null ? null : instant(row.last_used_at),
  revokedAt: row.revoked_at === null ? null : instant(row.revoked_at),
})

const instant = (text: string): string => new Date(text).toISOString()
