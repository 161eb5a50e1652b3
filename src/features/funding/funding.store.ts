import { sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { FundingTermTable } from '#platform/db/schema-plan.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Envelope, FundingTerm, PublishedAuthority } from './envelope.ts'
import { type Relation, relationKinds } from './relation.ts'

export interface EnvelopesAsked {
  readonly codes?: readonly string[]
  readonly asOf?: AsOf
}

/** Envelopes in the order of the plan; some of them when codes are given. */
export async function listEnvelopes(
  handle: Handle,
  { codes, asOf = null }: EnvelopesAsked = {},
): Promise<readonly Envelope[]> {
  const rows = await handle
    .selectFrom('envelope')
    .innerJoin('source_document', 'source_document.code', 'envelope.source_document')
    .where(knownAt('envelope.event', asOf))
    .select([
      'envelope.code',
      'envelope.programme',
      'envelope.title_fr',
      'envelope.title_en',
      'envelope.organization',
      'envelope.is_organization_stated',
      'envelope.financing',
      'envelope.source_document',
      'source_document.sha256',
      'envelope.source_quote',
      'envelope.version',
    ])
    .$if(codes !== undefined, (query) => query.where('envelope.code', 'in', [...(codes ?? [])]))
    .orderBy('envelope.place')
    .orderBy('envelope.code')
    .execute()
  const measures = await measuresByEnvelope(handle, codes)
  const terms = await termsByEnvelope(handle, codes)
  return rows.map((row) => ({
    code: row.code,
    programme: row.programme,
    title: { fr: row.title_fr, en: row.title_en },
    organization: row.organization,
    organizationStated: row.is_organization_stated,
    measures: (measures.get(row.code) ?? []).map(({ measure }) => measure),
    terms: (terms.get(row.code) ?? []).map(termOf),
    financing: row.financing === 'current' || row.financing === 'previous' ? row.financing : null,
    source: { document: row.source_document, sha256: row.sha256, quote: row.source_quote },
    version: row.version,
  }))
}

async function measuresByEnvelope(handle: Handle, codes: EnvelopesAsked['codes']) {
  const rows = await handle
    .selectFrom('envelope_measure')
    .innerJoin('measure', 'measure.code', 'envelope_measure.measure')
    .select(['envelope_measure.envelope', 'envelope_measure.measure'])
    .$if(codes !== undefined, (query) =>
      query.where('envelope_measure.envelope', 'in', [...(codes ?? [])]),
    )
    .orderBy('measure.place')
    .execute()
  return Map.groupBy(rows, ({ envelope }) => envelope)
}

async function termsByEnvelope(handle: Handle, codes: EnvelopesAsked['codes']) {
  const rows = await handle
    .selectFrom('funding_term')
    .selectAll()
    .$if(codes !== undefined, (query) =>
      query.where('funding_term.envelope', 'in', [...(codes ?? [])]),
    )
    .orderBy('funding_term.place')
    .execute()
  return Map.groupBy(rows, ({ envelope }) => envelope)
}

export type StoredTerm = Omit<FundingTermTable, 'envelope' | 'place'>

export const termOf = (stored: StoredTerm): FundingTerm => ({
  kind: stored.kind === 'term' ? 'term' : 'recurring',
  amount: money(stored.amount),
  asStated: stored.as_stated,
  precision: money(stored.precision),
  firstFiscalYear: fiscalYear(stored.first_fiscal_year),
  lastFiscalYear: stored.last_fiscal_year === null ? null : fiscalYear(stored.last_fiscal_year),
  stated: stored.is_stated,
})

/** The relations in force: of each pair, the last one said. */
export async function listRelations(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly Relation[]> {
  const rows = await handle
    .selectFrom('relation')
    .innerJoin('envelope', 'envelope.code', 'relation.from_envelope')
    .selectAll('relation')
    .distinctOn(['envelope.place', 'relation.from_envelope', 'relation.to_envelope'])
    .where(knownAt('relation.event', asOf))
    .orderBy('envelope.place')
    .orderBy('relation.from_envelope')
    .orderBy('relation.to_envelope')
    .orderBy(sql`event_position(relation.event)`, 'desc')
    .execute()
  return rows.map((row) => ({
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
    reading:
      row.reading_fr === null || row.reading_en === null
        ? null
        : { fr: row.reading_fr, en: row.reading_en },
  }))
}

export async function listPublishedAuthorities(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly PublishedAuthority[]> {
  const rows = await handle
    .selectFrom('published_authority')
    .where(knownAt('published_authority.event', asOf))
    .selectAll()
    .orderBy('published_authority.envelope')
    .orderBy('published_authority.fiscal_year')
    .execute()
  return rows.map((row) => ({
    envelope: row.envelope,
    fiscalYear: fiscalYear(row.fiscal_year),
    amount: money(row.amount),
    document: row.document,
    row: row.document_row,
    note:
      row.note_fr === null || row.note_en === null ? null : { fr: row.note_fr, en: row.note_en },
  }))
}

/** Takes the locks of the envelopes' ceilings; what is read after it holds until the commit. */
export async function lockEnvelopes(work: Work, codes: readonly string[]): Promise<void> {
  if (codes.length > 0) {
    await work
      .selectFrom('envelope')
      .select('envelope.code')
      .where('envelope.code', 'in', [...codes])
      .orderBy('envelope.code')
      .forUpdate()
      .execute()
  }
}

/** One opening a term and year, once. Answers those that were new. */
export async function saveOpenings(
  work: Work,
  event: string,
  openings: readonly { envelope: string; place: number; year: FiscalYear | null }[],
): Promise<readonly { envelope: string; place: number; year: FiscalYear | null }[]> {
  const rows = await work
    .insertInto('funding_opening')
    .values(
      openings.map(({ envelope, place, year }) => ({ envelope, place, fiscal_year: year, event })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['funding_opening.envelope', 'funding_opening.place', 'funding_opening.fiscal_year'])
    .execute()
  return rows.map(({ envelope, place, fiscal_year }) => ({
    envelope,
    place,
    year: fiscal_year === null ? null : fiscalYear(fiscal_year),
  }))
}

/** Years opened of recurring money, by envelope. */
export async function listOpenedYears(
  handle: Handle,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly FiscalYear[]>> {
  const rows = await handle
    .selectFrom('funding_opening')
    .select(['funding_opening.envelope', 'funding_opening.fiscal_year'])
    .where('funding_opening.envelope', 'in', [...codes])
    .where('funding_opening.fiscal_year', 'is not', null)
    .execute()
  const byEnvelope = Map.groupBy(rows, ({ envelope }) => envelope)
  return new Map(
    [...byEnvelope].map(([envelope, opened]) => [
      envelope,
      opened.flatMap(({ fiscal_year }) => (fiscal_year === null ? [] : fiscalYear(fiscal_year))),
    ]),
  )
}
