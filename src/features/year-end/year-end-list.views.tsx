import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { TableRow } from '#core/table.ts'
import { proposalStateNames, proposalStates } from '#features/funding/proposal.ts'
import { addressWith } from '#platform/html/address.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { Turning } from '#platform/html/turning.tsx'
import { formatCount, say } from '#platform/i18n/format.ts'
import { yearEndsTable } from './year-end.table.ts'
import type { YearEnd } from './year-end.ts'
import { yearEndWords } from './year-end-words.ts'

const words = {
  title: { fr: 'Fins d’exercice', en: 'Year-ends' },
  counted: { fr: 'fermeture(s)', en: 'year-end(s)' },
  show: { fr: 'Afficher', en: 'Show' },
  start: { fr: 'Prévisualiser une fermeture', en: 'Preview a year-end' },
  none: {
    fr: 'Aucune fermeture ne répond à cette question.',
    en: 'No year-end answers this question.',
  },
  all: { fr: 'tous', en: 'all' },
} satisfies Record<string, Bilingual>

type Asked = Readonly<Partial<Record<string, string>>>

const { programme, fiscalYear, state } = yearEndWords

/** In the order of the form. */
export const yearEndFilters = { programme, fiscalYear, state }

export interface YearEndListFacts {
  readonly rows: readonly YearEnd[]
  readonly count: number
  readonly nextCursor: string | null
  readonly asked: Asked
}

export function yearEndsPage(facts: YearEndListFacts, screen: Screen): Page {
  const { language } = screen
  const { rows, count, nextCursor, asked } = facts
  const table = yearEndsTable(rows)
  const ids = new Map<TableRow, string>(
    table.rows.map((row, place) => [row, rows[place]?.id ?? '']),
  )
  return {
    title: words.title,
    main: (
      <>
        <Question screen={screen} asked={asked} />
        <p>
          <a href={pathIn(language, '/year-end/preview')}>{say(words.start, language)}</a>
        </p>
        <Files
          language={language}
          path="/year-end"
          query={addressWith(screen, '', { limit: null, cursor: null })}
        />
        <p class="total">
          {formatCount(count, language)} {say(words.counted, language)}
        </p>
        <TableView
          table={table}
          language={language}
          columns={['fiscalYear', 'programme', 'state', 'preparedBy', 'approvedBy']}
          header="fiscalYear"
          hrefOf={(row, { key }) =>
            key === 'fiscalYear' ? pathIn(language, `/year-end/${ids.get(row)}`) : null
          }
          empty={words.none}
        />
        <Turning
          screen={screen}
          path="/year-end"
          nextCursor={nextCursor}
          isLater={asked.cursor !== undefined}
        />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const yearEndsAgain = (asked: Asked, screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={yearEndFilters} />
      <Question screen={screen} asked={asked} />
    </>
  ),
})

function Question({ screen, asked }: { screen: Screen; asked: Asked }): VNode {
  const field = (name: keyof typeof yearEndFilters) => ({
    screen,
    name,
    label: yearEndFilters[name],
    value: asked[name] ?? '',
  })
  return (
    <Search screen={screen} action="/year-end">
      <Field {...field('programme')} />
      <Field {...field('fiscalYear')} />
      <Select
        {...field('state')}
        options={[
          { value: '', words: words.all },
          ...proposalStates.map((each) => ({ value: each, words: proposalStateNames[each] })),
        ]}
      />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}
