import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { Facts } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatInstant, missingSign, say } from '#platform/i18n/format.ts'
import type { RecordedEvent } from './event.ts'
import { changesOf, type FieldChange } from './event-changes.ts'
import { type CodeWords, codeWordsOf } from './event-codes.ts'
import { fieldWords } from './event-field-words.ts'
import { nameIn, placeOfEvent } from './event-subject.ts'
import { eventWords, subjectWords } from './event-words.ts'
import type { Observation } from './observation.ts'
import { ObservationList } from './observations.views.tsx'

const words = {
  at: { fr: 'Quand', en: 'When' },
  actor: { fr: 'Qui', en: 'Who' },
  type: { fr: 'Action', en: 'Action' },
  subject: { fr: 'Objet', en: 'Subject' },
  reason: { fr: 'Motif', en: 'Reason' },
  request: { fr: 'Requête', en: 'Request' },
  address: { fr: 'Adresse du poste', en: 'Network address' },
  operatingSystemUser: { fr: 'Compte du poste', en: 'Operating-system user' },
  previous: { fr: 'Sceau précédent', en: 'Previous seal' },
  hash: { fr: 'Sceau', en: 'Seal' },
  changed: { fr: 'Ce qui change', en: 'What changes' },
  said: { fr: 'Ce qui est inscrit', en: 'What is recorded' },
  same: { fr: 'Ce qui ne change pas', en: 'What does not change' },
  nothing: { fr: 'L’événement ne dit rien de plus.', en: 'The event says nothing more.' },
  field: { fr: 'Champ', en: 'Field' },
  before: { fr: 'Avant', en: 'Before' },
  after: { fr: 'Après', en: 'After' },
  open: { fr: 'Ouvrir', en: 'Open' },
  history: { fr: 'Tous ses événements', en: 'All its events' },
  entries: { fr: 'Écritures passées par cet événement', en: 'Entries posted by this event' },
  earlier: { fr: 'Événement précédent', en: 'Previous event' },
  list: { fr: 'Tous les événements', en: 'All events' },
} satisfies Record<string, Bilingual>

export interface EventFacts {
  readonly event: RecordedEvent
  /** Whether what it speaks of is still there to be opened. */
  readonly isThere: boolean
  /** What auditors wrote about the event. */
  readonly observations: readonly Observation[]
  readonly codes: CodeWords
}

