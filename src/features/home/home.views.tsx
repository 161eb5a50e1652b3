import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import type { Actor } from '#features/identity/actor.ts'
import { heldRoleWords } from '#features/identity/role-words.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { Files } from '#platform/html/files.tsx'
import { isOffered, type Page, pathIn, type Screen, type Standing } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatCount, say } from '#platform/i18n/format.ts'
import { glancesTable, timingTable } from './glances.table.ts'
import type { Glance } from './overview.ts'
import type { Task, TaskKind } from './task.ts'

const words = {
  title: { fr: 'Accueil', en: 'Home' },
  signedIn: { fr: 'Vous êtes en session :', en: 'You are signed in as' },
  noRole: {
    fr: 'Aucun rôle ne vous est attribué. Demandez-en un à l’administration.',
    en: 'You hold no role. Ask an administrator for one.',
  },
  tasks: { fr: 'À faire aujourd’hui', en: 'To do today' },
  noTask: { fr: 'Rien ne vous attend.', en: 'Nothing waits for you.' },
  glances: { fr: 'En un coup d’œil', en: 'At a glance' },
  noPlan: {
    fr: 'Aucun plan n’est chargé : à la machine du service, exécutez « vigie plan load ».',
    en: 'No plan is loaded: on the service’s machine, run “vigie plan load”.',
  },
  timing: { fr: 'En avance ou en retard sur le temps', en: 'Ahead of or behind time' },
  inTime: {
    fr: 'Aucune enveloppe n’est en avance ni en retard sur le temps.',
    en: 'No envelope runs ahead of its time or behind it.',
  },
  exceptions: { fr: 'Toutes les exceptions', en: 'All exceptions' },
} satisfies Record<string, Bilingual>

const taskWords: Readonly<Record<TaskKind, Bilingual>> = {
  returned: { fr: 'Dépenses retournées à corriger', en: 'Returned expenditures to correct' },
  drafts: { fr: 'Mes brouillons', en: 'My drafts' },
  approvals: { fr: 'Décisions à prendre', en: 'Decisions to take' },
  'commitment-drafts': { fr: 'Engagements en brouillon', en: 'Draft commitments' },
  'commitments-submitted': { fr: 'Engagements soumis', en: 'Submitted commitments' },
  'revision-drafts': { fr: 'Révisions en brouillon', en: 'Draft revisions' },
  'revisions-submitted': { fr: 'Révisions soumises', en: 'Submitted revisions' },
  'proposal-drafts': { fr: 'Propositions en brouillon', en: 'Draft proposals' },
  'proposals-submitted': { fr: 'Propositions soumises', en: 'Submitted proposals' },
  'year-ends-returned': {
    fr: 'Fins d’exercice retournées',
    en: 'Returned year-ends',
  },
  'year-ends-submitted': { fr: 'Fins d’exercice soumises', en: 'Submitted year-ends' },
  unmatched: { fr: 'Lignes d’extrait à apparier', en: 'Extract rows to match' },
  unexplained: { fr: 'Lignes sans appariement ni cause', en: 'Lines without a match or a cause' },
  unsigned: { fr: 'Appariement à signer', en: 'Matching to sign' },
  'to-close': { fr: 'Périodes à fermer', en: 'Periods to close' },
}

/** What one may begin with, the first of them that the reader is offered. */
const beginnings: readonly { readonly path: string; readonly words: Bilingual }[] = [
  { path: '/expenditures/new', words: { fr: 'Saisir une dépense', en: 'Enter an expenditure' } },
  { path: '/users', words: { fr: 'Ajouter une personne', en: 'Add a person' } },
  { path: '/verify', words: { fr: 'Vérifier le registre', en: 'Verify the record' } },
  {
    path: '/reconciliation',
    words: { fr: 'Ouvrir le rapprochement budgétaire', en: 'Open the budget reconciliation' },
  },
]

export interface HomeFacts {
  readonly actor: Actor
  readonly tasks: readonly Task[]
  /** Null for whom no role opens the reports. */
  readonly figures: (Standing & { readonly glances: readonly Glance[] }) | null
}

