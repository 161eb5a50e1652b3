import { shownWords, sourceJson } from '#features/programmes/plan-json.ts'
import type { PlanNote } from '#features/programmes/programme.ts'
import type { Envelope, FundingTerm } from './envelope.ts'
import type { Relation } from './relation.ts'

export const termJson = (term: FundingTerm) => ({
  kind: term.kind,
  amount: term.amount.toString(),
  asStated: shownWords(term.asStated),
  precision: term.precision.toString(),
  firstFiscalYear: term.firstFiscalYear,
  lastFiscalYear: term.lastFiscalYear,
  stated: term.stated,
})

/** An envelope as the API says it, with its relations and what a reader must know. */
export const envelopeJson = (
  envelope: Envelope,
  relations: readonly Relation[],
  notes: readonly PlanNote[],
) => ({
  code: envelope.code,
  programme: envelope.programme,
  title: envelope.title,
  organization: envelope.organization,
  organizationStated: envelope.organizationStated,
  measures: envelope.measures,
  terms: envelope.terms.map(termJson),
  relations: relations
    .filter(({ from }) => from === envelope.code)
    .map(({ kind, to, stated, citation }) => ({ kind, to, stated, citation })),
  financing: envelope.financing,
  notes,
  source: sourceJson(envelope.source),
  state: 'approved' as const,
  version: envelope.version,
})

export const relationJson = (relation: Relation) => ({
  from: relation.from,
  to: relation.to,
  kind: relation.kind,
  stated: relation.stated,
  ifNotAdditive: relation.ifNotAdditive,
  citation: relation.citation,
  document: relation.document,
  reading: relation.reading,
  state: 'approved' as const,
})
