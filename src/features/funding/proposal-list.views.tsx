import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { TableRow } from '#core/table.ts'
import { Files } from '#platform/html/files.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import type { EnvelopeProposal } from './envelope-proposal.ts'
import { envelopesTable } from './envelopes.table.ts'
import type { RelationProposal } from './relation-proposal.ts'
import { relationProposalsTable } from './relation-proposals.table.ts'

export interface ProposalListFacts {
  readonly envelopes: readonly EnvelopeProposal[]
  readonly relations: readonly RelationProposal[]
  readonly mayPrepare: boolean
}

const words = {
  title: { fr: 'Propositions', en: 'Proposals' },
  intro: {
    fr: 'Ce que des personnes proposent d’ajouter au plan, tant que ce n’est pas approuvé.',
    en: 'What people propose to add to the plan, until it is approved.',
  },
  envelopes: { fr: 'Enveloppes proposées', en: 'Proposed envelopes' },
  relations: { fr: 'Relations proposées', en: 'Proposed relations' },
  newEnvelope: { fr: 'Proposer une enveloppe', en: 'Propose an envelope' },
  newRelation: { fr: 'Proposer une relation', en: 'Propose a relation' },
  noEnvelope: { fr: 'Aucune enveloppe en attente.', en: 'No envelope is waiting.' },
  noRelation: { fr: 'Aucune relation en attente.', en: 'No relation is waiting.' },
} satisfies Record<string, Bilingual>

/** A row a funding term. */
export const proposedEnvelopes = (envelopes: readonly EnvelopeProposal[]) => ({
  ...envelopesTable(envelopes),
  name: 'proposed-envelopes',
  title: words.envelopes,
})

export function proposalsPage(facts: ProposalListFacts, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <p>{say(words.intro, language)}</p>
        <Envelopes facts={facts} screen={screen} />
        <Relations facts={facts} screen={screen} />
      </>
    ),
  }
}

interface PartProps {
  readonly facts: ProposalListFacts
  readonly screen: Screen
}

function Envelopes({ facts: { envelopes, mayPrepare }, screen }: PartProps): VNode {
  const { language } = screen
  const table = proposedEnvelopes(envelopes)
  const codes = envelopes.flatMap(({ code, terms }) => terms.map(() => code))
  const codeOf = new Map<TableRow, string | undefined>(
    table.rows.map((row, place) => [row, codes[place]]),
  )
  return (
    <section>
      <h2>{say(words.envelopes, language)}</h2>
      {mayPrepare && (
        <New path="/proposals/envelopes/new" words={words.newEnvelope} screen={screen} />
      )}
      <Files language={language} path="/proposals/envelopes" />
      <TableView
        table={table}
        language={language}
        hrefOf={(row, { key }) =>
          key === 'code'
            ? pathIn(language, `/proposals/envelopes/${encodeURIComponent(codeOf.get(row) ?? '')}`)
            : null
        }
        empty={words.noEnvelope}
      />
    </section>
  )
}

function Relations({ facts: { relations, mayPrepare }, screen }: PartProps): VNode {
  const { language } = screen
  const table = relationProposalsTable(relations)
  const idOf = new Map<TableRow, string | undefined>(
    table.rows.map((row, place) => [row, relations[place]?.id]),
  )
  return (
    <section>
      <h2>{say(words.relations, language)}</h2>
      {mayPrepare && (
        <New path="/proposals/relations/new" words={words.newRelation} screen={screen} />
      )}
      <Files language={language} path="/proposals/relations" />
      <TableView
        table={table}
        language={language}
        hrefOf={(row, { key }) =>
          key === 'from' ? pathIn(language, `/proposals/relations/${idOf.get(row)}`) : null
        }
        empty={words.noRelation}
      />
    </section>
  )
}

const New = ({
  path,
  words: label,
  screen: { language },
}: {
  readonly path: string
  readonly words: Bilingual
  readonly screen: Screen
}): VNode => (
  <p>
    <a href={pathIn(language, path)}>{say(label, language)}</a>
  </p>
)
