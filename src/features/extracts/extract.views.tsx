import type { Bilingual } from '#core/language.ts'
import { periodKey } from '#core/period.ts'
import { understoodLines } from '#features/imports/understood.ts'
import { Files } from '#platform/html/files.tsx'
import { ListTotal } from '#platform/html/list-total.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import { type Extract, extractFacts } from './extract.ts'
import { extractRowsTable } from './extract-rows.table.ts'
import type { ExtractRow } from './extract-rows.ts'

const words = {
  loaded: {
    fr: 'Extrait chargé. Lancez maintenant son appariement.',
    en: 'The extract is loaded. Now run its matching.',
  },
  match: { fr: 'Aller à l’appariement', en: 'Go to matching' },
  superseded: {
    fr: 'Un autre extrait remplace celui-ci, qui ne compte plus :',
    en: 'Another extract supersedes this one, which counts no more:',
  },
  open: { fr: 'l’ouvrir', en: 'open it' },
  file: { fr: 'Fichier', en: 'File' },
  loadedBy: { fr: 'Chargé par', en: 'Loaded by' },
  stated: { fr: 'Total de contrôle', en: 'Control total' },
  lines: { fr: 'Lignes sous les titres', en: 'Lines below the headings' },
  leftOut: { fr: 'Laissées de côté', en: 'Left out' },
  understood: { fr: 'Ce qui a été compris du fichier', en: 'What was understood of the file' },
  findings: { fr: 'À remarquer', en: 'Worth noticing' },
  rows: { fr: 'lignes', en: 'rows' },
  next: { fr: 'Lignes suivantes', en: 'Next rows' },
  back: { fr: 'Tous les extraits', en: 'All extracts' },
} satisfies Record<string, Bilingual>

export interface ExtractView {
  readonly extract: Extract
  readonly rows: readonly ExtractRow[]
  /** Number of the last row that is shown; null where no other follows. */
  readonly nextAfter: number | null
  readonly isLoaded: boolean
}

export function extractPage(view: ExtractView, screen: Screen): Page {
  const { extract, rows, nextAfter, isLoaded } = view
  const { language } = screen
  const name = `${periodKey(extract.period)} ${extract.organization}`
  return {
    title: { fr: `Extrait ${name}`, en: `Extract ${name}` },
    main: (
      <>
        {isLoaded && (
          <p class="notice" role="status">
            {say(words.loaded, language)}{' '}
            <a href={pathIn(language, '/matching')}>{say(words.match, language)}</a>
          </p>
        )}
        {extract.supersededBy !== null && (
          <p class="notice">
            {say(words.superseded, language)}{' '}
            <a href={pathIn(language, `/extracts/${extract.supersededBy}`)}>
              {say(words.open, language)}
            </a>
          </p>
        )}
        <Facts extract={extract} screen={screen} />
        <Files language={language} path={`/extracts/${extract.id}/rows`} />
        <ListTotal
          count={extract.rows}
          total={extract.total}
          words={words.rows}
          language={language}
        />
        <TableView
          table={extractRowsTable(extract, rows, 'rows-alone')}
          language={language}
          header="number"
        />
        {nextAfter !== null && (
          <p>
            <a href={pathIn(language, `/extracts/${extract.id}?after=${nextAfter}`)}>
              {say(words.next, language)}
            </a>
          </p>
        )}
        <p>
          <a href={pathIn(language, '/extracts')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

function Facts({ extract, screen: { language } }: { extract: Extract; screen: Screen }) {
  const { fileName, loadedBy, statedTotal, lines } = extract
  const { leftOut, findings } = extractFacts(extract)
  const out = leftOut.blank + leftOut.total + leftOut.headerAgain
  return (
    <>
      <dl>
        <dt>{say(words.file, language)}</dt>
        <dd>{fileName}</dd>
        <dt>{say(words.loadedBy, language)}</dt>
        <dd>{loadedBy}</dd>
        <dt>{say(words.stated, language)}</dt>
        <dd>{formatAmount(statedTotal, language)}</dd>
        <dt>{say(words.lines, language)}</dt>
        <dd>{formatCount(lines, language)}</dd>
        <dt>{say(words.leftOut, language)}</dt>
        <dd>{formatCount(out, language)}</dd>
      </dl>
      {findings.length > 0 && (
        <section>
          <h2>{say(words.findings, language)}</h2>
          <ul>
            {findings.map(({ code, row, text }) => (
              <li key={`${code} ${row}`}>{text[language]}</li>
            ))}
          </ul>
        </section>
      )}
      <h2>{say(words.understood, language)}</h2>
      <ul>
        {understoodLines(extract.understood).map((line) => (
          <li key={line.en}>{say(line, language)}</li>
        ))}
      </ul>
    </>
  )
}
