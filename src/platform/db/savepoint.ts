import { sql } from 'kysely'
import { isUnavailable } from './connect.ts'
import type { Handle } from './transaction.ts'

/**
 * Work inside a transaction whose failure leaves the transaction usable: answers what failed instead
 * of throwing it. A database that is away is thrown: nothing goes on without it.
 */
export async function attempt<T>(
  handle: Handle,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly failed: Error }> {
  await sql`savepoint attempt`.execute(handle)
  try {
    const done = await work()
    await sql`release savepoint attempt`.execute(handle)
    return { done }
  } catch (error) {
    if (isUnavailable(error)) {
      throw error
    }
    await sql`rollback to savepoint attempt`.execute(handle)
    return { failed: error instanceof Error ? error : new Error(String(error)) }
  }
}
