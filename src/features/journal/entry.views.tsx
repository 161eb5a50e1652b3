import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { periodKey } from '#core/period.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { Facts } from '#platform/html/table-fields.tsx'
import { formatDate, formatInstant, say } from '#platform/i18n/format.ts'
import type { Cause } from './cause.ts'
import { documentAt, EntryLines } from './journal.views.tsx'
import type { FiledEntry } from './journal-file.ts'
import { causeWords, documentWords, entryKindWords } from './journal-words.ts'

const words = {
  kind: { fr: 'Nature', en: 'Kind' },
  cause: { fr: 'Cause', en: 'Cause' },
  document: { fr: 'Document', en: 'Document' },
  supplier: { fr: 'Fournisseur', en: 'Supplier' },
  reference: { fr: 'Pièce', en: 'Reference' },
  description: { fr: 'Description', en: 'Description' },
  reason: { fr: 'Motif', en: 'Reason' },
  organization: { fr: 'Organisme', en: 'Organization' },
  effectiveOn: { fr: 'Date d’effet', en: 'Effective on' },
  recordedIn: { fr: 'Période d’inscription', en: 'Recorded period' },
  event: { fr: 'Événement', en: 'Event' },
  reverses: { fr: 'Contre-passe l’écriture', en: 'Reverses entry' },
  reversedBy: { fr: 'Contre-passée par l’écriture', en: 'Reversed by entry' },
  same: { fr: 'Toutes les écritures de ce document', en: 'All entries of this document' },
  observations: { fr: 'Observations', en: 'Observations' },
  list: { fr: 'Tout le journal', en: 'The whole journal' },
} satisfies Record<string, Bilingual>

export interface EntryFacts {
  readonly entry: FiledEntry
  readonly cause: Cause
  /** Id of the entry that took it back. */
  readonly reversedBy: string | null
}

/** One entry: its document, its event and its lines. */
export function entryPage(facts: EntryFacts, screen: Screen): Page {
  const { entry } = facts
  const { language } = screen
  const of = (query: Record<string, string>): string => `?${new URLSearchParams(query)}`
  return {
    title: { fr: `Écriture ${entry.id}`, en: `Entry ${entry.id}` },
    main: (
      <>
        <Said facts={facts} screen={screen} />
        <EntryLines entries={[entry]} screen={screen} columns={lineColumns} />
        <p class="ways">
          <a href={pathIn(language, `/journal${of({ document: entry.document.id })}`)}>
            {say(words.same, language)}
          </a>
          {isOffered(screen, '/observations') && (
            <a href={pathIn(language, `/observations${of({ subject: `entry/${entry.id}` })}`)}>
              {say(words.observations, language)}
            </a>
          )}
          <a href={pathIn(language, '/journal')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

const lineColumns = [
  'id',
  ...['account', 'envelope', 'measure', 'organization', 'fiscalYear', 'amount'].map(
    (field) => `lines.${field}`,
  ),
]

function Said({ facts, screen }: { facts: EntryFacts; screen: Screen }): VNode {
  const { entry, cause, reversedBy } = facts
  const { language } = screen
  const { said, position, at, recordedIn } = entry
  return (
    <Facts
      language={language}
      facts={[
        [words.kind, say(entryKindWords[entry.kind], language)],
        [words.cause, say(causeWords[cause], language)],
        [words.document, <Document entry={entry} screen={screen} />],
        [words.reference, typed(said.reference)],
        [words.supplier, typed(said.supplier)],
        [words.description, typed(said.description)],
        [words.reason, typed(said.reason)],
        [words.organization, entry.organization],
        [words.effectiveOn, formatDate(entry.effectiveOn, language)],
        [words.recordedIn, recordedIn === null ? null : periodKey(recordedIn)],
        [
          words.event,
          <>
            {isOffered(screen, '/events') ? (
              <a href={pathIn(language, `/events/${position}`)}>{position}</a>
            ) : (
              position
            )}
            , <time dateTime={at}>{formatInstant(at, language)}</time>
          </>,
        ],
        [words.reverses, other(entry.reverses, screen)],
        [words.reversedBy, other(reversedBy, screen)],
      ]}
    />
  )
}

const typed = (text: string | null): VNode | null =>
  text === null ? null : <AsWritten text={text} />

const other = (id: string | null, { language }: Screen): VNode | null =>
  id === null ? null : <a href={pathIn(language, `/journal/${id}`)}>{id}</a>

/** By its number, else by its id: planned money of the official plan has no number. */
function Document({ entry, screen }: { entry: FiledEntry; screen: Screen }): VNode {
  const { language } = screen
  const name = `${say(documentWords[entry.document.type], language)} ${
    entry.said.number ?? entry.document.id
  }`
  const href = documentAt(entry, screen)
  return href === null ? <span>{name}</span> : <a href={href}>{name}</a>
}
