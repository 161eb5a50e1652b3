import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { money } from '#core/money.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import { tieOutTable } from './matching.table.ts'
import type { Shown } from './run-facts.ts'
import { Matches } from './run-matches.views.tsx'
import { Proposals } from './run-proposals.views.tsx'
import { Split } from './run-split.views.tsx'
import { type RunView, shownMax } from './run-view.ts'
import { Work, workLabels } from './run-work.views.tsx'

const words = {
  done: { fr: 'C’est fait.', en: 'Done.' },
  tieOut: { fr: 'Rapprochement', en: 'Tie-out' },
  extractOpen: { fr: 'Extrait, ouvert', en: 'Extract, open' },
  journalOpen: { fr: 'Journal, ouvert', en: 'Journal, open' },
  difference: { fr: 'Écart', en: 'Difference' },
  unexplained: { fr: 'Sans cause', en: 'Without a cause' },
  whole: { fr: 'Tout le rapprochement', en: 'The whole tie-out' },
  signed: {
    fr: 'Ce rapprochement est signé et ne change plus. Signé par',
    en: 'This tie-out is signed and changes no more. Signed by',
  },
  prepared: { fr: 'Préparé par', en: 'Prepared by' },
  changed: { fr: 'Dernier changement par', en: 'Last changed by' },
  sign: { fr: 'Signer le rapprochement', en: 'Sign the tie-out' },
  waiting: {
    fr: 'On ne peut pas encore signer : lignes ou écarts sans cause :',
    en: 'It cannot be signed yet; lines or residuals without a cause:',
  },
  ready: {
    fr: 'Tout est apparié ou expliqué. Une autre personne peut signer.',
    en: 'Everything is matched or explained. Somebody else may sign.',
  },
  ownWork: {
    fr: 'Vous avez préparé ou modifié cet appariement : une autre personne doit le signer.',
    en: 'You prepared or changed this matching: somebody else must sign it.',
  },
  stopped: {
    fr: 'La recherche n’a pas essayé toutes les sommes :',
    en: 'The search has not tried all sums:',
  },
  first: {
    fr: 'Les premières lignes seulement sont affichées, celles sans cause d’abord :',
    en: 'Only the first lines are shown, those without a cause first:',
  },
  files: { fr: 'Ce qui est ouvert, en fichier', en: 'What is open, as a file' },
  back: { fr: 'Tous les appariements', en: 'All matchings' },
} satisfies Record<string, Bilingual>

interface RunProps {
  readonly view: RunView
  readonly screen: Screen
}

export function runPage(shown: Shown, view: RunView, screen: Screen): Page {
  const { language, address } = screen
  const { facts, may } = view
  const { run } = shown.contents
  const isDone = address.includes('done=')
  return {
    title: { fr: `Appariement ${view.name}`, en: `Matching ${view.name}` },
    main: (
      <>
        <ErrorSummary screen={screen} labels={workLabels} />
        {isDone && (
          <p class="notice" role="status">
            {say(words.done, language)}
          </p>
        )}
        <Glance view={view} screen={screen} />
        <Standing view={view} screen={screen} />
        {facts.stopped.length > 0 && (
          <p class="notice">
            {say(words.stopped, language)} {facts.stopped.join(', ')}
          </p>
        )}
        <Sign view={view} screen={screen} />
        {may.prepare && <Proposals view={view} screen={screen} isNext={isDone} />}
        <Cut view={view} screen={screen} />
        <Work view={view} screen={screen} />
        {may.prepare && view.extract.length > 0 && <Split view={view} screen={screen} />}
        <Matches view={view} screen={screen} />
        <h2>{say(words.whole, language)}</h2>
        <TableView
          table={tieOutTable(run, shown.tieOut)}
          language={language}
          columns={['label', 'extract', 'journal', 'difference']}
        />
        <h2>{say(words.files, language)}</h2>
        <Files language={language} path={`/matching/${view.id}/open`} />
        <p>
          <a href={pathIn(language, '/matching')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

/** The tie-out, which stays in sight while one works below it. */
function Glance({ view: { facts }, screen: { language } }: RunProps): VNode {
  const { tieOut } = facts
  const shown = (text: string): string => formatAmount(money(text), language)
  const figures = [
    [words.extractOpen, shown(tieOut.extract.closing), 'wide'],
    [words.journalOpen, shown(tieOut.journal.closing), 'wide'],
    [words.difference, shown(tieOut.difference), undefined],
    [
      words.unexplained,
      `${shown(tieOut.unexplained)} (${formatCount(tieOut.waiting, language)})`,
      undefined,
    ],
  ] as const
  return (
    <section class="glance" aria-label={say(words.tieOut, language)}>
      <dl>
        {figures.map(([label, figure, className]) => (
          <div key={label.en} class={className}>
            <dt>{say(label, language)}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Standing({ view: { facts }, screen: { language } }: RunProps): VNode {
  return facts.signedBy === null ? (
    <p>
      {say(words.prepared, language)} {facts.preparedBy}
      {facts.changedBy !== facts.preparedBy && (
        <>
          {' · '}
          {say(words.changed, language)} {facts.changedBy}
        </>
      )}
    </p>
  ) : (
    <p class="notice">
      {say(words.signed, language)} <strong>{facts.signedBy}</strong>
    </p>
  )
}

function Sign({ view: { id, facts, may }, screen }: RunProps): VNode | null {
  const { language } = screen
  const { waiting } = facts.tieOut
  if (facts.state === 'signed') {
    return null
  }
  if (waiting > 0) {
    return (
      <p>
        {say(words.waiting, language)} <strong>{formatCount(waiting, language)}</strong>
      </p>
    )
  }
  return (
    <>
      <p>{say(may.isOwnWork ? words.ownWork : words.ready, language)}</p>
      {may.sign && !may.isOwnWork && (
        <p>
          <a class="button" href={pathIn(language, `/matching/${id}/sign`)}>
            {say(words.sign, language)}
          </a>
        </p>
      )}
    </>
  )
}

function Cut({ view: { facts, extract, journal }, screen: { language } }: RunProps): VNode | null {
  const all = facts.unmatchedExtract.length + facts.unmatchedJournal.length
  return all === extract.length + journal.length ? null : (
    <p class="notice">
      {say(words.first, language)} {formatCount(shownMax, language)}
    </p>
  )
}
