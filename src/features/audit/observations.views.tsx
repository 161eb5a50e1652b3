import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { recordTable } from '#core/record-table.ts'
import type { CellValue, Column, TableRow } from '#core/table.ts'
import { addressWith } from '#platform/html/address.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form, Search, TextArea } from '#platform/html/forms.tsx'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatCounted, formatInstant, say } from '#platform/i18n/format.ts'
import { placeOf } from './event-subject.ts'
import { subjectWords } from './event-words.ts'
import type { Observation } from './observation.ts'
import { observationRecords } from './record-lists.table.ts'

const words = {
  title: { fr: 'Observations', en: 'Observations' },
  intro: {
    fr: 'Ce que les auditeurs ont noté au sujet d’un document, d’un événement ou d’une écriture. Une observation est scellée dans la chaîne : personne ne peut la modifier ni la retirer.',
    en: 'What auditors wrote about a document, an event or an entry. An observation is sealed in the chain: nobody can change it or take it away.',
  },
  write: { fr: 'Inscrire une observation', en: 'Write an observation' },
  about: { fr: 'Inscrire une observation à ce sujet', en: 'Write an observation about it' },
  subject: { fr: 'Objet', en: 'Subject' },
  subjectHint: {
    fr: 'Le genre et l’identifiant : event/1204, entry/88, envelope/QC-M12.',
    en: 'Kind and id: event/1204, entry/88, envelope/QC-M12.',
  },
  text: { fr: 'Observation', en: 'Observation' },
  save: { fr: 'Inscrire', en: 'Record it' },
  written: { fr: 'L’observation est inscrite.', en: 'The observation is on record.' },
  show: { fr: 'Afficher', en: 'Show' },
  one: { fr: 'observation', en: 'observation' },
  several: { fr: 'observations', en: 'observations' },
  next: { fr: 'Page suivante', en: 'Next page' },
  none: { fr: 'Aucune observation pour le moment.', en: 'No observation so far.' },
} satisfies Record<string, Bilingual>

export const observationFilters = { subject: words.subject } satisfies Record<string, Bilingual>

export interface ObservationsFacts {
  readonly observations: readonly Observation[]
  readonly count: number
  /** Cursor of the next page; null where there is none. */
  readonly next: string | null
  readonly subject: string | undefined
  readonly isWritten: boolean
}

export function observationsPage(facts: ObservationsFacts, screen: Screen): Page {
  const { observations, count, next, subject, isWritten } = facts
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        {isWritten && (
          <p class="notice" role="status">
            {say(words.written, language)}
          </p>
        )}
        <p>{say(words.intro, language)}</p>
        <Search screen={screen} action="/observations">
          <Field
            screen={screen}
            id="f-of"
            name="subject"
            label={words.subject}
            value={subject ?? ''}
          />
          <button type="submit">{say(words.show, language)}</button>
        </Search>
        <p>{formatCounted(count, words, language)}</p>
        <Files
          language={language}
          path="/observations"
          query={addressWith(screen, '', { cursor: null, done: null })}
        />
        <TableView
          table={recordTable(observationRecords, observations)}
          language={language}
          columns={['subject', 'text', 'writtenBy', 'position', 'at']}
          header="subject"
          asWritten={['text', 'writtenBy']}
          hrefOf={(row, column) => hrefOf(row, column, screen)}
          wordsOf={{
            subject: (text) => subjectWords(text),
            at: (at) => ({ fr: formatInstant(at, 'fr'), en: formatInstant(at, 'en') }),
          }}
          empty={words.none}
        />
        {next !== null && (
          <p>
            <a href={pathIn(language, addressWith(screen, '/observations', { cursor: next }))}>
              {say(words.next, language)}
            </a>
          </p>
        )}
        <Writing subject={subject} screen={screen} />
      </>
    ),
  }
}

function hrefOf({ cells }: TableRow, { key }: Column, screen: Screen): string | null {
  const [, subject, , , position] = cells
  if (key === 'position' && position?.type === 'count') {
    return pathIn(screen.language, `/events/${position.value}`)
  }
  const place = key === 'subject' && subject !== undefined ? placeOf(textIn(subject)) : null
  return place !== null && isOffered(screen, place.list)
    ? pathIn(screen.language, place.path)
    : null
}

const textIn = (cell: CellValue): string =>
  cell.type === 'text' && typeof cell.value === 'string' ? cell.value : ''

function Writing({ subject, screen }: { subject: string | undefined; screen: Screen }): VNode {
  const { language } = screen
  return (
    <section class="card">
      <h2>{say(words.write, language)}</h2>
      <Form screen={screen} action="/observations">
        <Field
          screen={screen}
          name="subject"
          label={words.subject}
          hint={words.subjectHint}
          value={subject ?? ''}
        />
        <TextArea screen={screen} name="text" label={words.text} rows={4} />
        <p>
          <button type="submit">{say(words.save, language)}</button>
        </p>
      </Form>
    </section>
  )
}

interface ObservationListProps {
  readonly subject: string
  readonly observations: readonly Observation[]
  readonly screen: Screen
}

/** On the page of what they are about. */
export function ObservationList({ subject, observations, screen }: ObservationListProps): VNode {
  const { language } = screen
  return (
    <section>
      <h2>{say(words.title, language)}</h2>
      {observations.length === 0 ? (
        <p>{say(words.none, language)}</p>
      ) : (
        <ul>
          {observations.map(({ id, text, writtenBy, at }) => (
            <li key={id}>
              <AsWritten text={text} /> – <AsWritten text={writtenBy} />,{' '}
              <time dateTime={at}>{formatInstant(at, language)}</time>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={pathIn(language, `/observations?${new URLSearchParams({ subject })}`)}>
          {say(words.about, language)}
        </a>
      </p>
    </section>
  )
}
