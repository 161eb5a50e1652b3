import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { Table } from '#core/table.ts'
import type { Organization } from '#features/organizations/organization.ts'
import type { Measure } from '#features/programmes/measure.ts'
import { contextOf, type MeasureContext } from '#features/programmes/measure-context.ts'
import type { Axis, SourceDocument } from '#features/programmes/programme.ts'
import type { Report } from '#features/reports/report.ts'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatBoolean, say } from '#platform/i18n/format.ts'
import { keyOf } from './drill.views.ts'
import type { DocumentLinks } from './open-documents.ts'
import { measuresTable, measuresTitle } from './plan.table.ts'
import { FactList, Links, PlanFigures, PlanFiles, SourceView } from './plan-parts.views.tsx'
import { FlagLegend } from './report-parts.views.tsx'
import { fundingWords, said } from './workbook-words.ts'

export interface MeasureFacts {
  readonly measure: Measure
  /** The measure's row and those of the shared envelopes it is a member of. */
  readonly figures: Table
  readonly report: Report
  readonly links: DocumentLinks
  readonly axes: readonly Axis[]
  readonly organizations: readonly Organization[]
  readonly documents: readonly SourceDocument[]
  /** Other members of its shared envelope. */
  readonly companions: readonly string[]
}

const words = {
  axis: { fr: 'Axe ou volet', en: 'Axis' },
  leads: { fr: 'Porteurs', en: 'Leads' },
  collaborators: { fr: 'Collaborateurs', en: 'Collaborators' },
  recommendations: { fr: 'Recommandations', en: 'Recommendations' },
  initiative: { fr: 'Initiative', en: 'Initiative' },
  funding: { fr: 'Financement', en: 'Funding' },
  envelopes: { fr: 'Enveloppe', en: 'Envelope' },
  companions: { fr: 'Partage l’enveloppe avec', en: 'Shares its envelope with' },
  adaptation: { fr: 'Adaptation aux réalités autochtones', en: 'Adapted to Indigenous realities' },
  accessibility: { fr: 'Accessible aux Autochtones', en: 'Accessible to Indigenous people' },
  deliverables: { fr: 'Livrables', en: 'Deliverables' },
  figures: { fr: 'Chiffres', en: 'Figures' },
  all: { fr: 'Toutes les mesures', en: 'All measures' },
  spending: { fr: 'Dépenses de la mesure', en: 'Expenditures of the measure' },
  commitments: { fr: 'Engagements de la mesure', en: 'Commitments of the measure' },
  revisions: { fr: 'Révisions de l’enveloppe', en: 'Revisions of the envelope' },
  context: { fr: 'Contexte', en: 'Context' },
  created: { fr: 'Existe depuis', en: 'In existence since' },
  coordinator: { fr: 'Coordination', en: 'Coordination' },
  mandate: { fr: 'Mandat', en: 'Mandate' },
  participants: { fr: 'Participants', en: 'Participants' },
} satisfies Record<string, Bilingual>

export function measuresPage(
  { measures, axes }: { readonly measures: readonly Measure[]; readonly axes: readonly Axis[] },
  { language }: Screen,
): Page {
  return {
    title: measuresTitle,
    main: (
      <>
        <p class="ways">
          <PlanFiles path="/measures" language={language} />
        </p>
        <TableView
          table={measuresTable(measures, axes)}
          language={language}
          header="label"
          hrefOf={(row, { key }) =>
            key === 'label' ? pathIn(language, `/measures/${keyOf(row)}`) : null
          }
        />
      </>
    ),
  }
}

export function measurePage(facts: MeasureFacts, screen: Screen): Page {
  const { measure, figures, report, links, documents } = facts
  const { language } = screen
  const context = contextOf(measure)
  return {
    title: { fr: `Mesure ${measure.code}`, en: `Measure ${measure.code}` },
    standing: report,
    main: (
      <>
        <p>
          <strong>{said(measure.title, language)}</strong>
        </p>
        <About facts={facts} language={language} />
        <section>
          <h2>{say(words.figures, language)}</h2>
          <p class="ways">
            <PlanFiles path={`/measures/${measure.code}`} language={language} />{' '}
            <a href={pathIn(language, '/reconciliation?by=measure')}>{say(words.all, language)}</a>
          </p>
          <PlanFigures table={figures} links={links} screen={screen} />
          <Ways measure={measure} screen={screen} />
        </section>
        <FlagLegend table={figures} language={language} />
        {context !== null && <Context context={context} facts={facts} language={language} />}
        <SourceView source={measure.source} documents={documents} language={language} />
      </>
    ),
  }
}

