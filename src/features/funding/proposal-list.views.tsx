import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { TableRow } from '#core/table.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import type { EnvelopeProposal } from './envelope-proposal.ts'
import { envelopesTable } from './envelopes.table.ts'
import { type OpenState, openStates, proposalStateNames } from './proposal.ts'
import type { RelationProposal } from './relation-proposal.ts'
import { relationProposalsTable } from './relation-proposals.table.ts'

export interface ProposalListFacts {
  readonly envelopes: readonly EnvelopeProposal[]
  readonly relations: readonly RelationProposal[]
  readonly mayPrepare: boolean
  /** All that is under way, where it is left out. */
  readonly state: OpenState | undefined
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
  state: { fr: 'État', en: 'State' },
  all: { fr: 'tous', en: 'all' },
  show: { fr: 'Afficher', en: 'Show' },
} satisfies Record<string, Bilingual>

/** The question of the list, as its file says it. */
export const proposalLines = (
  state: OpenState | undefined,
  language: Language,
): readonly string[] =>
  filterLines(
    state === undefined ? {} : { state: say(proposalStateNames[state], language) },
    { state: words.state },
    language,
  )

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
        <Question screen={screen} />
        <Envelopes facts={facts} screen={screen} />
        <Relations facts={facts} screen={screen} />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const proposalsAgain = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Question screen={screen} />
    </>
  ),
})

const Question = ({ screen }: { screen: Screen }): VNode => (
  <Search screen={screen} action="/proposals">
    <Select
      screen={screen}
      name="state"
      label={words.state}
      options={[
        { value: '', words: words.all },
        ...openStates.map((each) => ({ value: each, words: proposalStateNames[each] })),
      ]}
    />
    <button type="submit">{say(words.show, screen.language)}</button>
  </Search>
)

interface PartProps {
  readonly facts: ProposalListFacts
  readonly screen: Screen
}

const queryOf = ({ state }: ProposalListFacts): string =>
  state === undefined ? '' : `?state=${state}`

function Envelopes({ facts, screen }: PartProps): VNode {
  const { envelopes, mayPrepare } = facts
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
      <Files language={language} path="/proposals/envelopes" query={queryOf(facts)} />
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

function Relations({ facts, screen }: PartProps): VNode {
  const { relations, mayPrepare } = facts
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
      <Files language={language} path="/proposals/relations" query={queryOf(facts)} />
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
