import { boolean, type Column, type ColumnType, type Table, table, text } from '#core/table.ts'
import { relationWords } from './planned-words.ts'
import { proposalStateNames } from './proposal.ts'
import type { RelationProposal } from './relation-proposal.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('from', 'De', 'From'),
  column('kind', 'Relation', 'Relation'),
  column('to', 'À', 'To'),
  column('state', 'État', 'State'),
  column('stated', 'Énoncée', 'Stated', 'boolean'),
  column('organization', 'Organisme', 'Organization'),
  column('preparedBy', 'Saisie par', 'Entered by'),
  { ...column('citation', 'Mots cités', 'Words quoted'), brief: false },
  { ...column('document', 'Document', 'Document'), brief: false },
]

/** Relations that people state, a row each. */
export const relationProposalsTable = (proposals: readonly RelationProposal[]): Table =>
  table({
    name: 'relations',
    title: { fr: 'Relations proposées', en: 'Proposed relations' },
    columns,
    rows: proposals.map((proposal) => ({
      role: 'data',
      cells: [
        text(proposal.from),
        text(relationWords[proposal.kind]),
        text(proposal.to),
        text(proposalStateNames[proposal.state]),
        boolean(proposal.stated),
        text(proposal.organization),
        text(proposal.preparedBy),
        text(proposal.citation),
        text(proposal.document),
      ],
    })),
  })
