import { type ComponentChildren, Fragment, type VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { Column, Table, TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import type { Source } from '#features/programmes/measure.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import type { PlanNote, SourceDocument } from '#features/programmes/programme.ts'
import { pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { documentsAt, keyOf, subjectAt } from './drill.views.ts'
import type { DocumentLinks } from './open-documents.ts'
import { Files } from './report-parts.views.tsx'
import { said } from './workbook-words.ts'

/** What pages of measures and of envelopes have alike: facts, figures, and words with their source. */
const words = {
  source: { fr: 'Source', en: 'Source' },
  document: { fr: 'Document', en: 'Document' },
  quote: { fr: 'Mots cités', en: 'Words quoted' },
  sha: { fr: 'SHA-256 du document', en: 'SHA-256 of the document' },
  unknown: { fr: 'inconnu', en: 'unknown' },
  notes: { fr: 'Ce qu’il faut savoir', en: 'What to know' },
} satisfies Record<string, Bilingual>

export interface Fact {
  readonly name: Bilingual
  readonly value: ComponentChildren
}

/** Facts that are not there are left out. */
export const FactList = ({
  facts,
  language,
}: {
  readonly facts: readonly (Fact | null)[]
  readonly language: Language
}): VNode => (
  <dl>
    {facts
      .filter((fact) => fact !== null)
      .flatMap(({ name, value }) => [
        <dt key={`${name.en} name`}>{say(name, language)}</dt>,
        <dd key={name.en}>{value}</dd>,
      ])}
  </dl>
)

export const Links = ({
  codes,
  path,
  language,
}: {
  readonly codes: readonly string[]
  /** `/measures`, before the code. */
  readonly path: string
  readonly language: Language
}): VNode => (
  <>
    {codes.map((code, place) => (
      <Fragment key={code}>
        {place > 0 && ', '}
        <a href={pathIn(language, `${path}/${code}`)}>{code}</a>
      </Fragment>
    ))}
  </>
)

interface SourceProps {
  readonly source: Source
  readonly documents: readonly SourceDocument[]
  readonly language: Language
}

export function SourceView({ source, documents, language }: SourceProps): VNode {
  const found = documents.find(({ code }) => code === source.document)
  const title = found === undefined ? source.document : say(found.title, language)
  return (
    <section>
      <h2>{say(words.source, language)}</h2>
      <FactList
        language={language}
        facts={[
          {
            name: words.document,
            value: found?.url == null ? title : <a href={found.url}>{title}</a>,
          },
          { name: words.quote, value: <q>{shownWords(source.quote)}</q> },
          {
            name: words.sha,
            value: <code>{source.sha256 ?? say(words.unknown, language)}</code>,
          },
        ]}
      />
    </section>
  )
}

interface NotesProps {
  readonly notes: readonly PlanNote[]
  readonly language: Language
}

export const PlanNotes = ({ notes, language }: NotesProps): VNode | null =>
  notes.length === 0 ? null : (
    <section>
      <h2>{say(words.notes, language)}</h2>
      <ul>
        {notes.map(({ code, text, citation }) => (
          <li key={code}>
            {said(text, language)}
            {citation !== null && <blockquote>{shownWords(citation.quote)}</blockquote>}
          </li>
        ))}
      </ul>
    </section>
  )

interface FiguresProps {
  readonly table: Table
  readonly links: DocumentLinks
  readonly screen: Screen
}

/** Rows of a reconciliation, every figure of them. */
export function PlanFigures({ table, links, screen }: FiguresProps): VNode {
  const hidden = ['kind', 'parent', 'funding', 'envelopes', 'derived', 'href']
  const columns = table.columns.map(({ key }) => key).filter((key) => !hidden.includes(key))
  const linkOf = (row: TableRow, { key }: Column) => links.get(key)?.get(keyOf(row))
  return (
    <TableView
      table={table}
      language={screen.language}
      columns={columns}
      header="label"
      isTotal={(row, column) => linkOf(row, column) !== undefined}
      hrefOf={(row, column) =>
        column.key === 'label' ? subjectAt(row, screen) : documentsAt(linkOf(row, column), screen)
      }
      flagWords={flagLabelOf}
    />
  )
}

/** The page's own rows, as files at its own address. */
export const PlanFiles = ({ path, language }: { path: string; language: Language }): VNode => (
  <Files language={language} hrefOf={(ending) => `${path}.${ending}`} />
)