/** What waits for the person, and how the money stands. */
export function homePage({ actor, tasks, figures }: HomeFacts, screen: Screen): Page {
  return {
    title: words.title,
    ...(figures === null ? {} : { standing: figures }),
    main: (
      <>
        <Roles actor={actor} screen={screen} />
        {actor.roles.length > 0 && <Tasks tasks={tasks} screen={screen} />}
        {figures !== null && <Figures glances={figures.glances} screen={screen} />}
      </>
    ),
  }
}

function Roles({ actor, screen }: { actor: Actor; screen: Screen }): VNode {
  const { language } = screen
  const { email, roles } = actor
  const held = roles.map((each) => say(heldRoleWords(each), language))
  return (
    <>
      <p>
        {say(words.signedIn, language)} <strong>{email}</strong>
        {held.length > 0 && ` (${held.join(', ')})`}
      </p>
      {held.length === 0 && <p class="notice">{say(words.noRole, language)}</p>}
    </>
  )
}

function Tasks({ tasks, screen }: { tasks: readonly Task[]; screen: Screen }): VNode {
  const { language } = screen
  const beginning = beginnings.find(({ path }) => isOffered(screen, path))
  return (
    <section class="card">
      <h2>{say(words.tasks, language)}</h2>
      {tasks.length === 0 ? (
        <p>
          {say(words.noTask, language)}{' '}
          {beginning !== undefined && (
            <a href={pathIn(language, beginning.path)}>{say(beginning.words, language)}</a>
          )}
        </p>
      ) : (
        <ul>
          {tasks.map(({ kind, count, path, of }) => (
            <li key={path}>
              <a href={pathIn(language, path)}>
                {say(taskWords[kind], language)}
                {of !== null && ` – ${of}`}
                {language === 'fr' ? '\u00a0: ' : ': '}
                <strong>{formatCount(count, language)}</strong>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Figures({ glances, screen }: { glances: readonly Glance[]; screen: Screen }): VNode {
  const { language } = screen
  if (glances.length === 0) {
    return <p class="notice">{say(words.noPlan, language)}</p>
  }
  return (
    <>
      <section>
        <h2>{say(words.glances, language)}</h2>
        <Files language={language} path="/overview" />
        <Totals glances={glances} screen={screen} />
      </section>
      <section>
        <h2>{say(words.timing, language)}</h2>
        <Files language={language} path="/timing" />
        <Timing glances={glances} screen={screen} />
        <p class="ways">
          {glances.map(({ jurisdiction }) => (
            <a
              key={jurisdiction}
              href={pathIn(language, `/reports/exceptions?jurisdiction=${jurisdiction}`)}
            >
              {say(words.exceptions, language)} ({jurisdiction})
            </a>
          ))}
        </p>
      </section>
    </>
  )
}

/** Spending leads to the documents that add up to it, the other totals to the report they are of. */
function Totals({ glances, screen }: { glances: readonly Glance[]; screen: Screen }): VNode {
  const { language } = screen
  const table = glancesTable(glances)
  const glanceOf = (row: TableRow): Glance | undefined => glances[table.rows.indexOf(row)]
  const hrefOf = (row: TableRow, { key }: Column): string | null => {
    const glance = glanceOf(row)
    if (glance === undefined || key === 'from' || key === 'to') {
      return null
    }
    const path =
      key === 'spent' ? glance.spentPath : `/reconciliation?jurisdiction=${glance.jurisdiction}`
    return path === null ? null : pathIn(language, path)
  }
  return (
    <TableView
      table={table}
      language={language}
      hrefOf={hrefOf}
      isTotal={(_row, { key }) => key === 'spent'}
    />
  )
}

function Timing({ glances, screen }: { glances: readonly Glance[]; screen: Screen }): VNode {
  const { language } = screen
  const table = timingTable(glances)
  const hrefOf = ({ cells: [key] }: TableRow, column: Column): string | null =>
    column.key === 'label' && key?.type === 'text'
      ? pathIn(language, `/envelopes/${String(key.value)}`)
      : null
  return (
    <TableView
      table={table}
      language={language}
      columns={['label', 'government', 'flags', 'planned', 'spent', 'why']}
      header="label"
      hrefOf={hrefOf}
      flagWords={flagLabelOf}
      empty={words.inTime}
    />
  )
}
