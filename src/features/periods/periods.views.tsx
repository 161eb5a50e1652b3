import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { periodKey } from '#core/period.ts'
import type { Problem } from '#core/problem.ts'
import type { Column, TableRow } from '#core/table.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form, Search, Select, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatInstant, say } from '#platform/i18n/format.ts'
import {
  type AskedState,
  type KeptPeriod,
  type ListedPeriod,
  type PeriodState,
  periodName,
  periodStates,
} from './period-state.ts'
import { periodStateNames, periodsTable } from './periods.table.ts'

const words = {
  title: { fr: 'Périodes', en: 'Periods' },
  organization: { fr: 'Organisme', en: 'Organization' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  state: { fr: 'État', en: 'State' },
  toClose: { fr: 'ouverte et terminée : à fermer', en: 'open and over: to be closed' },
  all: { fr: 'Tous', en: 'All' },
  show: { fr: 'Afficher', en: 'Show' },
  none: {
    fr: 'Aucune période ne correspond. Un organisme a des périodes dès qu’il a un agent financier ou une dépense.',
    en: 'No period matches. An organization has periods once it has an officer or an expenditure.',
  },
  intro: {
    fr: 'Une période reste ouverte jusqu’à ce que l’administration la ferme. Ouvrez-en une pour la fermer ou la rouvrir.',
    en: 'A period stays open until an administrator closes it. Open one to close or reopen it.',
  },
  introReader: {
    fr: 'Une période reste ouverte jusqu’à ce que l’administration la ferme.',
    en: 'A period stays open until an administrator closes it.',
  },
  closed: { fr: 'La période a été fermée.', en: 'The period was closed.' },
  reopened: { fr: 'La période a été rouverte.', en: 'The period was reopened.' },
  closedBy: { fr: 'Fermée par', en: 'Closed by' },
  isOpen: { fr: 'Cette période est ouverte.', en: 'This period is open.' },
  inTheWay: { fr: 'Ce qui empêche de la fermer', en: 'What stands in the way of closing it' },
  nothing: {
    fr: 'Rien n’empêche de la fermer.',
    en: 'Nothing stands in the way of closing it.',
  },
  close: { fr: 'Fermer la période', en: 'Close the period' },
  reopen: { fr: 'Rouvrir la période', en: 'Reopen the period' },
  reason: { fr: 'Motif', en: 'Reason' },
  back: { fr: 'Toutes les périodes', en: 'All periods' },
} satisfies Record<string, Bilingual>

export const periodDone = ['closed', 'reopened'] as const

export interface PeriodsFacts {
  readonly periods: readonly ListedPeriod[]
  readonly asked: {
    readonly organization?: string | undefined
    readonly fiscalYear?: string | undefined
    readonly state?: AskedState | undefined
    readonly done?: (typeof periodDone)[number] | undefined
  }
  readonly mayManage: boolean
}

export const periodPath = (period: KeptPeriod): string =>
  `/periods/${encodeURIComponent(period.organization)}/${periodKey(period)}`

export function periodsPage({ periods, asked, mayManage }: PeriodsFacts, screen: Screen): Page {
  const { language } = screen
  const byRow = new Map(periods.map((each) => [`${each.organization} ${periodKey(each)}`, each]))
  const hrefOf = (row: TableRow, { key }: Column): string | null => {
    const period = key === 'key' && mayManage ? byRow.get(nameOf(row)) : undefined
    return period === undefined ? null : pathIn(language, periodPath(period))
  }
  return {
    title: words.title,
    main: (
      <>
        {asked.done !== undefined && (
          <p class="notice" role="status">
            {say(words[asked.done], language)}
          </p>
        )}
        <p>{say(mayManage ? words.intro : words.introReader, language)}</p>
        <Filters asked={asked} screen={screen} />
        <Files language={language} path="/periods" query={queryOf(screen)} />
        <TableView
          table={periodsTable(periods)}
          language={language}
          columns={['organization', 'key', 'state', 'fiscalYearState', 'closedBy', 'closedAt']}
          header="key"
          hrefOf={hrefOf}
          empty={words.none}
        />
      </>
    ),
  }
}

/** What was asked for, when it cannot be answered. */
export const periodsAgain = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Filters asked={{}} screen={screen} />
    </>
  ),
})

function Filters({ asked, screen }: { asked: PeriodsFacts['asked']; screen: Screen }): VNode {
  const field = (name: 'organization' | 'fiscalYear' | 'state') => ({
    screen,
    name,
    label: words[name],
    value: asked[name] ?? '',
  })
  return (
    <Search screen={screen} action="/periods">
      <Field {...field('organization')} />
      <Field {...field('fiscalYear')} inputMode="numeric" />
      <Select
        {...field('state')}
        options={[
          { value: '', words: words.all },
          ...periodStates.map((state) => ({ value: state, words: periodStateNames[state] })),
          { value: 'to-close', words: words.toClose },
        ]}
      />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

function queryOf({ address }: Screen): string {
  const query = new URLSearchParams(address.split('?')[1])
  query.delete('done')
  return query.size === 0 ? '' : `?${query}`
}

/** The table names a period by its organization and its key. */
const nameOf = ({ cells }: TableRow): string =>
  cells
    .slice(0, 2)
    .map((cell) => (cell.type === 'text' && typeof cell.value === 'string' ? cell.value : ''))
    .join(' ')

export interface PeriodFacts {
  readonly period: KeptPeriod
  readonly state: PeriodState
  readonly obstacles: readonly Problem[]
}

/** One period: who closed it and when, or what stands in the way; and the one step there is. */
export function periodPage({ period, state, obstacles }: PeriodFacts, screen: Screen): Page {
  const { language } = screen
  const name = periodName(period)
  const { closing } = period
  return {
    title: { fr: `Période ${name}`, en: `Period ${name}` },
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        {closing !== null && (
          <p class="notice">
            {say(words.closedBy, language)} <strong>{closing.by}</strong>,{' '}
            <time dateTime={closing.at}>{formatInstant(closing.at, language)}</time>
          </p>
        )}
        {state === 'open' && <p>{say(words.isOpen, language)}</p>}
        {!period.isClosed && <Obstacles obstacles={obstacles} screen={screen} />}
        <Step period={period} screen={screen} />
        <p>
          <a
            href={pathIn(
              language,
              `/periods?organization=${encodeURIComponent(period.organization)}`,
            )}
          >
            {say(words.back, language)}
          </a>
        </p>
      </>
    ),
  }
}

function Obstacles({
  obstacles,
  screen: { language },
}: {
  obstacles: readonly Problem[]
  screen: Screen
}) {
  if (obstacles.length === 0) {
    return <p>{say(words.nothing, language)}</p>
  }
  return (
    <section>
      <h2>{say(words.inTheWay, language)}</h2>
      <ul>
        {obstacles.map(({ code, sentence, issues }) => (
          <li key={code}>
            {say(sentence, language)}
            {issues.some(({ value }) => value !== undefined) && (
              <ul>
                {issues.map(({ detail, value }) => (
                  <li key={value}>{say(detail, language)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Step({ period, screen }: { period: KeptPeriod; screen: Screen }): VNode {
  const { isClosed, version } = period
  const button = isClosed ? words.reopen : words.close
  return (
    <Form screen={screen} action={periodPath(period)} version={version}>
      <input type="hidden" name="step" value={isClosed ? 'reopen' : 'close'} />
      <TextArea screen={screen} name="reason" label={words.reason} optional={!isClosed} />
      <p>
        <button type="submit">{say(button, screen.language)}</button>
      </p>
    </Form>
  )
}
