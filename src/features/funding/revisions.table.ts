import {
  amount,
  type Column,
  type ColumnType,
  count,
  date,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import { proposalStateNames } from './proposal.ts'
import type { Revision, RevisionKind } from './revision.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('number', 'Numéro', 'Number'),
  column('state', 'État', 'State'),
  column('kind', 'Genre', 'Kind'),
  column('effectiveOn', 'Date d’effet', 'Effective on', 'date'),
  column('line', 'Ligne', 'Line', 'count'),
  column('envelope', 'Enveloppe', 'Envelope'),
  column('measure', 'Mesure', 'Measure'),
  column('fiscalYear', 'Exercice', 'Fiscal year'),
  column('amount', 'Montant', 'Amount', 'amount'),
  { ...column('documentReference', 'Document', 'Document'), brief: false },
  { ...column('reason', 'Motif', 'Reason'), brief: false },
]

export const revisionKindNames: Readonly<Record<RevisionKind, { fr: string; en: string }>> = {
  supplement: { fr: 'crédit supplémentaire', en: 'supplement' },
  reduction: { fr: 'réduction', en: 'reduction' },
  transfer: { fr: 'virement', en: 'transfer' },
  distribution: { fr: 'répartition', en: 'distribution' },
}

/** A row a line: a revision says nothing but its lines. */
export const revisionsTable = (revisions: readonly Revision[]): Table =>
  table({
    name: 'revisions',
    title: { fr: 'Révisions budgétaires', en: 'Budget revisions' },
    columns,
    rows: revisions.flatMap((revision) =>
      revision.lines.map((line, place) => ({
        role: 'data' as const,
        cells: [
          text(revision.number),
          text(proposalStateNames[revision.state]),
          text(revisionKindNames[revision.kind]),
          date(revision.effectiveOn),
          count(place + 1),
          text(line.envelope),
          line.measure === null ? missing('absent') : text(line.measure),
          line.fiscalYear === null ? missing('absent') : text(line.fiscalYear),
          amount(line.amount),
          text(revision.documentReference),
          text(revision.reason),
        ],
      })),
    ),
  })
