import { randomBytes } from 'node:crypto'
import { secretHash } from '#features/identity/identity.public.ts'
import type { TestApp } from './app.ts'

/** The cookie of somebody who has signed in, without the time that a password takes. */
export async function sessionFor(
  { database }: Pick<TestApp, 'database'>,
  email: string,
): Promise<string> {
  const session = randomBytes(32).toString('base64url')
  const { rowCount } = await database.owner.query(
    `insert into session (hash, person, expires_at)
    select $1, person.id, now() + interval '1 hour' from person where person.email = $2`,
    [secretHash(session), email],
  )
  if (rowCount !== 1) {
    throw new RangeError(`there is nobody of the address ${email}`)
  }
  return `__Host-vigie=${session}`
}
