import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { formatInstant, say } from '#platform/i18n/format.ts'

/** One action about what the page shows. */
interface Told {
  readonly position: number
  /** ISO instant. */
  readonly at: string
  readonly type: string
  readonly actor: string
  readonly reason: string | null
}

const words = {
  history: { fr: 'Historique', en: 'History' },
  reason: { fr: 'Motif\u00a0: ', en: 'Reason: ' },
} satisfies Record<string, Bilingual>

interface HistoryProps {
  readonly lines: readonly Told[]
  readonly wordsOf: (type: string) => Bilingual
  readonly language: Language
}

/** What became of a document: when, what, by whom and why, the oldest first. */
export const History = ({ lines, wordsOf, language }: HistoryProps): VNode => (
  <section>
    <h2>{say(words.history, language)}</h2>
    <ol>
      {lines.map(({ position, at, type, actor, reason }) => (
        <li key={position}>
          <time dateTime={at}>{formatInstant(at, language)}</time>, {say(wordsOf(type), language)} –{' '}
          {actor}
          {reason !== null && (
            <>
              <br />
              {say(words.reason, language)}
              {reason}
            </>
          )}
        </li>
      ))}
    </ol>
  </section>
)
