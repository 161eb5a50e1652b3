import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { CellValue, Column, TableRow } from '#core/table.ts'
import { addressWith } from '#platform/html/address.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatCounted, formatInstant, say } from '#platform/i18n/format.ts'
import type { RecordedEvent } from './event.ts'
import { nameIn } from './event-subject.ts'
import { eventWords, nounWords, subjectWords } from './event-words.ts'
import { eventsTable } from './events.table.ts'

const words = {
  title: { fr: 'Événements', en: 'Events' },
  intro: {
    fr: 'La piste d’audit : chaque action inscrite au registre, avec qui l’a faite, quand, sur quoi et pourquoi. Rien n’y est changé ni retiré.',
    en: 'The audit trail: every action on record, with who did it, when, on what and why. Nothing in it is changed or taken away.',
  },
  type: { fr: 'Action', en: 'Action' },
  all: { fr: 'Toutes', en: 'All' },
  actor: { fr: 'Auteur', en: 'Actor' },
  actorHint: { fr: 'Adresse de courriel entière.', en: 'Whole email address.' },
  subject: { fr: 'Objet', en: 'Subject' },
  subjectHint: { fr: 'Par exemple envelope/QC-M12.', en: 'For example envelope/QC-M12.' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
  text: { fr: 'Texte cherché', en: 'Text to look for' },
  textHint: {
    fr: 'Dans l’avant, l’après et le motif.',
    en: 'In what was before, after, and the reason.',
  },
  request: { fr: 'Requête', en: 'Request' },
  order: { fr: 'Ordre', en: 'Order' },
  newest: { fr: 'Du plus récent', en: 'Newest first' },
  oldest: { fr: 'Du plus ancien', en: 'Oldest first' },
  show: { fr: 'Chercher', en: 'Search' },
  one: { fr: 'événement', en: 'event' },
  several: { fr: 'événements', en: 'events' },
  next: { fr: 'Page suivante', en: 'Next page' },
  none: {
    fr: 'Aucun événement ne correspond. Élargissez la recherche.',
    en: 'No event matches. Widen the search.',
  },
} satisfies Record<string, Bilingual>

/** What is asked of the trail, in the order in which a file of it says so. */
export const eventFilters = {
  ...{ type: words.type, text: words.text, actor: words.actor, subject: words.subject },
  ...{ from: words.from, to: words.to, request: words.request },
} satisfies Record<string, Bilingual>

export interface EventsFacts {
  /** Of this page. */
  readonly events: readonly RecordedEvent[]
  /** Of all pages. */
  readonly count: number
  /** Position after which the next page begins; null where there is none. */
  readonly next: number | null
}

export function eventsPage({ events, count, next }: EventsFacts, screen: Screen): Page {
  const { language } = screen
  const named = new Map(
    events.map((event) => [event.subject, subjectWords(event.subject, nameIn(event))]),
  )
  return {
    title: words.title,
    main: (
      <>
        <p>{say(words.intro, language)}</p>
        <Filters screen={screen} />
        <p>{formatCounted(count, words, language)}</p>
        <Files language={language} path="/events" query={queryOf(screen)} />
        <TableView
          table={eventsTable(events)}
          language={language}
          columns={['position', 'at', 'type', 'actor', 'subject', 'reason']}
          isNumbered
          asWritten={['actor', 'reason']}
          hrefOf={(row, column) => hrefOf(row, column, screen)}
          wordsOf={{
            at: (at) => ({ fr: formatInstant(at, 'fr'), en: formatInstant(at, 'en') }),
            type: eventWords,
            subject: (subject) => named.get(subject),
          }}
          empty={words.none}
        />
        {next !== null && (
          <p>
            <a href={pathIn(language, addressWith(screen, '/events', { after: String(next) }))}>
              {say(words.next, language)}
            </a>
          </p>
        )}
      </>
    ),
  }
}

/** What was asked for, when it cannot be answered. */
export const eventsAgain = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Filters screen={screen} />
    </>
  ),
})

/** A position opens its event; a subject, all that was done with it. */
function hrefOf({ cells }: TableRow, { key }: Column, { language }: Screen): string | null {
  const [position, , , , , , , subject] = cells
  if (key === 'position' && position?.type === 'count') {
    return pathIn(language, `/events/${position.value}`)
  }
  return key === 'subject' && subject !== undefined
    ? pathIn(language, `/events?${new URLSearchParams({ subject: textIn(subject) })}`)
    : null
}

const textIn = (cell: CellValue): string =>
  cell.type === 'text' && typeof cell.value === 'string' ? cell.value : ''

const queryOf = (screen: Screen): string => addressWith(screen, '', { after: null })

type Filter = Exclude<keyof typeof eventFilters, 'type'>

function Filters({ screen }: { screen: Screen }): VNode {
  const asked = new URLSearchParams(screen.address.split('?')[1])
  const field = (name: Filter) => ({
    screen,
    name,
    label: words[name],
    value: asked.get(name) ?? '',
  })
  return (
    <Search screen={screen} action="/events">
      <Select
        screen={screen}
        name="type"
        label={words.type}
        value={asked.get('type') ?? ''}
        options={typeOptions(asked.get('type') ?? '')}
      />
      <Field {...field('text')} hint={words.textHint} type="search" />
      <Field {...field('actor')} hint={words.actorHint} />
      <Field {...field('subject')} hint={words.subjectHint} />
      <Field {...field('from')} type="date" />
      <Field {...field('to')} type="date" />
      <Field {...field('request')} />
      <Select
        screen={screen}
        name="order"
        label={words.order}
        value={asked.get('order') ?? 'newest'}
        options={(['newest', 'oldest'] as const).map((order) => ({
          value: order,
          words: words[order],
        }))}
      />
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

/** One that nothing offers stays chosen: an address names a single type too. */
function typeOptions(asked: string) {
  const offered = Object.entries(nounWords)
    .filter(([noun]) => !['event', 'entry'].includes(noun))
    .map(([noun, name]) => ({ value: `${noun}.*`, words: name }))
  const isOffered = asked === '' || offered.some(({ value }) => value === asked)
  return [
    { value: '', words: words.all },
    ...(isOffered ? [] : [{ value: asked, words: eventWords(asked) ?? asked }]),
    ...offered,
  ]
}
