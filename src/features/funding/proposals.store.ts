import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import type { OpenState } from './proposal.ts'

/** Envelopes and relations that people propose and that are at this state. */
export async function countProposals(
  handle: Handle,
  organizations: readonly string[],
  state: OpenState,
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count
    from (
      select envelope_proposal.state, envelope_proposal.organization from envelope_proposal
      union all
      select relation_proposal.state, relation_proposal.organization from relation_proposal
    ) as proposal
    where proposal.state = ${state}
      and (
        ${organizations.includes('*')}
        or proposal.organization = any (${[...organizations]}::text[])
      )
  `.execute(handle)
  return Number(rows[0]?.count)
}
