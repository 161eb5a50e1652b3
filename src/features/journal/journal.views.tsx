import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { Money } from '#core/money.ts'
import type { Column, TableRow } from '#core/table.ts'
import { placeOf } from '#features/audit/event-subject.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { addressWith } from '#platform/html/address.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatCounted, formatFiscalYear, say } from '#platform/i18n/format.ts'
import { causes } from './cause.ts'
import { entryKinds, entryOrders } from './entry.ts'
import type { FiledEntry } from './journal-file.ts'
import { journalTable, sumOfLines } from './journal-lines.table.ts'
import { accountWords, causeWords, entryKindWords } from './journal-words.ts'

const words = {
  title: { fr: 'Journal', en: 'Journal' },
  intro: {
    fr: 'Chaque écriture, ligne par ligne, la plus récente d’abord. Une écriture s’équilibre à zéro ; elle ne change jamais, elle ne peut qu’être contre-passée.',
    en: 'Every entry, line by line, the newest first. An entry balances to zero; it never changes, it can only be reversed.',
  },
  cause: { fr: 'Cause', en: 'Cause' },
  kind: { fr: 'Nature', en: 'Kind' },
  jurisdiction: { fr: 'Gouvernement', en: 'Government' },
  organization: { fr: 'Organisme', en: 'Organization' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  measure: { fr: 'Mesure', en: 'Measure' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  document: { fr: 'Document', en: 'Document' },
  since: { fr: 'Après la position', en: 'After position' },
  asOf: { fr: 'Jusqu’à la position', en: 'Up to position' },
  momentHint: { fr: 'Une position ou un instant.', en: 'A position or an instant.' },
  all: { fr: 'Toutes', en: 'All' },
  both: { fr: 'Les deux', en: 'Both' },
  order: { fr: 'Ordre', en: 'Order' },
  newest: { fr: 'De la plus récente', en: 'Newest first' },
  oldest: { fr: 'De la plus ancienne', en: 'Oldest first' },
  show: { fr: 'Afficher', en: 'Show' },
  one: { fr: 'écriture', en: 'entry' },
  several: { fr: 'écritures', en: 'entries' },
  total: { fr: 'Total', en: 'Total' },
  next: { fr: 'Page suivante', en: 'Next page' },
  none: {
    fr: 'Aucune écriture ne correspond. Élargissez la recherche.',
    en: 'No entry matches. Widen the search.',
  },
} satisfies Record<string, Bilingual>

const jurisdictionNames = {
  QC: { fr: 'Québec', en: 'Quebec' },
  CA: { fr: 'Canada', en: 'Canada' },
} satisfies Record<(typeof jurisdictions)[number], Bilingual>

/** What is asked of the journal, in the order in which a file of it says so. */
export const journalFilters = {
  ...{ cause: words.cause, kind: words.kind, jurisdiction: words.jurisdiction },
  ...{ organization: words.organization, envelope: words.envelope, measure: words.measure },
  ...{ fiscalYear: words.fiscalYear, document: words.document },
  ...{ since: words.since, asOf: words.asOf },
} satisfies Record<string, Bilingual>

export interface JournalFacts {
  readonly entries: readonly FiledEntry[]
  readonly count: number
  /** Id after which the next page begins; null where there is none. */
  readonly next: string | null
}

export function journalPage({ entries, count, next }: JournalFacts, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <p>{say(words.intro, language)}</p>
        <Filters screen={screen} />
        <p>{formatCounted(count, words, language)}</p>
        <Files
          language={language}
          path="/journal"
          query={addressWith(screen, '', { after: null })}
        />
        <EntryLines entries={entries} screen={screen} columns={listed} />
        {next !== null && (
          <p>
            <a href={pathIn(language, addressWith(screen, '/journal', { after: next }))}>
              {say(words.next, language)}
            </a>
          </p>
        )}
      </>
    ),
  }
}

/** What was asked for, when it cannot be answered. */
export const journalAgain = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Filters screen={screen} />
    </>
  ),
})

const listed = [
  ...['id', 'effectiveOn', 'kind', 'number', 'supplier'],
  ...['account', 'envelope', 'measure', 'fiscalYear', 'amount'].map((field) => `lines.${field}`),
]

interface EntryLinesProps {
  readonly entries: readonly FiledEntry[]
  readonly screen: Screen
  readonly columns: readonly string[]
}

