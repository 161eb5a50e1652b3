import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import { Files } from '#platform/html/files.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { columnKeys, type SavedMapping } from './mapping.ts'
import { signWords } from './mapping.views.tsx'
import { mappingsTable } from './mappings.table.ts'

const words = {
  title: { fr: 'Correspondances de colonnes', en: 'Mappings of columns' },
  intro: {
    fr: 'Pour chaque système comptable, les colonnes de son extrait qui disent la date, la pièce, le montant. Sans correspondance, les titres usuels sont lus.',
    en: 'For each accounting system, the columns of its extract that say the date, the document, the amount. Without a mapping the usual headings are read.',
  },
  saved: { fr: 'La correspondance est enregistrée.', en: 'The mapping is saved.' },
  add: { fr: 'Ajouter une correspondance', en: 'Add a mapping' },
  none: { fr: 'Aucune correspondance.', en: 'No mapping.' },
  back: { fr: 'Extraits du grand livre', en: 'Ledger extracts' },
} satisfies Record<string, Bilingual>

export interface MappingsFacts {
  readonly mappings: readonly SavedMapping[]
  readonly mayChange: boolean
  readonly isSaved: boolean
}

export function mappingsPage(
  { mappings, mayChange, isSaved }: MappingsFacts,
  screen: Screen,
): Page {
  const { language } = screen
  const table = mappingsTable(mappings)
  const hrefOf = (row: TableRow, { key }: Column): string | null => {
    const mapping = key === 'system' && mayChange ? mappings[table.rows.indexOf(row)] : undefined
    return mapping === undefined ? null : pathIn(language, mappingPath(mapping))
  }
  return {
    title: words.title,
    main: (
      <>
        {isSaved && (
          <p class="notice" role="status">
            {say(words.saved, language)}
          </p>
        )}
        <p>{say(words.intro, language)}</p>
        <p class="ways">
          {mayChange && (
            <a href={pathIn(language, '/extracts/mapping')}>{say(words.add, language)}</a>
          )}
          <a href={pathIn(language, '/extracts')}>{say(words.back, language)}</a>
        </p>
        <Files language={language} path="/extracts/mappings" />
        <TableView
          table={table}
          language={language}
          header="system"
          hrefOf={hrefOf}
          asWritten={['system', ...columnKeys]}
          wordsOf={{ spendingSign: (sign) => signWords.get(sign) }}
          empty={words.none}
        />
      </>
    ),
  }
}

const mappingPath = ({ organization, system }: SavedMapping): string =>
  `/extracts/mapping?${new URLSearchParams({ organization, system })}`
