import type { Canonical } from '#core/canonical.ts'
import type { Bilingual } from '#core/language.ts'
import { sourceJson } from '#features/programmes/plan-json.ts'
import type { Envelope, FundingTerm } from './envelope.ts'
import { termJson } from './envelope-json.ts'
import type { Proposal } from './proposal.ts'

/**
 * An envelope that people enter: what it grants, to whom, and the words it was read from. Approved,
 * it is an envelope of the plan like any other. Its source may be a document that nobody cited
 * before; it then becomes known with it.
 */
export interface CitedSource {
  readonly document: string
  readonly quote: string
  readonly title: Bilingual | null
  readonly url: string | null
  readonly sha256: string | null
}

export interface EnvelopeStatement {
  readonly code: string
  readonly programme: string
  readonly title: Bilingual
  /** Responsible: its officers prepare, its approvers approve. */
  readonly organization: string
  readonly measures: readonly string[]
  readonly terms: readonly FundingTerm[]
  readonly source: CitedSource
}

export interface EnvelopeProposal extends Proposal, EnvelopeStatement {}

/** As the API says an envelope, with its state and who had a hand in it. */
export const envelopeProposalFacts = (proposal: EnvelopeProposal) => ({
  code: proposal.code,
  programme: proposal.programme,
  title: { ...proposal.title },
  organization: proposal.organization,
  organizationStated: true,
  measures: [...proposal.measures],
  terms: proposal.terms.map(termJson),
  relations: [],
  financing: null,
  notes: [],
  source: {
    ...sourceJson(proposal.source),
    title: proposal.source.title === null ? null : { ...proposal.source.title },
    url: proposal.source.url,
  },
  state: proposal.state,
  version: proposal.version,
  preparedBy: proposal.preparedBy,
  submittedBy: proposal.submittedBy,
  approvedBy: proposal.approvedBy,
  position: proposal.position,
})

/** For the chain, without the position that the chain itself is about to give. */
export const sealedEnvelope = (proposal: EnvelopeProposal): Canonical => {
  const { position: _position, ...facts } = envelopeProposalFacts(proposal)
  return facts
}

/** What the plan gains by the approval, of the version that it makes. */
export const envelopeOf = (proposal: EnvelopeProposal): Envelope => ({
  code: proposal.code,
  programme: proposal.programme,
  title: proposal.title,
  organization: proposal.organization,
  organizationStated: true,
  measures: proposal.measures,
  terms: proposal.terms,
  financing: null,
  source: proposal.source,
  version: proposal.version + 1,
})
