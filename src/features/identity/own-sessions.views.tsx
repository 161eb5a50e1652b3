import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { Form } from '#platform/html/forms.tsx'
import type { Screen } from '#platform/html/page.ts'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatInstant, missingSign, say } from '#platform/i18n/format.ts'
import { type OwnSession, ownSessionVersion } from './own-session.ts'

const words = {
  title: { fr: 'Sessions ouvertes', en: 'Open sessions' },
  intro: {
    fr: 'Une session prend fin au plus tard à l’heure dite, et après 30 minutes sans demande. Changer de mot de passe met fin à toutes, celle-ci comprise.',
    en: 'A session ends at the latest at the time said, and after 30 minutes without a request. Another password ends all of them, this one too.',
  },
  begun: { fr: 'Ouverte', en: 'Signed in' },
  used: { fr: 'Dernier usage', en: 'Last use' },
  address: { fr: 'Depuis l’adresse', en: 'From the address' },
  ends: { fr: 'Fin au plus tard', en: 'Ends at the latest' },
  end: { fr: 'Mettre fin', en: 'End' },
  now: { fr: 'maintenant', en: 'now' },
  current: { fr: 'Celle-ci', en: 'This one' },
  others: { fr: 'Mettre fin à toutes les autres', en: 'End all the others' },
  hint: {
    fr: 'Si vous n’avez pas ouvert l’une d’elles, mettez-y fin et changez de mot de passe.',
    en: 'If you did not open one of them, end it and change your password.',
  },
} satisfies Record<string, Bilingual>

const columns = [words.begun, words.used, words.address, words.ends, words.end]

interface Props {
  readonly sessions: readonly OwnSession[]
  readonly screen: Screen
}

/** Where the person is signed in, with a way out of each but the one they look with. */
export function OwnSessions({ sessions, screen }: Props): VNode {
  const { language } = screen
  return (
    <section>
      <h2>{say(words.title, language)}</h2>
      <p>{say(words.intro, language)}</p>
      <section class="scroll" aria-label={say(words.title, language)} {...scrollable}>
        <table>
          <caption>{say(words.title, language)}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.en} scope="col">
                  {say(column, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <Row key={session.id} session={session} screen={screen} />
            ))}
          </tbody>
        </table>
      </section>
      {sessions.length > 1 && (
        <>
          <p>{say(words.hint, language)}</p>
          <Form screen={screen} action="/account/sessions/end" class="bare">
            <button type="submit" class="danger">
              {say(words.others, language)}
            </button>
          </Form>
        </>
      )}
    </section>
  )
}

function Row({ session, screen }: { session: OwnSession; screen: Screen }): VNode {
  const { language } = screen
  const { id, createdAt, lastUsedAt, expiresAt, address, isCurrent } = session
  return (
    <tr>
      <th scope="row">
        <Instant at={createdAt} language={language} />
      </th>
      <td>
        {isCurrent ? say(words.now, language) : <Instant at={lastUsedAt} language={language} />}
      </td>
      <td>{address ?? missingSign('absent', language)}</td>
      <td>
        <Instant at={expiresAt} language={language} />
      </td>
      <td>
        {isCurrent ? (
          <strong>{say(words.current, language)}</strong>
        ) : (
          <Form
            screen={screen}
            action={`/account/sessions/${id}/end`}
            version={ownSessionVersion}
            class="bare"
          >
            <button
              type="submit"
              class="quiet"
              aria-label={say(endingOf(createdAt, language), language)}
            >
              {say(words.end, language)}
            </button>
          </Form>
        )}
      </td>
    </tr>
  )
}

const Instant = ({ at, language }: { at: string; language: Language }): VNode => (
  <time dateTime={at}>{formatInstant(at, language)}</time>
)

const endingOf = (createdAt: string, language: Language): Bilingual => ({
  fr: `Mettre fin à la session ouverte ${formatInstant(createdAt, language)}`,
  en: `End the session opened ${formatInstant(createdAt, language)}`,
})
