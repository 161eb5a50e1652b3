import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { Table } from '#core/table.ts'
import type { Envelope } from '#features/funding/envelope.ts'
import { envelopesTable } from '#features/funding/envelopes.table.ts'
import { relationWords } from '#features/funding/planned-words.ts'
import type { Relation } from '#features/funding/relation.ts'
import type { Revision } from '#features/funding/revision.ts'
import { revisionsTable } from '#features/funding/revisions.table.ts'
import { termsTable } from '#features/funding/terms.table.ts'
import type { Organization } from '#features/organizations/organization.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import type { PlanNote, Programme, SourceDocument } from '#features/programmes/programme.ts'
import type { Report } from '#features/reports/report.ts'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { keyOf } from './drill.views.ts'
import { nameOf } from './measure-page.views.tsx'
import type { DocumentLinks } from './open-documents.ts'
import { FactList, PlanFigures, PlanFiles, PlanNotes, SourceView } from './plan-parts.views.tsx'
import { FlagLegend, yearWords } from './report-parts.views.tsx'
import { said } from './workbook-words.ts'

export interface EnvelopeFacts {
  readonly envelope: Envelope
  /** The envelope's row: initial, revisions, transfers, planned, and what was done of it. */
  readonly figures: Table
  /** Those of its members, whose money is repeated there. */
  readonly members: Table
  readonly report: Report
  readonly links: DocumentLinks
  readonly memberLinks: DocumentLinks
  readonly headroom: Table
  /** Approved ones, that the reader may open. */
  readonly steps: readonly Revision[]
  /** From it and to it. */
  readonly relations: readonly Relation[]
  readonly notes: readonly PlanNote[]
  readonly programmes: readonly Programme[]
  readonly organizations: readonly Organization[]
  readonly documents: readonly SourceDocument[]
  /** Whether the reader enters commitments, and prepares what changes the plan. */
  readonly mayCommit: boolean
  readonly mayPropose: boolean
}

const words = {
  title: { fr: 'Enveloppes', en: 'Envelopes' },
  programme: { fr: 'Programme', en: 'Programme' },
  organization: { fr: 'Organisme responsable', en: 'Responsible organization' },
  inferred: { fr: '(déduit)', en: '(inferred)' },
  financing: { fr: 'Financement', en: 'Funding' },
  members: { fr: 'Mesures', en: 'Measures' },
  memberFigures: { fr: 'Chiffres des mesures', en: 'Figures of the measures' },
  figures: {
    fr: 'Prévu, d’origine et révisé, et ce qui en a été fait',
    en: 'Planned, original and revised, and what was done of it',
  },
  all: { fr: 'Toutes les enveloppes', en: 'All envelopes' },
  steps: { fr: 'Révisions approuvées', en: 'Approved revisions' },
  noSteps: {
    fr: 'Aucune révision approuvée que vous puissiez ouvrir.',
    en: 'No approved revision that you may open.',
  },
  revisions: { fr: 'Toutes ses révisions', en: 'All of its revisions' },
  headroom: { fr: 'Marge', en: 'Headroom' },
  headroomHint: {
    fr: 'Ce que l’exercice peut encore porter, compte tenu de ce que les autres ont pris dans le non réparti.',
    en: 'What the year can still bear, given what the others took from the undistributed part.',
  },
  relations: { fr: 'Relations avec d’autres enveloppes', en: 'Relations with other envelopes' },
  stated: { fr: 'énoncée', en: 'stated' },
  deduced: { fr: 'déduite', en: 'inferred' },
  spending: { fr: 'Dépenses de l’enveloppe', en: 'Expenditures of the envelope' },
  commitments: { fr: 'Engagements de l’enveloppe', en: 'Commitments of the envelope' },
  commit: { fr: 'Engager sur cette enveloppe', en: 'Commit on this envelope' },
  revise: { fr: 'Préparer une révision', en: 'Prepare a revision' },
  relate: { fr: 'Proposer une relation avec une autre', en: 'Propose a relation to another' },
  proposals: { fr: 'Enveloppes proposées', en: 'Proposed envelopes' },
} satisfies Record<string, Bilingual>

const financingWords = {
  current: { fr: 'actuel', en: 'current' },
  previous: { fr: 'précédent', en: 'previous' },
}

const listColumns = [
  ...['code', 'title', 'organization', 'measures', 'kind', 'amount'],
  ...['firstFiscalYear', 'lastFiscalYear'],
]

/** A row a term: the page and its files. */
export const envelopeList = (envelopes: readonly Envelope[]) => {
  const table = envelopesTable(envelopes)
  return { table, title: table.title }
}

export function envelopesPage(envelopes: readonly Envelope[], screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <p class="ways">
          <PlanFiles path="/envelopes" language={language} />{' '}
          {isOffered(screen, '/proposals') && (
            <a href={pathIn(language, '/proposals')}>{say(words.proposals, language)}</a>
          )}
        </p>
        <TableView
          table={envelopeList(envelopes).table}
          language={language}
          columns={listColumns}
          hrefOf={(row, { key }) =>
            key === 'code' ? pathIn(language, `/envelopes/${keyOf(row)}`) : null
          }
          wordsOf={{ firstFiscalYear: yearWords, lastFiscalYear: yearWords }}
        />
      </>
    ),
  }
}