export function eventPage(facts: EventFacts, screen: Screen): Page {
  const { event, isThere, observations, codes } = facts
  const { language } = screen
  const { position } = event
  return {
    title: { fr: `Événement ${position}`, en: `Event ${position}` },
    main: (
      <>
        <Said event={event} isThere={isThere} screen={screen} />
        <Changes event={event} codes={codes} screen={screen} />
        <ObservationList
          subject={`event/${position}`}
          observations={observations}
          screen={screen}
        />
        <p class="ways">
          {isOffered(screen, '/journal') && (
            <a href={pathIn(language, `/journal?${entriesQuery(position)}`)}>
              {say(words.entries, language)}
            </a>
          )}
          {position > 1 && (
            <a href={pathIn(language, `/events/${position - 1}`)}>{say(words.earlier, language)}</a>
          )}
          <a href={pathIn(language, '/events')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

/** What was recorded after the position before, up to this one. */
const entriesQuery = (position: number): URLSearchParams =>
  new URLSearchParams({
    ...(position > 1 ? { since: String(position - 1) } : {}),
    asOf: String(position),
  })

type SaidProps = Pick<EventFacts, 'event' | 'isThere'> & { readonly screen: Screen }

function Said({ event, isThere, screen }: SaidProps): VNode {
  const { language } = screen
  const typed = eventWords(event.type)
  return (
    <Facts
      language={language}
      facts={[
        [words.at, <time dateTime={event.at}>{formatInstant(event.at, language)}</time>],
        [words.actor, <AsWritten text={event.actor} />],
        [
          words.type,
          <>
            {typed !== undefined && say(typed, language)} <code>{event.type}</code>
          </>,
        ],
        [words.subject, <Subject event={event} isThere={isThere} screen={screen} />],
        [words.reason, event.reason === null ? null : <AsWritten text={event.reason} />],
        [words.request, <code>{event.request}</code>],
        [words.address, event.address],
        [words.operatingSystemUser, event.operatingSystemUser],
        [words.hash, <code>{event.hash}</code>],
        [words.previous, <code>{event.previous}</code>],
      ]}
    />
  )
}

function Subject({ event, isThere, screen }: SaidProps): VNode {
  const { language } = screen
  const place = placeOfEvent(event.subject)
  const mayOpen = isThere && place !== null && isOffered(screen, place.list)
  return (
    <>
      {say(subjectWords(event.subject, nameIn(event)), language)} <code>{event.subject}</code>{' '}
      {mayOpen && (
        <>
          <a href={pathIn(language, place.path)}>{say(words.open, language)}</a>{' '}
        </>
      )}
      <a href={pathIn(language, `/events?${new URLSearchParams({ subject: event.subject })}`)}>
        {say(words.history, language)}
      </a>
    </>
  )
}

/** Of a long event the first fields; the file of the list has all of it. */
const fieldsMax = 300

type ChangesProps = Pick<EventFacts, 'event' | 'codes'> & { readonly screen: Screen }

function Changes({ event, codes, screen }: ChangesProps): VNode {
  const { language } = screen
  const changes = changesOf(event)
  const moved = changes.filter(({ before, after }) => before !== after)
  const same = changes.filter(({ before, after }) => before === after)
  const title = event.before === null ? words.said : words.changed
  const table = { event, codes, screen }
  return (
    <section>
      {moved.length === 0 && <p>{say(words.nothing, language)}</p>}
      {moved.length > 0 && <FieldTable {...table} changes={moved} title={title} />}
      {same.length > 0 && (
        <details>
          <summary>{say(words.same, language)}</summary>
          <FieldTable {...table} changes={same} title={words.same} />
        </details>
      )}
    </section>
  )
}

interface FieldTableProps extends ChangesProps {
  readonly changes: readonly FieldChange[]
  readonly title: Bilingual
}

function FieldTable(props: FieldTableProps): VNode {
  const { changes, title, screen } = props
  const { language } = screen
  const left = changes.length - fieldsMax
  return (
    <>
      <section class="scroll" aria-label={say(title, language)} {...scrollable}>
        <table>
          <caption>{say(title, language)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.field, language)}</th>
              <th scope="col">{say(words.before, language)}</th>
              <th scope="col">{say(words.after, language)}</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, fieldsMax).map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">
                  <AsWritten text={say(fieldWords(field), language)} />
                </th>
                <td>
                  <Value {...props} field={field} value={before} />
                </td>
                <td>
                  <Value {...props} field={field} value={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {left > 0 && <p>{say(more(left), language)}</p>}
    </>
  )
}

interface ValueProps extends ChangesProps {
  readonly field: string
  readonly value: string | null
}

/** A code in words, and what somebody wrote as it is. */
function Value({ event: { type }, codes, field, value, screen: { language } }: ValueProps) {
  if (value === null) {
    return <span>{missingSign('absent', language)}</span>
  }
  const said = codeWordsOf(codes, { type, field }, value)
  return said === undefined ? <AsWritten text={cut(value)} /> : <span>{say(said, language)}</span>
}

const more = (left: number): Bilingual => ({
  fr: `Et ${left} autres champs : le fichier de la liste les contient tous.`,
  en: `And ${left} more fields: the file of the list has all of them.`,
})

const shownMax = 2000
const cut = (text: string): string => {
  const characters = Array.from(text.slice(0, 2 * shownMax + 1))
  return characters.length > shownMax ? `${characters.slice(0, shownMax).join('')}…` : text
}
