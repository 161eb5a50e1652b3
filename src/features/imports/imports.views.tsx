import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import { FileFields, fileLabels } from '#platform/html/file-fields.tsx'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import type { ImportBatch } from './import.ts'
import { importsTable } from './imports.table.ts'

const words = {
  title: { fr: 'Importation', en: 'Imports' },
  bring: { fr: 'Importer un fichier de dépenses', en: 'Import a file of expenditures' },
  hint: {
    fr: 'Un classeur XLSX ou un fichier CSV, d’au plus 20 Mio. Rien n’est inscrit avant que vous ayez vu l’aperçu et confirmé.',
    en: 'An XLSX workbook or a CSV file of at most 20 MiB. Nothing is recorded before you have seen the preview and confirmed.',
  },
  file: { fr: 'Fichier', en: 'File' },
  more: { fr: 'Préciser comment lire le fichier', en: 'Say how to read the file' },
  preview: { fr: 'Voir l’aperçu', en: 'See the preview' },
  none: {
    fr: 'Aucun fichier importé pour le moment.',
    en: 'No file has been imported yet.',
  },
  noneYet: {
    fr: 'Aucun fichier importé pour le moment. Choisissez un fichier ci-dessus pour en voir l’aperçu.',
    en: 'No file has been imported yet. Choose a file above to see its preview.',
  },
  discarded: { fr: 'L’aperçu a été jeté.', en: 'The preview was thrown away.' },
  next: { fr: 'Page suivante', en: 'Next page' },
} satisfies Record<string, Bilingual>

export interface ImportsFacts {
  readonly batches: readonly ImportBatch[]
  readonly nextCursor: string | null
  readonly mayBring: boolean
  readonly isDiscarded: boolean
}

export function importsPage(facts: ImportsFacts, screen: Screen): Page {
  const { batches, nextCursor, mayBring, isDiscarded } = facts
  const { language } = screen
  const table = importsTable(batches)
  const hrefOf = (row: TableRow, { key }: Column): string | null => {
    const [id] = row.cells
    return key === 'file' && id?.type === 'text'
      ? pathIn(language, `/imports/${String(id.value)}`)
      : null
  }
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={{ file: words.file, ...fileLabels }} />
        {isDiscarded && (
          <p class="notice" role="status">
            {say(words.discarded, language)}
          </p>
        )}
        {mayBring && <Bring screen={screen} />}
        <Files language={language} path="/imports" />
        <TableView
          table={table}
          language={language}
          columns={table.columns.map(({ key }) => key).filter((key) => key !== 'id')}
          header="file"
          hrefOf={hrefOf}
          empty={mayBring ? words.noneYet : words.none}
        />
        {nextCursor !== null && (
          <p>
            <a href={pathIn(language, `/imports?cursor=${nextCursor}`)}>
              {say(words.next, language)}
            </a>
          </p>
        )}
      </>
    ),
  }
}

function Bring({ screen }: { screen: Screen }): VNode {
  const { language, form } = screen
  return (
    <section class="card">
      <h2>{say(words.bring, language)}</h2>
      <Form screen={screen} action="/imports" file>
        <Field screen={screen} name="file" label={words.file} hint={words.hint} type="file" />
        <details open={form.problem !== null}>
          <summary>{say(words.more, language)}</summary>
          <FileFields screen={screen} />
        </details>
        <p>
          <button type="submit">{say(words.preview, language)}</button>
        </p>
      </Form>
    </section>
  )
}
