import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { addressWith } from '#platform/html/address.ts'
import { ErrorSummary, Field, type Option, Search, Select } from '#platform/html/forms.tsx'
import { ListTotal } from '#platform/html/list-total.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { Turning } from '#platform/html/turning.tsx'
import { say } from '#platform/i18n/format.ts'
import { type Expenditure, expenditureStates } from './expenditure.ts'
import { type ListTotals, listedTable } from './expenditure-listed.table.ts'
import { dayHint } from './expenditure-words.ts'
import { stateNames } from './lifecycle.ts'

export interface ListFacts extends ListTotals {
  readonly rows: readonly Expenditure[]
  readonly count: number
  readonly nextCursor: string | null
  readonly mayEnter: boolean
  /** What was asked, as the address says it. */
  readonly asked: Readonly<Partial<Record<string, string>>>
}

const words = {
  title: { fr: 'Dépenses', en: 'Expenditures' },
  counted: { fr: 'dépense(s), montant net', en: 'expenditure(s), net amount' },
  show: { fr: 'Afficher', en: 'Show' },
  files: { fr: 'Télécharger', en: 'Download' },
  enter: { fr: 'Saisir une dépense', en: 'Enter an expenditure' },
  none: {
    fr: 'Aucune dépense ne répond à cette question.',
    en: 'No expenditure answers this question.',
  },
  ofPeriod: {
    fr: 'Le total net est ce que la période a inscrit : ses dépenses, moins ce qu’elle a repris de celles-ci et d’autres.',
    en: 'The net total is what the period recorded: its expenditures, less what it took back of these and others.',
  },
} satisfies Record<string, Bilingual>

export const filterWords = {
  text: { fr: 'Texte', en: 'Text' },
  state: { fr: 'État', en: 'State' },
  organization: { fr: 'Organisme', en: 'Organization' },
  measure: { fr: 'Mesure', en: 'Measure' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  axis: { fr: 'Axe', en: 'Axis' },
  lead: { fr: 'Porteur', en: 'Lead' },
  jurisdiction: { fr: 'Gouvernement', en: 'Government' },
  funding: { fr: 'Financement', en: 'Funding' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  period: { fr: 'Période d’inscription', en: 'Recorded period' },
  preparedBy: { fr: 'Saisie par', en: 'Entered by' },
  returned: { fr: 'Retournées', en: 'Returned' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
} satisfies Record<string, Bilingual>

/** The question in words, for a cover. */
export function filtersIn(
  asked: Readonly<Record<string, string>>,
): readonly (readonly [Bilingual, string])[] {
  const named = new Map<string, Bilingual>(Object.entries(filterWords))
  return Object.entries(asked).flatMap(([name, value]): (readonly [Bilingual, string])[] => {
    const label = named.get(name)
    return label === undefined ? [] : [[label, value]]
  })
}

const any: Option = { value: '', words: { fr: 'tous', en: 'all' } }

const stateOptions: readonly Option[] = [
  any,
  ...expenditureStates.map((state) => ({ value: state, words: optionOf(stateNames[state]) })),
]

function optionOf({ fr, en }: Bilingual): Bilingual {
  return { fr, en: en.replace('a draft', 'draft') }
}

const returns: readonly Option[] = [
  any,
  { value: 'true', words: { fr: 'seulement celles-là', en: 'only those' } },
]

const governments: readonly Option[] = [
  any,
  { value: 'QC', words: { fr: 'Québec', en: 'Quebec' } },
  {
    value: 'CA',
    words: { fr: 'Canada (gouvernement fédéral)', en: 'Canada (federal government)' },
  },
]

const fundings: readonly Option[] = [
  any,
  { value: 'own', words: { fr: 'enveloppe propre', en: 'own envelope' } },
  { value: 'shared', words: { fr: 'enveloppe partagée', en: 'shared envelope' } },
  { value: 'own,shared', words: { fr: 'avec enveloppe', en: 'with an envelope' } },
  { value: 'self_funded', words: { fr: 'autofinancé', en: 'self-funded' } },
]

export const listPage = (facts: ListFacts, screen: Screen): Page => {
  const { language } = screen
  const { count, total, asked, mayEnter } = facts
  return {
    title: words.title,
    main: (
      <>
        <Question screen={screen} asked={asked} />
        <p class="ways">
          {say(words.files, language)} <File screen={screen} ending="csv" />{' '}
          <File screen={screen} ending="xlsx" />{' '}
          {mayEnter && (
            <a href={pathIn(language, '/expenditures/new')}>{say(words.enter, language)}</a>
          )}
        </p>
        <ListTotal count={count} total={total} words={words.counted} language={language} />
        {asked.period !== undefined && <p class="hint">{say(words.ofPeriod, language)}</p>}
        <Rows facts={facts} screen={screen} />
        <Turning
          screen={screen}
          path="/expenditures"
          nextCursor={facts.nextCursor}
          isLater={asked.cursor !== undefined}
        />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const listAgain = (asked: ListFacts['asked'], screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={filterWords} />
      <Question screen={screen} asked={asked} />
    </>
  ),
})

function Question({ screen, asked }: { screen: Screen; asked: ListFacts['asked'] }): VNode {
  const field = (name: keyof typeof filterWords) => ({
    screen,
    name,
    label: filterWords[name],
    value: asked[name] ?? '',
  })
  return (
    <Search screen={screen} action="/expenditures">
      <Field {...field('text')} type="search" />
      <Select {...field('state')} options={stateOptions} />
      <Field {...field('organization')} />
      <Field {...field('measure')} />
      <Field {...field('envelope')} />
      <Field {...field('axis')} />
      <Field {...field('lead')} />
      <Select {...field('jurisdiction')} options={governments} />
      <Select {...field('funding')} options={fundings} />
      <Field {...field('fiscalYear')} hint={{ fr: '2025-2026', en: '2025-26' }} />
      <Field {...field('period')} hint={{ fr: '2025-2026-P03', en: '2025-2026-P03' }} />
      <Field {...field('preparedBy')} />
      <Select {...field('returned')} options={returns} />
      <Field {...field('from')} hint={dayHint} />
      <Field {...field('to')} hint={dayHint} />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

const File = ({ screen, ending }: { screen: Screen; ending: 'csv' | 'xlsx' }): VNode => (
  <a
    href={pathIn(
      screen.language,
      addressWith(screen, `/expenditures.${ending}`, { limit: null, cursor: null }),
    )}
  >
    {ending.toUpperCase()}
  </a>
)

function Rows({ facts, screen }: { facts: ListFacts; screen: Screen }): VNode {
  const { language } = screen
  const { rows } = facts
  const table = listedTable(rows, null)
  const ids = new Map<TableRow, string>(
    table.rows.map((row, place) => [row, rows[place]?.id ?? '']),
  )
  return (
    <TableView
      table={table}
      language={language}
      flagWords={flagLabelOf}
      hrefOf={(row, { key }) =>
        key === 'number' ? pathIn(language, `/expenditures/${ids.get(row)}`) : null
      }
      empty={words.none}
      isNumbered
    />
  )
}
