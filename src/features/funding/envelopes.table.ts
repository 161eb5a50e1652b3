import {
  amount,
  type Column,
  type ColumnType,
  missing,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import type { Envelope } from './envelope.ts'
import type { EnvelopeProposal } from './envelope-proposal.ts'
import { proposalStateNames } from './proposal.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('code', 'Code', 'Code'),
  column('state', 'État', 'State'),
  column('programme', 'Programme', 'Programme'),
  column('organization', 'Organisme', 'Organization'),
  column('measures', 'Mesures', 'Measures', 'words'),
  column('kind', 'Modalité', 'Term'),
  column('amount', 'Montant', 'Amount', 'amount'),
  column('firstFiscalYear', 'De', 'From'),
  column('lastFiscalYear', 'À', 'To'),
  { ...column('title', 'Titre', 'Title'), brief: false },
  { ...column('source', 'Source', 'Source'), brief: false },
]

const kindNames = {
  term: { fr: 'montant fixe', en: 'fixed total' },
  recurring: { fr: 'par exercice', en: 'by fiscal year' },
} as const

/** A row a funding term, proposals after what is in the plan. */
export function envelopesTable(listed: readonly (Envelope | EnvelopeProposal)[]): Table {
  return table({
    name: 'envelopes',
    title: { fr: 'Enveloppes', en: 'Envelopes' },
    columns,
    rows: listed.flatMap((envelope) =>
      envelope.terms.map((term) => ({
        role: 'data' as const,
        cells: [
          text(envelope.code),
          text(proposalStateNames['state' in envelope ? envelope.state : 'approved']),
          text(envelope.programme),
          text(envelope.organization),
          words(envelope.measures),
          text(kindNames[term.kind]),
          amount(term.amount),
          text(term.firstFiscalYear),
          term.lastFiscalYear === null ? missing('absent') : text(term.lastFiscalYear),
          text(envelope.title),
          text(envelope.source.document),
        ],
      })),
    ),
  })
}
