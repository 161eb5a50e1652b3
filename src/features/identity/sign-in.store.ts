import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { triesMax, triesMinutes } from './sign-in.ts'

/** One account from one address. */
export interface TriedFrom {
  readonly account: string
  readonly address: string
}

export interface Try extends TriedFrom {
  /** The instant it is kept under. */
  readonly at: string
  /** This one among those of the last minutes, 1 to `triesMax`. */
  readonly place: number
}

const window = sql`make_interval(mins => ${triesMinutes})`

/** Those of a kept row that still count. */
const recent = sql`array(
  select failed.at from unnest(kept.failed_at) as failed (at)
  where failed.at > clock_timestamp() - ${window}
)`

/**
 * Counts a try before it is made, in one statement: the row's lock puts tries that come together in
 * line, so that no more than `triesMax` are ever under way or failed. Null when none is left.
 */
export async function takeTry(handle: Handle, from: TriedFrom): Promise<Try | null> {
  const { rows } = await sql<{ at: string; place: number }>`
    insert into sign_in_attempt as kept (account, address, failed_at, last_at)
    values (${from.account}, ${from.address}, array[clock_timestamp()], clock_timestamp())
    on conflict on constraint sign_in_attempt_pk do update
    set failed_at = ${recent} || excluded.failed_at, last_at = excluded.last_at
    where cardinality(${recent}) < ${triesMax}
    returning kept.failed_at[cardinality(kept.failed_at)]::text as at,
      cardinality(kept.failed_at) as place
  `.execute(handle)
  const [taken] = rows
  return taken === undefined ? null : { ...from, ...taken }
}

/** Takes back a try that did not fail; answers how many others failed lately. */
export async function giveTryBack(handle: Handle, { account, address, at }: Try): Promise<number> {
  const { rows } = await sql<{ failed: number }>`
    update sign_in_attempt as kept
    set failed_at = array_remove(kept.failed_at, ${at}::timestamptz)
    where kept.account = ${account} and kept.address = ${address}
    returning cardinality(${recent}) as failed
  `.execute(handle)
  return rows[0]?.failed ?? 0
}

/** Until the oldest try that counts no longer does. */
export async function secondsToNextTry(handle: Handle, from: TriedFrom): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select greatest(1, ceil(extract(epoch from min(failed.at) + ${window} - clock_timestamp())))
      ::integer as seconds
    from sign_in_attempt as kept, unnest(kept.failed_at) as failed (at)
    where kept.account = ${from.account} and kept.address = ${from.address}
      and failed.at > clock_timestamp() - ${window}
  `.execute(handle)
  return rows[0]?.seconds ?? 1
}

const sweptMax = 100

/** Some of the rows that no longer count; those that somebody works on are left for the next time. */
export async function sweepTries(handle: Handle): Promise<void> {
  await sql`
    delete from sign_in_attempt
    where (sign_in_attempt.account, sign_in_attempt.address) in (
      select old.account, old.address from sign_in_attempt as old
      where old.last_at < now() - ${window}
      limit ${sweptMax}
      for update skip locked
    )
  `.execute(handle)
}

export interface Credentials {
  readonly person: string
  readonly email: string
  readonly hash: string
  /** Tells one password from the next; the same password hashed anew keeps it. */
  readonly changedAt: string
}

/** Of a person who may sign in: enabled, and with a password. */
export async function findCredentials(
  handle: Handle,
  account: string,
): Promise<Credentials | null> {
  const row = await credentials(handle, account).executeTakeFirst()
  return row ?? null
}

/**
 * The same under a lock on both rows: disabling and another password wait, or have been waited for
 * and are seen. Who goes on to write the password says so: of two who share its row neither could.
 */
export async function lockCredentials(
  work: Work,
  account: string,
  { writes }: { writes: boolean },
): Promise<Credentials | null> {
  const shared = credentials(work, account).forShare('person')
  const locked = writes ? shared.forUpdate('person_password') : shared.forShare('person_password')
  return (await locked.executeTakeFirst()) ?? null
}

const credentials = (handle: Handle, account: string) =>
  handle
    .selectFrom('person')
    .innerJoin('person_password', 'person_password.person', 'person.id')
    .where('person.email', '=', account)
    .where('person.is_disabled', '=', false)
    .select([
      'person.id as person',
      'person.email',
      'person_password.hash',
      'person_password.changed_at as changedAt',
    ])

export async function savePassword(work: Work, person: string, hash: string): Promise<void> {
  await work
    .insertInto('person_password')
    .values({ person, hash })
    .onConflict((conflict) =>
      conflict.column('person').doUpdateSet({ hash, changed_at: sql<string>`now()` }),
    )
    .execute()
}

/** The same password, kept with today's parameters. */
export async function renewHash(work: Work, person: string, hash: string): Promise<void> {
  await work
    .updateTable('person_password')
    .set({ hash })
    .where('person_password.person', '=', person)
    .execute()
}
