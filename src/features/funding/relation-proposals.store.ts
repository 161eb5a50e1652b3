import { type SqlBool, sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type OpenState, proposalState } from './proposal.ts'
import { relationKinds } from './relation.ts'
import type { RelationProposal } from './relation-proposal.ts'

const selectProposals = (handle: Handle) =>
  handle
    .selectFrom('relation_proposal')
    .selectAll('relation_proposal')
    .select(sql<string | null>`event_position(relation_proposal.event)`.as('position'))

type Row = Awaited<ReturnType<ReturnType<typeof selectProposals>['executeTakeFirstOrThrow']>>

const proposalOf = (row: Row): RelationProposal => ({
  id: row.id,
  from: row.from_envelope,
  to: row.to_envelope,
  kind: relationKinds.find((kind) => kind === row.kind) ?? 'unknown',
  stated: row.is_stated,
  ifNotAdditive:
    row.if_not_additive === 'replaces' || row.if_not_additive === 'includes'
      ? row.if_not_additive
      : null,
  citation: row.citation,
  document: row.citation_document,
  state: proposalState(row.state),
  version: row.version,
  organization: row.organization,
  preparedBy: row.prepared_by,
  changedBy: row.changed_by,
  submittedBy: row.submitted_by,
  approvedBy: row.approved_by,
  position: row.position === null ? null : Number(row.position),
})

export async function findRelationProposal(
  handle: Handle,
  id: string,
): Promise<RelationProposal | null> {
  const row = await selectProposals(handle)
    .where('relation_proposal.id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : proposalOf(row)
}

export async function lockRelationProposal(
  work: Work,
  id: string,
): Promise<RelationProposal | null> {
  await work
    .selectFrom('relation_proposal')
    .select('relation_proposal.id')
    .where('relation_proposal.id', '=', id)
    .forUpdate()
    .execute()
  return findRelationProposal(work, id)
}

/** Those under way that the reader reaches. */
export async function listRelationProposals(
  handle: Handle,
  states: readonly OpenState[],
): Promise<readonly RelationProposal[]> {
  const rows = await selectProposals(handle)
    .where(sql<SqlBool>`relation_proposal.state = any (${[...states]}::text[])`)
    .orderBy('relation_proposal.from_envelope')
    .orderBy('relation_proposal.to_envelope')
    .orderBy('relation_proposal.id')
    .execute()
  return rows.map(proposalOf)
}

/** What a proposal says, where it stands and who cites what. */
type Said = Omit<
  RelationProposal,
  'id' | 'state' | 'version' | 'position' | 'preparedBy' | 'submittedBy' | 'approvedBy'
>

const columnsOf = (said: Said) => ({
  organization: said.organization,
  from_envelope: said.from,
  to_envelope: said.to,
  kind: said.kind,
  is_stated: said.stated,
  if_not_additive: said.ifNotAdditive,
  citation: said.citation,
  citation_document: said.document,
  changed_by: said.changedBy,
})

export async function insertRelationProposal(work: Work, said: Said): Promise<string> {
  const { id } = await work
    .insertInto('relation_proposal')
    .values({ ...columnsOf(said), prepared_by: said.changedBy })
    .returning('relation_proposal.id')
    .executeTakeFirstOrThrow()
  return id
}

export const replaceRelationProposal = (work: Work, id: string, said: Said): Promise<void> =>
  markRelationProposal(work, id, columnsOf(said))

export async function markRelationProposal(
  work: Work,
  id: string,
  change: Partial<{
    state: string
    submitted_by: string | null
    approved_by: string
    event: string
  }> &
    Partial<ReturnType<typeof columnsOf>>,
): Promise<void> {
  await work
    .updateTable('relation_proposal')
    .set(change)
    .set(({ eb }) => ({ version: eb('relation_proposal.version', '+', 1) }))
    .where('relation_proposal.id', '=', id)
    .execute()
}

export async function deleteRelationProposal(work: Work, id: string): Promise<void> {
  await work.deleteFrom('relation_proposal').where('relation_proposal.id', '=', id).execute()
}
