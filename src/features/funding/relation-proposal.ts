import type { Canonical } from '#core/canonical.ts'
import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import type { Envelope } from './envelope.ts'
import type { Proposal } from './proposal.ts'
import type { Relation, RelationKind } from './relation.ts'

/**
 * A relation that people state. Approved, it is in force from that event on, in the place of what
 * was said of the same two envelopes before. Money that is replaced or included counts nowhere but
 * in the envelope that holds it, so these may not go round in a circle, unknown ones read as not
 * additive included: every envelope of the circle would count nothing.
 */
export interface RelationStatement {
  readonly from: string
  readonly to: string
  readonly kind: RelationKind
  readonly stated: boolean
  readonly ifNotAdditive: Relation['ifNotAdditive']
  readonly citation: string
  /** Null: the document that the envelope it is from was read from. */
  readonly document: string | null
}

export interface RelationProposal extends Proposal, Omit<RelationStatement, 'document'> {
  readonly id: string
  readonly document: string
}

export const relationProposalFacts = (proposal: RelationProposal) => ({
  id: proposal.id,
  from: proposal.from,
  to: proposal.to,
  kind: proposal.kind,
  stated: proposal.stated,
  ifNotAdditive: proposal.ifNotAdditive,
  citation: proposal.citation,
  document: proposal.document,
  reading: null,
  state: proposal.state,
  version: proposal.version,
  organization: proposal.organization,
  preparedBy: proposal.preparedBy,
  submittedBy: proposal.submittedBy,
  approvedBy: proposal.approvedBy,
  position: proposal.position,
})

/** For the chain, without the position that the chain itself is about to give. */
export const sealedRelation = (proposal: RelationProposal): Canonical => {
  const { position: _position, ...facts } = relationProposalFacts(proposal)
  return facts
}

export const relationOf = ({ from, to, kind, stated, ...said }: RelationProposal): Relation => ({
  from,
  to,
  kind,
  stated,
  ifNotAdditive: said.ifNotAdditive,
  citation: said.citation,
  document: said.document,
  reading: null,
})

export interface RelationFacts {
  readonly from: Envelope | null
  readonly to: Envelope | null
  /** In force, of every envelope. */
  readonly relations: readonly Relation[]
  readonly isDocumentKnown: boolean
}

const say = (pointer: string, code: string, detail: Bilingual): readonly Issue[] => [
  { pointer, code, detail },
]

export function relationIssues(stated: RelationStatement, facts: RelationFacts): readonly Issue[] {
  return [
    ...endIssues(stated, facts),
    ...readingIssues(stated),
    ...(facts.isDocumentKnown
      ? []
      : say('/document', 'funding/source-unknown', {
          fr: `Le document source « ${stated.document} » n’existe pas.`,
          en: `There is no source document “${stated.document}”.`,
        })),
  ]
}

function endIssues(stated: RelationStatement, facts: RelationFacts): readonly Issue[] {
  const unknown = (['from', 'to'] as const)
    .filter((end) => facts[end] === null)
    .flatMap((end) =>
      say(`/${end}`, 'funding/envelope-unknown', {
        fr: `L’enveloppe « ${stated[end]} » n’existe pas.`,
        en: `There is no envelope “${stated[end]}”.`,
      }),
    )
  if (unknown.length > 0) {
    return unknown
  }
  if (stated.from === stated.to) {
    return say('/to', 'funding/relation-to-itself', {
      fr: 'Une enveloppe n’a pas de relation avec elle-même.',
      en: 'An envelope has no relation to itself.',
    })
  }
  if (facts.from?.programme !== facts.to?.programme) {
    return say('/to', 'funding/relation-elsewhere', {
      fr: 'Une relation reste à l’intérieur d’un programme : deux gouvernements ne s’additionnent jamais.',
      en: 'A relation stays inside one programme: two governments are never added.',
    })
  }
  return goesRound(stated, facts.relations)
    ? say('/kind', 'funding/relation-circular', {
        fr: `${stated.from} et ${stated.to} se contiendraient ou se remplaceraient en rond : aucune ne compterait.`,
        en: `${stated.from} and ${stated.to} would hold or replace each other in a circle: neither would count.`,
      })
    : []
}

function readingIssues({ kind, ifNotAdditive }: RelationStatement): readonly Issue[] {
  return (kind === 'unknown') === (ifNotAdditive !== null)
    ? []
    : say('/ifNotAdditive', 'funding/reading-misplaced', {
        fr: 'Une relation non énoncée, et elle seule, dit comment la lecture basse la prend : replaces ou includes.',
        en: 'An unknown relation, and no other, says how the low reading takes it: replaces or includes.',
      })
}

type Edge = Pick<Relation, 'from' | 'to' | 'kind' | 'ifNotAdditive'>

const absorbs = ({ kind, ifNotAdditive }: Edge): boolean =>
  ['replaces', 'includes'].includes(kind === 'unknown' ? (ifNotAdditive ?? '') : kind)

/** Whether the relation would lead back to where it comes from. */
function goesRound(stated: Edge, relations: readonly Edge[]): boolean {
  const edges = relations.filter(
    (edge) => absorbs(edge) && !(edge.from === stated.from && edge.to === stated.to),
  )
  const reached = new Set([stated.to])
  for (const code of reached) {
    for (const edge of edges.filter(({ from }) => from === code)) {
      reached.add(edge.to)
    }
  }
  return absorbs(stated) && reached.has(stated.from)
}