/** A row a line, with what they all add up to. */
export function EntryLines({ entries, screen, columns }: EntryLinesProps): VNode {
  const { language } = screen
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return (
    <TableView
      table={journalTable(entries, sumOfLines(Money.zero, entries))}
      language={language}
      columns={columns}
      isNumbered
      asWritten={['supplier']}
      hrefOf={(row, column) => hrefOf(row, column, { byId, screen })}
      wordsOf={{
        id: (id) => (id === 'total' ? words.total : undefined),
        kind: (kind) => named(entryKindWords, kind),
        'lines.account': (account) => named(accountWords, account),
        'lines.fiscalYear': (year) => ({
          fr: formatFiscalYear(year, 'fr'),
          en: formatFiscalYear(year, 'en'),
        }),
      }}
      empty={words.none}
    />
  )
}

const named = (names: Readonly<Record<string, Bilingual>>, code: string): Bilingual | undefined =>
  Object.hasOwn(names, code) ? names[code] : undefined

interface Shown {
  readonly byId: ReadonlyMap<string, FiledEntry>
  readonly screen: Screen
}

function hrefOf(row: TableRow, { key }: Column, { byId, screen }: Shown): string | null {
  const entry = byId.get(textAt(row, 'id'))
  if (entry === undefined) {
    return null
  }
  switch (key) {
    case 'id':
      return pathIn(screen.language, `/journal/${entry.id}`)
    case 'number':
      return documentAt(entry, screen)
    case 'lines.envelope':
      return pageOf('envelope', textAt(row, key), screen)
    case 'lines.measure':
      return pageOf('measure', textAt(row, key), screen)
    default:
      return null
  }
}

/** The page of what the entry posts, where the reader is offered such pages. */
export const documentAt = ({ document }: FiledEntry, screen: Screen): string | null =>
  pageOf(document.type, document.id, screen)

function pageOf(type: string, id: string, screen: Screen): string | null {
  const place = placeOf(`${type}/${id}`)
  return place !== null && isOffered(screen, place.list)
    ? pathIn(screen.language, place.path)
    : null
}

const places = new Map(journalTable([], Money.zero).columns.map(({ key }, at) => [key, at]))

function textAt({ cells }: TableRow, key: string): string {
  const cell = cells[places.get(key) ?? 0]
  return cell?.type === 'text' && typeof cell.value === 'string' ? cell.value : ''
}

type Typed = 'organization' | 'envelope' | 'measure' | 'fiscalYear' | 'document' | 'since' | 'asOf'

function Filters({ screen }: { screen: Screen }): VNode {
  const asked = new URLSearchParams(screen.address.split('?')[1])
  const field = (name: Typed) => ({
    screen,
    name,
    label: words[name],
    value: asked.get(name) ?? '',
  })
  return (
    <Search screen={screen} action="/journal">
      <Choice screen={screen} name="cause" codes={causes} names={causeWords} asked={asked} />
      <Choice screen={screen} name="kind" codes={entryKinds} names={entryKindWords} asked={asked} />
      <Choice
        screen={screen}
        name="jurisdiction"
        codes={jurisdictions}
        names={jurisdictionNames}
        asked={asked}
      />
      <Field {...field('organization')} />
      <Field {...field('envelope')} />
      <Field {...field('measure')} />
      <Field {...field('fiscalYear')} inputMode="numeric" />
      <Field {...field('document')} />
      <Field {...field('since')} hint={words.momentHint} />
      <Field {...field('asOf')} hint={words.momentHint} />
      <Select
        screen={screen}
        name="order"
        label={words.order}
        value={asked.get('order') ?? 'newest'}
        options={entryOrders.toReversed().map((order) => ({ value: order, words: words[order] }))}
      />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

interface ChoiceProps {
  readonly screen: Screen
  readonly name: 'cause' | 'kind' | 'jurisdiction'
  readonly codes: readonly string[]
  readonly names: Readonly<Record<string, Bilingual>>
  readonly asked: URLSearchParams
}

const Choice = ({ screen, name, codes, names, asked }: ChoiceProps): VNode => (
  <Select
    screen={screen}
    name={name}
    label={words[name]}
    value={asked.get(name) ?? ''}
    options={[
      { value: '', words: name === 'jurisdiction' ? words.both : words.all },
      ...codes.map((code) => ({ value: code, words: named(names, code) ?? code })),
    ]}
  />
)
