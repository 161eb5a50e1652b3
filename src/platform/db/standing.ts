import { sql } from 'kysely'
import type { AsOf } from './as-of.ts'
import type { Handle } from './transaction.ts'

/** Where a report stands: a position, its instant and its seal. */
export interface Standing {
  readonly position: number
  /** ISO, in UTC. */
  readonly positionAt: string
  readonly seal: string
}

interface StoredStanding {
  readonly sequence: string
  readonly at: string
  readonly hash: string
}

const standingOf = ({ sequence, at, hash }: StoredStanding): Standing => ({
  position: Number(sequence),
  positionAt: new Date(at).toISOString(),
  seal: hash,
})

/** Of a position that the record has; null is now. @throws RangeError where nothing is recorded */
export async function readStanding(handle: Handle, asOf: AsOf): Promise<Standing> {
  const { rows } = await sql<StoredStanding>`
    select standing.sequence, standing.at, standing.hash
    from ${asOf === null ? sql`chain_head` : sql`chain_at(${String(asOf)}::bigint)`} as standing
  `.execute(handle)
  const [found] = rows
  if (found === undefined) {
    throw new RangeError(`nothing is recorded at position ${asOf}`)
  }
  return standingOf(found)
}
