import type { CalendarDate } from '#core/calendar-date.ts'
import type { Canonical } from '#core/canonical.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import { type Money, negate, sum } from '#core/money.ts'
import { appropriationLines, type Cell, type Entry, type Line } from '#features/journal/entry.ts'
import { type Envelope, soleMeasure } from './envelope.ts'
import type { Proposal } from './proposal.ts'

/**
 * An approved change of planned money, in one journal entry of its own kind. A supplement adds to
 * cells and a reduction takes from them, by amounts above zero; a transfer moves money between
 * envelopes of a programme and a distribution inside one envelope, by signed amounts that sum to
 * zero. Example: 2 903 063.00 of QC-COMMUNICATION distributed to six members is one line of
 * −2 903 063.00 on its common part and six lines of 483 843.84 or 483 843.83.
 */
export const revisionKinds = ['supplement', 'reduction', 'transfer', 'distribution'] as const
export type RevisionKind = (typeof revisionKinds)[number]

export interface RevisionLine {
  readonly envelope: string
  /** Filled in when the envelope serves exactly one. */
  readonly measure: string | null
  /** Null: what is not distributed over the term. */
  readonly fiscalYear: FiscalYear | null
  readonly amount: Money
}

export interface RevisionStatement {
  readonly kind: RevisionKind
  readonly reason: string
  /** The decision it rests on, as people name it. */
  readonly documentReference: string
  readonly effectiveOn: CalendarDate
  readonly lines: readonly RevisionLine[]
}

export interface Revision extends Proposal, RevisionStatement {
  readonly id: string
  readonly number: string
  readonly entry: string | null
}

/** What a supplement adds or a reduction takes; zero of what only moves money. */
export const sumOf = ({ lines }: Pick<RevisionStatement, 'lines'>): Money =>
  sum(lines.map(({ amount }) => amount))

/** The document as API, terminal and event payload say it. */
export const revisionFacts = (revision: Revision) => ({
  id: revision.id,
  number: revision.number,
  state: revision.state,
  version: revision.version,
  kind: revision.kind,
  organization: revision.organization,
  reason: revision.reason,
  documentReference: revision.documentReference,
  effectiveOn: revision.effectiveOn,
  lines: revision.lines.map(({ amount, ...cell }) => ({ ...cell, amount: amount.toString() })),
  preparedBy: revision.preparedBy,
  submittedBy: revision.submittedBy,
  approvedBy: revision.approvedBy,
  entry: revision.entry,
  position: revision.position,
})

/** For the chain, without the position that the chain itself is about to give. */
export const sealedRevision = (revision: Revision): Canonical => {
  const { position: _position, ...facts } = revisionFacts(revision)
  return facts
}

/** Every line of an envelope that serves exactly one measure bears it. */
export const placedLines = (
  lines: readonly RevisionLine[],
  envelopes: ReadonlyMap<string, Envelope>,
): readonly RevisionLine[] =>
  lines.map((line) => {
    const envelope = envelopes.get(line.envelope)
    return envelope === undefined
      ? line
      : { ...line, measure: line.measure ?? soleMeasure(envelope) }
  })

/** What the approval posts. Planned money has no period of its own. */
export function revisionEntry(revision: Revision, envelopes: ReadonlyMap<string, Envelope>): Entry {
  const { id, kind, organization, effectiveOn, lines } = revision
  return {
    kind,
    organization,
    effectiveOn,
    recordedIn: null,
    document: { type: 'revision', id },
    reverses: null,
    flags: [],
    lines: lines.flatMap(({ envelope, measure, fiscalYear, amount }) =>
      linesOf(kind, amount, {
        envelope,
        measure,
        organization: envelopes.get(envelope)?.organization ?? organization,
        fiscalYear,
      }),
    ),
  }
}

function linesOf(kind: RevisionKind, amount: Money, cell: Cell): readonly Line[] {
  switch (kind) {
    case 'supplement':
      return appropriationLines(cell, amount)
    case 'reduction':
      return appropriationLines(cell, negate(amount))
    default:
      return [{ account: 'available', cell, amount }]
  }
}
