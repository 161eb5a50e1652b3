import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'

/**
 * Approved revisions and the entries that they posted, both ways: an entry without its revision, a
 * revision without its entry, and cells that say something else on one side than on the other.
 */
export async function findRevisionBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with said as (
      select
        revision.id::text as revision, revision.kind, revision.organization,
        revision.effective_on, revision_line.envelope, revision_line.measure,
        revision_line.fiscal_year::text as fiscal_year,
        case revision.kind when 'reduction' then -revision_line.amount
          else revision_line.amount end as amount
      from revision
      inner join revision_line on revision_line.revision = revision.id
      where revision.state = 'approved'
    ),
    posted as (
      select
        journal_entry.document as revision, journal_entry.kind, journal_entry.organization,
        journal_entry.effective_on, journal_line.envelope, journal_line.measure,
        journal_line.fiscal_year::text as fiscal_year, sum(journal_line.amount) as amount
      from journal_entry
      inner join journal_line on journal_line.entry = journal_entry.id
      where journal_entry.document_type = 'revision' and journal_line.account = 'available'
      group by journal_entry.id, 1, 2, 3, 4, 5, 6, 7
    ),
    compared as (
      select said.*, amount as expected, 0.00 as found from said
      union all
      select posted.*, 0.00, amount from posted
    )
    select
      concat_ws(' ', 'revision', coalesce(revision.number, compared.revision), compared.kind,
        compared.envelope, compared.measure, compared.fiscal_year) as place,
      sum(compared.expected)::text as expected, sum(compared.found)::text as found
    from compared
    left join revision on revision.id::text = compared.revision
    group by compared.revision, revision.number, compared.kind, compared.organization,
      compared.effective_on, compared.envelope, compared.measure, compared.fiscal_year
    having sum(compared.expected) <> sum(compared.found)
    union all
    select
      concat_ws(' ', 'revision', revision.number, 'entry'), revision.entry::text,
      coalesce(journal_entry.document, '-')
    from revision
    left join journal_entry on journal_entry.id = revision.entry
    where revision.state = 'approved'
      and (journal_entry.document_type, journal_entry.document)
        is distinct from ('revision', revision.id::text)
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Approved envelopes and relations of people, and the rows of the plan that they became. */
export async function findProposalBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'envelope ' || proposal.code as place,
      concat_ws(' ', proposal.organization, proposal.event) as expected,
      coalesce(concat_ws(' ', envelope.organization, envelope.event), '-') as found
    from envelope_proposal as proposal
    left join envelope on envelope.code = proposal.code
    where proposal.state = 'approved'
      and (envelope.event, envelope.organization, envelope.programme)
        is distinct from (proposal.event, proposal.organization, proposal.programme)
    union all
    select
      concat_ws(' ', 'terms of', proposal.code), said.terms, coalesce(granted.terms, '-')
    from envelope_proposal as proposal
    cross join lateral (
      select string_agg(
        concat_ws(' ', kind, amount, first_fiscal_year, last_fiscal_year), ', ' order by place
      ) as terms
      from envelope_proposal_term where envelope_proposal_term.envelope = proposal.code
    ) as said
    cross join lateral (
      select string_agg(
        concat_ws(' ', kind, amount, first_fiscal_year, last_fiscal_year), ', ' order by place
      ) as terms
      from funding_term where funding_term.envelope = proposal.code
    ) as granted
    where proposal.state = 'approved' and said.terms is distinct from granted.terms
    union all
    select
      concat_ws(' ', 'relation', proposal.from_envelope, proposal.to_envelope),
      concat_ws(' ', proposal.kind, proposal.if_not_additive),
      coalesce(concat_ws(' ', relation.kind, relation.if_not_additive), '-')
    from relation_proposal as proposal
    left join relation on relation.from_envelope = proposal.from_envelope
      and relation.to_envelope = proposal.to_envelope
      and relation.event = proposal.event
    where proposal.state = 'approved'
      and (relation.kind, relation.if_not_additive, relation.is_stated)
        is distinct from (proposal.kind, proposal.if_not_additive, proposal.is_stated)
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
