import { Fragment, type VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { Table } from '#core/table.ts'
import { flagWordsOf } from '#features/journal/flag-words.ts'
import type { Note } from '#features/reconciliation/reconcile.ts'
import { addressWith } from '#platform/html/address.ts'
import type { Option } from '#platform/html/forms.tsx'
import { pathIn, type Screen } from '#platform/html/page.ts'
import { formatFiscalYear, say } from '#platform/i18n/format.ts'
import { kindWords, said, undistributedWords } from './workbook-words.ts'

/** What stands on every page of figures beside its table. */
const words = {
  csv: { fr: 'Fichier CSV', en: 'CSV file' },
  xlsx: { fr: 'Classeur Excel', en: 'Excel workbook' },
  notes: { fr: 'Notes', en: 'Notes' },
  flags: { fr: 'Signalements', en: 'Flags' },
} satisfies Record<string, Bilingual>

interface FilesProps {
  /** Of a file by its ending. */
  readonly hrefOf: (ending: string) => string
  readonly language: Language
}

export const Files = ({ hrefOf, language }: FilesProps): VNode => (
  <>
    <a href={pathIn(language, hrefOf('csv'))}>{say(words.csv, language)}</a>
    <a href={pathIn(language, hrefOf('xlsx'))}>{say(words.xlsx, language)}</a>
  </>
)

/** The same question as files; how the page shows it is left out of their address. */
export const FileLinks = ({ screen, path }: { screen: Screen; path: string }): VNode => (
  <Files
    language={screen.language}
    hrefOf={(ending) => addressWith(screen, `${path}.${ending}`, { sort: null, columns: null })}
  />
)

interface NotesProps {
  readonly notes: readonly Note[]
  readonly language: Language
}

export const NoteList = ({ notes, language }: NotesProps): VNode | null =>
  notes.length === 0 ? null : (
    <section>
      <h2>{say(words.notes, language)}</h2>
      <ul>
        {notes.map(({ code, text }) => (
          <li key={`${code} ${text.en}`}>{said(text, language)}</li>
        ))}
      </ul>
    </section>
  )

/** What each flag of the table means, in one sentence. */
export function FlagLegend({ table, language }: { table: Table; language: Language }) {
  const codes = flagsIn(table)
  if (codes.length === 0) {
    return null
  }
  return (
    <section>
      <h2>{say(words.flags, language)}</h2>
      <dl>
        {codes.map((code) => (
          <Fragment key={code}>
            <dt>{say(flagWordsOf(code)?.label ?? { fr: code, en: code }, language)}</dt>
            <dd>{said(flagWordsOf(code)?.meaning ?? { fr: '', en: '' }, language)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

function flagsIn({ columns, rows }: Table): readonly string[] {
  const at = columns.findIndex(({ key }) => key === 'flags')
  const found = rows.flatMap(({ cells }) => {
    const cell = cells[at]
    return cell?.type === 'words' ? cell.value : []
  })
  return [...new Set(found)].sort()
}

export const optionsOf = (named: Readonly<Record<string, Bilingual>>): readonly Option[] =>
  Object.entries(named).map(([value, name]) => ({ value, words: name }))

/** One sentence in both languages, from how each is made. */
export const inBoth = (make: (language: Language) => string): Bilingual => ({
  fr: make('fr'),
  en: make('en'),
})

/** A fiscal year is written as the language writes it; other codes are what they are. */
export const yearWords = (key: string): Bilingual | undefined =>
  /^\d{4}-\d{4}$/.test(key) ? inBoth((language) => formatFiscalYear(key, language)) : undefined

/** Keys of rows that are words, not codes that people know. */
const namedRows: Readonly<Record<string, Bilingual>> = {
  undistributed: undistributedWords,
  'own-resources': kindWords['own-resources'],
  cumulated: kindWords.cumulated,
  total: kindWords.total,
}

export const rowWords = (key: string): Bilingual | undefined =>
  Object.hasOwn(namedRows, key) ? namedRows[key] : yearWords(key)

export const codeWords =
  (named: Readonly<Record<string, Bilingual>>) =>
  (code: string): Bilingual | undefined =>
    Object.hasOwn(named, code) ? named[code] : undefined
