import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { addressWith } from '#platform/html/address.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, type Option, Search, Select } from '#platform/html/forms.tsx'
import { ListTotal } from '#platform/html/list-total.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { Turning } from '#platform/html/turning.tsx'
import { formatAmount, say } from '#platform/i18n/format.ts'
import { type Commitment, commitmentStates } from './commitment.ts'
import { listedTable } from './commitment-listed.table.ts'
import { fieldWords } from './commitment-words.ts'
import type { CommitmentTotals } from './filter.ts'
import { stateNames } from './lifecycle.ts'

export interface CommitmentListFacts extends CommitmentTotals {
  readonly rows: readonly Commitment[]
  readonly count: number
  readonly nextCursor: string | null
  readonly mayEnter: boolean
  /** What was asked, as the address says it. */
  readonly asked: Asked
}

type Asked = Readonly<Partial<Record<string, string>>>

const words = {
  title: { fr: 'Engagements', en: 'Commitments' },
  counted: { fr: 'engagement(s), montant', en: 'commitment(s), amount' },
  held: {
    fr: 'engagement(s) approuvé(s), reste engagé',
    en: 'approved commitment(s), remains committed',
  },
  ofWhich: { fr: 'Dont reste engagé :', en: 'Of which remains committed:' },
  asked: { fr: 'Demandé à l’origine :', en: 'Asked for at first:' },
  show: { fr: 'Afficher', en: 'Show' },
  enter: { fr: 'Saisir un engagement', en: 'Enter a commitment' },
  none: {
    fr: 'Aucun engagement ne répond à cette question.',
    en: 'No commitment answers this question.',
  },
  yearHint: { fr: '2025-2026', en: '2025-26' },
  all: { fr: 'tous', en: 'all' },
} satisfies Record<string, Bilingual>

const { supplier, state, organization, measure, envelope, fiscalYear } = fieldWords

/** In the order of the form. */
export const filterWords = { supplier, state, organization, measure, envelope, fiscalYear }

const states: readonly Option[] = [
  { value: '', words: words.all },
  ...commitmentStates.map((each) => ({ value: each, words: stateNames[each] })),
]

export function commitmentsPage(facts: CommitmentListFacts, screen: Screen): Page {
  const { language } = screen
  const { asked, mayEnter, nextCursor } = facts
  return {
    title: words.title,
    main: (
      <>
        <Question screen={screen} asked={asked} />
        {mayEnter && (
          <p>
            <a href={pathIn(language, '/commitments/new')}>{say(words.enter, language)}</a>
          </p>
        )}
        <Files
          language={language}
          path="/commitments"
          query={addressWith(screen, '', { limit: null, cursor: null })}
        />
        <Totals facts={facts} screen={screen} />
        <Rows rows={facts.rows} screen={screen} />
        <Turning
          screen={screen}
          path="/commitments"
          nextCursor={nextCursor}
          isLater={asked.cursor !== undefined}
        />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const commitmentsAgain = (asked: Asked, screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={filterWords} />
      <Question screen={screen} asked={asked} />
    </>
  ),
})

function Question({ screen, asked }: { screen: Screen; asked: Asked }): VNode {
  const field = (name: keyof typeof filterWords) => ({
    screen,
    name,
    label: filterWords[name],
    value: asked[name] ?? '',
  })
  return (
    <Search screen={screen} action="/commitments">
      <Field {...field('supplier')} type="search" />
      <Select {...field('state')} options={states} />
      <Field {...field('organization')} />
      <Field {...field('measure')} />
      <Field {...field('envelope')} />
      <Field {...field('fiscalYear')} hint={words.yearHint} />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

/** Of approved ones what counts is what remains; of others, what they ask for. */
function Totals({ facts, screen }: { facts: CommitmentListFacts; screen: Screen }): VNode {
  const { language } = screen
  const { count, total, remaining, asked } = facts
  const approved = addressWith(screen, '/commitments', { state: 'approved', cursor: null })
  return asked.state === 'approved' ? (
    <>
      <ListTotal count={count} total={remaining} words={words.held} language={language} />
      <p>
        {say(words.asked, language)} {formatAmount(total, language)}
      </p>
    </>
  ) : (
    <>
      <ListTotal count={count} total={total} words={words.counted} language={language} />
      {asked.state === undefined && (
        <p>
          {say(words.ofWhich, language)}{' '}
          <a href={pathIn(language, approved)} data-total={remaining.toString()}>
            {formatAmount(remaining, language)}
          </a>
        </p>
      )}
    </>
  )
}

function Rows({ rows, screen }: { rows: readonly Commitment[]; screen: Screen }): VNode {
  const { language } = screen
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
        key === 'number' ? pathIn(language, `/commitments/${ids.get(row)}`) : null
      }
      empty={words.none}
      isNumbered
    />
  )
}
