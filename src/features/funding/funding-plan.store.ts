import type { Work } from '#platform/db/transaction.ts'
import type { Envelope, PublishedAuthority } from './envelope.ts'
import type { Relation } from './relation.ts'

/** Each of these inserts what is not there yet and answers how many rows were new. */

/** After those that are there: of two at once the code decides. */
export async function nextPlace(work: Work): Promise<number> {
  const { next } = await work
    .selectFrom('envelope')
    .select(({ fn }) => fn.countAll<string>().as('next'))
    .executeTakeFirstOrThrow()
  return Number(next)
}

export async function saveEnvelopes(
  work: Work,
  event: string,
  envelopes: readonly Envelope[],
  firstPlace = 0,
): Promise<number> {
  const rows = await work
    .insertInto('envelope')
    .values(
      envelopes.map((envelope, place) => ({
        code: envelope.code,
        event,
        place: firstPlace + place,
        version: envelope.version,
        programme: envelope.programme,
        organization: envelope.organization,
        is_organization_stated: envelope.organizationStated,
        title_fr: envelope.title.fr,
        title_en: envelope.title.en,
        financing: envelope.financing,
        source_document: envelope.source.document,
        source_quote: envelope.source.quote,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('envelope.code')
    .execute()
  const fresh = new Set(rows.map(({ code }) => code))
  const added = envelopes.filter(({ code }) => fresh.has(code))
  await saveParts(work, added)
  return added.length
}

async function saveParts(work: Work, envelopes: readonly Envelope[]): Promise<void> {
  const measures = envelopes.flatMap(({ code, measures }) =>
    measures.map((measure) => ({ envelope: code, measure })),
  )
  const terms = envelopes.flatMap(({ code, terms }) =>
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
  if (measures.length > 0) {
    await work.insertInto('envelope_measure').values(measures).execute()
  }
  if (terms.length > 0) {
    await work.insertInto('funding_term').values(terms).execute()
  }
}

/** A relation already said between the same two envelopes is left as it is. */
export async function saveRelations(
  work: Work,
  event: string,
  relations: readonly Relation[],
): Promise<number> {
  const said = await work
    .selectFrom('relation')
    .select(['relation.from_envelope', 'relation.to_envelope'])
    .execute()
  const known = new Set(said.map((row) => `${row.from_envelope} ${row.to_envelope}`))
  const fresh = relations.filter(({ from, to }) => !known.has(`${from} ${to}`))
  await insertRelations(work, event, fresh)
  return fresh.length
}

/** Says them anew: of each pair the last one said is in force. */
export async function insertRelations(
  work: Work,
  event: string,
  relations: readonly Relation[],
): Promise<void> {
  if (relations.length > 0) {
    await work
      .insertInto('relation')
      .values(
        relations.map((relation) => ({
          from_envelope: relation.from,
          to_envelope: relation.to,
          event,
          kind: relation.kind,
          is_stated: relation.stated,
          if_not_additive: relation.ifNotAdditive,
          citation: relation.citation,
          citation_document: relation.document,
          reading_fr: relation.reading?.fr ?? null,
          reading_en: relation.reading?.en ?? null,
        })),
      )
      .execute()
  }
}

export async function savePublishedAuthorities(
  work: Work,
  event: string,
  authorities: readonly PublishedAuthority[],
): Promise<number> {
  const rows = await work
    .insertInto('published_authority')
    .values(
      authorities.map((authority) => ({
        envelope: authority.envelope,
        fiscal_year: authority.fiscalYear,
        event,
        amount: authority.amount.toString(),
        document: authority.document,
        document_row: authority.row,
        note_fr: authority.note?.fr ?? null,
        note_en: authority.note?.en ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('published_authority.fiscal_year')
    .execute()
  return rows.length
}
