import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { TableRow } from '#core/table.ts'
import { addressWith } from '#platform/html/address.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { Turning } from '#platform/html/turning.tsx'
import { formatCount, say } from '#platform/i18n/format.ts'
import { proposalStateNames, proposalStates } from './proposal.ts'
import { type Revision, revisionKinds } from './revision.ts'
import { lineWords, revisionWords } from './revision-words.ts'
import { revisionKindNames, revisionsTable } from './revisions.table.ts'

export interface RevisionListFacts {
  readonly rows: readonly Revision[]
  readonly count: number
  readonly nextCursor: string | null
  readonly mayPrepare: boolean
  /** What was asked, as the address says it. */
  readonly asked: Asked
}

type Asked = Readonly<Partial<Record<string, string>>>

const words = {
  title: { fr: 'Révisions', en: 'Revisions' },
  counted: {
    fr: 'révision(s), une ligne pour chacune des leurs',
    en: 'revision(s), a row for each of their lines',
  },
  show: { fr: 'Afficher', en: 'Show' },
  prepare: { fr: 'Préparer :', en: 'Prepare:' },
  none: {
    fr: 'Aucune révision ne répond à cette question.',
    en: 'No revision answers this question.',
  },
  all: { fr: 'tous', en: 'all' },
} satisfies Record<string, Bilingual>

const { kind, state, organization } = revisionWords

/** In the order of the form. */
export const revisionFilters = { kind, state, organization, envelope: lineWords.envelope }

export function revisionsPage(facts: RevisionListFacts, screen: Screen): Page {
  const { language } = screen
  const { rows, count, asked, mayPrepare, nextCursor } = facts
  const table = revisionsTable(rows)
  const ids = new Map<TableRow, string>(
    rows
      .flatMap(({ id, lines }) => lines.map(() => id))
      .flatMap((id, place) => {
        const row = table.rows[place]
        return row === undefined ? [] : [[row, id]]
      }),
  )
  return {
    title: words.title,
    main: (
      <>
        <Question screen={screen} asked={asked} />
        {mayPrepare && <Prepare screen={screen} />}
        <Files
          language={language}
          path="/revisions"
          query={addressWith(screen, '', { limit: null, cursor: null })}
        />
        <p class="total">
          {formatCount(count, language)} {say(words.counted, language)}
        </p>
        <TableView
          table={table}
          language={language}
          hrefOf={(row, { key }) =>
            key === 'number' ? pathIn(language, `/revisions/${ids.get(row)}`) : null
          }
          empty={words.none}
          isNumbered
        />
        <Turning
          screen={screen}
          path="/revisions"
          nextCursor={nextCursor}
          isLater={asked.cursor !== undefined}
        />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const revisionsAgain = (asked: Asked, screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={revisionFilters} />
      <Question screen={screen} asked={asked} />
    </>
  ),
})

function Question({ screen, asked }: { screen: Screen; asked: Asked }): VNode {
  const field = (name: keyof typeof revisionFilters) => ({
    screen,
    name,
    label: revisionFilters[name],
    value: asked[name] ?? '',
  })
  const options = <Code extends string>(
    codes: readonly Code[],
    names: Readonly<Record<Code, Bilingual>>,
  ) => [
    { value: '', words: words.all },
    ...codes.map((code) => ({ value: code, words: names[code] })),
  ]
  return (
    <Search screen={screen} action="/revisions">
      <Select {...field('kind')} options={options(revisionKinds, revisionKindNames)} />
      <Select {...field('state')} options={options(proposalStates, proposalStateNames)} />
      <Field {...field('organization')} />
      <Field {...field('envelope')} />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

const Prepare = ({ screen: { language } }: { screen: Screen }): VNode => (
  <p class="ways">
    {say(words.prepare, language)}{' '}
    {revisionKinds.flatMap((each) => [
      <a key={each} href={pathIn(language, `/revisions/new?kind=${each}`)}>
        {say(revisionKindNames[each], language)}
      </a>,
      ' ',
    ])}
  </p>
)
