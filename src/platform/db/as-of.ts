import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * A position of the record to read at; null is now. What is versioned names the event that said it.
 */
export type AsOf = number | null

/** Whether the event that a column names was recorded by then. */
export const knownAt = (event: string, asOf: AsOf): RawBuilder<SqlBool> =>
  asOf === null ? sql<SqlBool>`true` : sql<SqlBool>`event_position(${sql.ref(event)}) <= ${asOf}`
