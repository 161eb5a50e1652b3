import type { Bilingual } from '#core/language.ts'
import { recordTable } from '#core/record-table.ts'
import type { Column, TableRow } from '#core/table.ts'
import { addressWith } from '#platform/html/address.ts'
import { Files } from '#platform/html/files.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatInstant, say } from '#platform/i18n/format.ts'
import type { AnchorKind } from './anchor.ts'
import { anchorRecords } from './record-lists.table.ts'

const words = {
  title: { fr: 'Ancres', en: 'Anchors' },
  intro: {
    fr: 'Une ancre est la position et le sceau du registre à un instant, signés par une clé que la base ne voit jamais et gardés hors d’elle, de la plus récente à la plus ancienne. Qui réécrirait la base ne pourrait pas réécrire ces lignes.',
    en: 'An anchor is the position and the seal of the record at an instant, signed with a key that the database never sees and kept outside it, newest first. Whoever rewrote the database could not rewrite these lines.',
  },
  none: {
    fr: 'Aucune ancre n’est gardée pour le moment.',
    en: 'No anchor is kept so far.',
  },
  earlier: { fr: 'Ancres plus anciennes', en: 'Earlier anchors' },
  verify: { fr: 'Vérification', en: 'Verification' },
} satisfies Record<string, Bilingual>

const kindNames: Readonly<Record<AnchorKind, Bilingual>> = {
  anchor: { fr: 'ancre', en: 'anchor' },
  key: { fr: 'nouvelle clé', en: 'new key' },
  accepted: { fr: 'registre accepté', en: 'record accepted' },
}

export interface AnchorsFacts {
  /** As the API says each, the newest first. */
  readonly anchors: readonly object[]
  /** The line before which the next page ends; null where there is none. */
  readonly before: number | null
}

export function anchorsPage({ anchors, before }: AnchorsFacts, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <p>{say(words.intro, language)}</p>
        <Files language={language} path="/anchors" />
        <TableView
          table={recordTable(anchorRecords, anchors)}
          language={language}
          columns={['line', 'kind', 'sequence', 'at', 'hash', 'reason']}
          isNumbered
          hrefOf={(row, column) => hrefOf(row, column, screen)}
          wordsOf={{
            kind: (kind) => (isKind(kind) ? kindNames[kind] : undefined),
            at: (at) => ({ fr: formatInstant(at, 'fr'), en: formatInstant(at, 'en') }),
          }}
          empty={words.none}
        />
        <p class="ways">
          {before !== null && (
            <a href={pathIn(language, addressWith(screen, '/anchors', { before: String(before) }))}>
              {say(words.earlier, language)}
            </a>
          )}
          <a href={pathIn(language, '/verify')}>{say(words.verify, language)}</a>
        </p>
      </>
    ),
  }
}

const isKind = (kind: string): kind is AnchorKind => Object.hasOwn(kindNames, kind)

function hrefOf({ cells }: TableRow, { key }: Column, { language }: Screen): string | null {
  const [, , sequence] = cells
  return key === 'sequence' && sequence?.type === 'count' && sequence.value > 0
    ? pathIn(language, `/events/${sequence.value}`)
    : null
}