interface AboutProps {
  readonly facts: MeasureFacts
  readonly language: Language
}

function About({ facts, language }: AboutProps): VNode {
  const { measure, axes, organizations, companions } = facts
  const { leads, collaborators, recommendations, initiative, deliverables } = measure
  const axis = axes.find(({ code }) => code === measure.axis)
  const named = (code: string): string => nameOf(code, organizations, language)
  const list = (items: readonly string[]) => items.map((item) => <div key={item}>{item}</div>)
  return (
    <FactList
      language={language}
      facts={[
        {
          name: words.axis,
          value: axis === undefined ? measure.axis : said(axis.title, language),
        },
        { name: words.leads, value: list(leads.map(named)) },
        collaborators.length === 0
          ? null
          : {
              name: words.collaborators,
              value: list(
                collaborators.map(({ code, name }) =>
                  code === null ? say(name, language) : `${say(name, language)} (${code})`,
                ),
              ),
            },
        recommendations.length === 0
          ? null
          : { name: words.recommendations, value: recommendations.join(', ') },
        initiative === null ? null : { name: words.initiative, value: initiative },
        { name: words.funding, value: say(fundingWords[measure.funding], language) },
        measure.envelopes.length === 0
          ? null
          : {
              name: words.envelopes,
              value: <Links codes={measure.envelopes} path="/envelopes" language={language} />,
            },
        companions.length === 0
          ? null
          : {
              name: words.companions,
              value: <Links codes={companions} path="/measures" language={language} />,
            },
        { name: words.adaptation, value: formatBoolean(measure.adaptation, language) },
        { name: words.accessibility, value: formatBoolean(measure.accessibility, language) },
        deliverables.length === 0 ? null : { name: words.deliverables, value: list(deliverables) },
      ]}
    />
  )
}

/** `Ministère de la Sécurité publique (MSP)`. */
export function nameOf(
  code: string,
  organizations: readonly Organization[],
  language: Language,
): string {
  const found = organizations.find((organization) => organization.code === code)
  return found?.nameKnown === true ? `${say(found.name, language)} (${code})` : code
}

function Ways({ measure, screen }: { measure: Measure; screen: Screen }): VNode {
  const { language } = screen
  const [envelope] = measure.envelopes
  return (
    <ul>
      {isOffered(screen, '/expenditures') && (
        <li>
          <a href={pathIn(language, `/expenditures?measure=${measure.code}`)}>
            {say(words.spending, language)}
          </a>
        </li>
      )}
      {envelope !== undefined && isOffered(screen, '/commitments') && (
        <li>
          <a href={pathIn(language, `/commitments?measure=${measure.code}`)}>
            {say(words.commitments, language)}
          </a>
        </li>
      )}
      {envelope !== undefined && isOffered(screen, '/revisions') && (
        <li>
          <a href={pathIn(language, `/revisions?envelope=${envelope}`)}>
            {say(words.revisions, language)}
          </a>
        </li>
      )}
    </ul>
  )
}

interface ContextProps extends AboutProps {
  readonly context: MeasureContext
}

function Context({ context, facts, language }: ContextProps): VNode {
  const { created, coordinator, mandate, participants } = context.facts
  return (
    <section>
      <h2>{say(words.context, language)}</h2>
      <p>{said(context.text, language)}</p>
      <FactList
        language={language}
        facts={[
          { name: words.created, value: String(created) },
          { name: words.coordinator, value: nameOf(coordinator, facts.organizations, language) },
          { name: words.mandate, value: said(mandate, language) },
          { name: words.participants, value: said(participants, language) },
        ]}
      />
      <SourceView source={context.source} documents={facts.documents} language={language} />
    </section>
  )
}
