import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'
import { addressWith } from './address.ts'
import { pathIn, type Screen } from './page.ts'

const words = {
  next: { fr: 'Page suivante', en: 'Next page' },
  first: { fr: 'Première page', en: 'First page' },
} satisfies Record<string, Bilingual>

interface TurningProps {
  readonly screen: Screen
  /** Of the list: `/expenditures`. */
  readonly path: string
  readonly nextCursor: string | null
  /** Whether the first page is not the one that is shown. */
  readonly isLater: boolean
}

/** From page to page of a list, with its question. */
export function Turning({ screen, path, nextCursor, isLater }: TurningProps): VNode | null {
  const { language } = screen
  const to = (cursor: string | null): string =>
    pathIn(language, addressWith(screen, path, { cursor }))
  return nextCursor === null && !isLater ? null : (
    <p class="ways">
      {isLater && (
        <>
          <a href={to(null)}>{say(words.first, language)}</a>{' '}
        </>
      )}
      {nextCursor !== null && (
        <a href={to(nextCursor)} rel="next">
          {say(words.next, language)}
        </a>
      )}
    </p>
  )
}
