import type { Bilingual } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'
import { type Page, pathIn, type Screen } from './page.ts'

/** A refusal as a page: what happened, what to do next, and the number to give to who runs it. */
export interface RefusalFacts {
  readonly status: number
  /** All in the page's language. */
  readonly title: string
  readonly sentence: string
  readonly details: readonly string[]
  readonly request: string
}

const words = {
  home: { fr: 'Aller à l’accueil', en: 'Go to the home page' },
  request: { fr: 'Numéro de la demande :', en: 'Number of the request:' },
  again: { fr: 'Recharger la page', en: 'Load the page again' },
} satisfies Record<string, Bilingual>

type Place = Pick<Screen, 'language' | 'address'>

export function refusalPage(facts: RefusalFacts, { language, address }: Place): Page {
  const { status, title, sentence, details, request } = facts
  return {
    title: { fr: title, en: title },
    main: (
      <>
        <p>{sentence}</p>
        {details.length > 0 && (
          <ul>
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
        {(status >= 500 || status === 429) && (
          <p>
            <a href={pathIn(language, address)}>{say(words.again, language)}</a>
          </p>
        )}
        <p>
          <a href={pathIn(language, '/')}>{say(words.home, language)}</a>
        </p>
        <p class="hint">
          {say(words.request, language)} <code>{request}</code>
        </p>
      </>
    ),
  }
}