export function envelopePage(facts: EnvelopeFacts, screen: Screen): Page {
  const { envelope, figures, report, documents, notes } = facts
  const { language } = screen
  return {
    title: { fr: `Enveloppe ${envelope.code}`, en: `Envelope ${envelope.code}` },
    standing: report,
    main: (
      <>
        <p>
          <strong>{said(envelope.title, language)}</strong>
        </p>
        <About facts={facts} language={language} />
        <TableView
          table={termsTable(envelope)}
          language={language}
          wordsOf={{ from: yearWords, to: yearWords }}
        />
        <Figures facts={facts} screen={screen} />
        <Steps facts={facts} screen={screen} />
        <FlagLegend table={figures} language={language} />
        <Relations facts={facts} language={language} />
        <PlanNotes notes={notes} language={language} />
        <SourceView source={envelope.source} documents={documents} language={language} />
      </>
    ),
  }
}

interface PartProps {
  readonly facts: EnvelopeFacts
  readonly language: Language
}

function About({ facts, language }: PartProps): VNode {
  const { envelope, programmes, organizations } = facts
  const programme = programmes.find(({ code }) => code === envelope.programme)
  const inferred = envelope.organizationStated ? '' : ` ${say(words.inferred, language)}`
  return (
    <FactList
      language={language}
      facts={[
        {
          name: words.programme,
          value: programme === undefined ? envelope.programme : said(programme.title, language),
        },
        {
          name: words.organization,
          value: `${nameOf(envelope.organization, organizations, language)}${inferred}`,
        },
        envelope.financing === null
          ? null
          : { name: words.financing, value: say(financingWords[envelope.financing], language) },
      ]}
    />
  )
}

function Figures({ facts, screen }: { facts: EnvelopeFacts; screen: Screen }): VNode {
  const { envelope, figures, members, links, memberLinks, headroom } = facts
  const { language } = screen
  return (
    <>
      <section>
        <h2>{say(words.figures, language)}</h2>
        <p class="ways">
          <PlanFiles path={`/envelopes/${envelope.code}`} language={language} />{' '}
          <a href={pathIn(language, '/reconciliation?by=envelope')}>{say(words.all, language)}</a>
        </p>
        <PlanFigures table={figures} links={links} screen={screen} />
        <Ways facts={facts} screen={screen} />
      </section>
      {members.rows.length > 0 && (
        <section>
          <h2>{say(words.members, language)}</h2>
          <PlanFigures
            table={{ ...members, title: words.memberFigures }}
            links={memberLinks}
            screen={screen}
          />
        </section>
      )}
      <section>
        <h2>{say(words.headroom, language)}</h2>
        <p>{say(words.headroomHint, language)}</p>
        <TableView table={headroom} language={language} wordsOf={{ key: yearWords }} />
      </section>
    </>
  )
}

/** To the documents behind the figures, and to what the reader can do about them. */
function Ways({ facts, screen }: { facts: EnvelopeFacts; screen: Screen }): VNode {
  const { language } = screen
  const { envelope, mayCommit, mayPropose } = facts
  const { code } = envelope
  const ways = [
    [`/expenditures?envelope=${code}`, words.spending, isOffered(screen, '/expenditures')],
    [`/commitments?envelope=${code}`, words.commitments, isOffered(screen, '/commitments')],
    [`/commitments/new?envelope=${code}`, words.commit, mayCommit],
    [`/revisions/new?envelope=${code}`, words.revise, mayPropose],
    [`/proposals/relations/new?from=${code}`, words.relate, mayPropose],
  ] as const
  return (
    <ul>
      {ways
        .filter(([, , isThere]) => isThere)
        .map(([path, label]) => (
          <li key={path}>
            <a href={pathIn(language, path)}>{say(label, language)}</a>
          </li>
        ))}
    </ul>
  )
}

function Steps({ facts, screen }: { facts: EnvelopeFacts; screen: Screen }): VNode {
  const { envelope, steps } = facts
  const { language } = screen
  const table = revisionsTable(steps)
  const ids = steps.flatMap(({ id, lines }) => lines.map(() => id))
  const idOf = new Map(table.rows.map((row, place) => [row, ids[place]]))
  return (
    <section>
      <h2>{say(words.steps, language)}</h2>
      {steps.length === 0 ? (
        <p>{say(words.noSteps, language)}</p>
      ) : (
        <TableView
          table={table}
          language={language}
          hrefOf={(row, { key }) =>
            key === 'number' ? pathIn(language, `/revisions/${idOf.get(row)}`) : null
          }
          columns={['number', 'kind', 'effectiveOn', 'measure', 'fiscalYear', 'amount', 'reason']}
          wordsOf={{ fiscalYear: yearWords }}
        />
      )}
      {isOffered(screen, '/revisions') && (
        <p>
          <a href={pathIn(language, `/revisions?envelope=${envelope.code}`)}>
            {say(words.revisions, language)}
          </a>
        </p>
      )}
    </section>
  )
}

/** Each with the words it rests on, and how they were read. */
function Relations({ facts, language }: PartProps): VNode | null {
  const { relations } = facts
  const link = (code: string) => <a href={pathIn(language, `/envelopes/${code}`)}>{code}</a>
  return relations.length === 0 ? null : (
    <section>
      <h2>{say(words.relations, language)}</h2>
      <ul>
        {relations.map(({ from, kind, to, stated, citation, reading }) => (
          <li key={`${from} ${to}`}>
            {link(from)} {say(relationWords[kind], language)} {link(to)} (
            {say(stated ? words.stated : words.deduced, language)}).{' '}
            {reading !== null && said(reading, language)}
            <blockquote>{shownWords(citation)}</blockquote>
          </li>
        ))}
      </ul>
    </section>
  )
}
