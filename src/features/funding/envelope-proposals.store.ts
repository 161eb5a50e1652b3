import { type SqlBool, sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { FundingTerm } from './envelope.ts'
import type { EnvelopeProposal, EnvelopeStatement } from './envelope-proposal.ts'
import { type StoredTerm, termOf } from './funding.store.ts'
import { type OpenState, proposalState } from './proposal.ts'

const selectProposals = (handle: Handle) =>
  handle
    .selectFrom('envelope_proposal')
    .selectAll('envelope_proposal')
    .select([
      sql<string | null>`event_position(envelope_proposal.event)`.as('position'),
      sql<string[]>`array(
        select envelope_proposal_measure.measure from envelope_proposal_measure
        inner join measure on measure.code = envelope_proposal_measure.measure
        where envelope_proposal_measure.envelope = envelope_proposal.code order by measure.place
      )`.as('measures'),
      sql<string>`(
        select jsonb_agg(jsonb_build_object(
          'kind', term.kind, 'amount', term.amount::text, 'as_stated', term.as_stated,
          'precision', term.precision::text, 'first_fiscal_year', term.first_fiscal_year,
          'last_fiscal_year', term.last_fiscal_year, 'is_stated', term.is_stated
        ) order by term.place)
        from envelope_proposal_term as term where term.envelope = envelope_proposal.code
      )`.as('terms'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof selectProposals>['executeTakeFirstOrThrow']>>

/** Amounts travel through JSON as text: as numbers they would become floats. */
function termsOf(stored: string): readonly FundingTerm[] {
  const terms: StoredTerm[] = JSON.parse(stored)
  return terms.map(termOf)
}

const proposalOf = (row: Row): EnvelopeProposal => ({
  code: row.code,
  programme: row.programme,
  title: { fr: row.title_fr, en: row.title_en },
  organization: row.organization,
  measures: row.measures,
  terms: termsOf(row.terms),
  source: {
    document: row.source_document,
    quote: row.source_quote,
    title:
      row.source_title_fr === null || row.source_title_en === null
        ? null
        : { fr: row.source_title_fr, en: row.source_title_en },
    url: row.source_url,
    sha256: row.source_sha256,
  },
  state: proposalState(row.state),
  version: row.version,
  preparedBy: row.prepared_by,
  changedBy: row.changed_by,
  submittedBy: row.submitted_by,
  approvedBy: row.approved_by,
  position: row.position === null ? null : Number(row.position),
})

export async function findEnvelopeProposal(
  handle: Handle,
  code: string,
): Promise<EnvelopeProposal | null> {
  const row = await selectProposals(handle)
    .where('envelope_proposal.code', '=', code)
    .executeTakeFirst()
  return row === undefined ? null : proposalOf(row)
}

export async function lockEnvelopeProposal(
  work: Work,
  code: string,
): Promise<EnvelopeProposal | null> {
  await work
    .selectFrom('envelope_proposal')
    .select('envelope_proposal.code')
    .where('envelope_proposal.code', '=', code)
    .forUpdate()
    .execute()
  return findEnvelopeProposal(work, code)
}

/** Those under way that the reader reaches, in the order of their codes. */
export async function listEnvelopeProposals(
  handle: Handle,
  states: readonly OpenState[],
): Promise<readonly EnvelopeProposal[]> {
  const rows = await selectProposals(handle)
    .where(sql<SqlBool>`envelope_proposal.state = any (${[...states]}::text[])`)
    .orderBy('envelope_proposal.code')
    .execute()
  return rows.map(proposalOf)
}

/** Whether anything that a report could show beside it bears that code. */
export async function isCodeTaken(handle: Handle, code: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from envelope where envelope.code = ${code})
      or exists (select from measure where measure.code = ${code})
      or exists (select from programme where programme.code = ${code}) as found
  `.execute(handle)
  return rows[0]?.found === true
}

const columnsOf = ({ source, title, programme, organization }: EnvelopeStatement) => ({
  programme,
  organization,
  title_fr: title.fr,
  title_en: title.en,
  source_document: source.document,
  source_title_fr: source.title?.fr ?? null,
  source_title_en: source.title?.en ?? null,
  source_url: source.url,
  source_sha256: source.sha256,
  source_quote: source.quote,
})

export async function insertEnvelopeProposal(
  work: Work,
  stated: EnvelopeStatement,
  preparedBy: string,
): Promise<void> {
  await work
    .insertInto('envelope_proposal')
    .values({
      ...columnsOf(stated),
      code: stated.code,
      prepared_by: preparedBy,
      changed_by: preparedBy,
    })
    .execute()
  await insertParts(work, stated)
}

/** Says the whole anew, but for its code. */
export async function replaceEnvelopeProposal(
  work: Work,
  stated: EnvelopeStatement,
  changedBy: string,
): Promise<void> {
  const { code } = stated
  await markEnvelopeProposal(work, code, { ...columnsOf(stated), changed_by: changedBy })
  await work
    .deleteFrom('envelope_proposal_measure')
    .where('envelope_proposal_measure.envelope', '=', code)
    .execute()
  await work
    .deleteFrom('envelope_proposal_term')
    .where('envelope_proposal_term.envelope', '=', code)
    .execute()
  await insertParts(work, stated)
}

async function insertParts(work: Work, { code, measures, terms }: EnvelopeStatement) {
  if (measures.length > 0) {
    await work
      .insertInto('envelope_proposal_measure')
      .values(measures.map((measure) => ({ envelope: code, measure })))
      .execute()
  }
  await work
    .insertInto('envelope_proposal_term')
    .values(
      terms.map((term, place) => ({
        envelope: code,
        place,
        kind: term.kind,
        amount: term.amount.toString(),
        as_stated: term.asStated,
        precision: term.precision.toString(),
        first_fiscal_year: term.firstFiscalYear,
        last_fiscal_year: term.lastFiscalYear,
        is_stated: term.stated,
      })),
    )
    .execute()
}

export async function markEnvelopeProposal(
  work: Work,
  code: string,
  change: Partial<{
    state: string
    changed_by: string
    submitted_by: string | null
    approved_by: string
    event: string
  }> &
    Partial<ReturnType<typeof columnsOf>>,
): Promise<void> {
  await work
    .updateTable('envelope_proposal')
    .set(change)
    .set(({ eb }) => ({ version: eb('envelope_proposal.version', '+', 1) }))
    .where('envelope_proposal.code', '=', code)
    .execute()
}

export async function deleteEnvelopeProposal(work: Work, code: string): Promise<void> {
  await work.deleteFrom('envelope_proposal').where('envelope_proposal.code', '=', code).execute()
}
