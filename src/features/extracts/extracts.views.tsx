import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { periodKey, periodNumbers } from '#core/period.ts'
import type { Column, TableRow } from '#core/table.ts'
import { everyOrganization } from '#features/identity/actor.ts'
import { FileFields, fileLabels } from '#platform/html/file-fields.tsx'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import type { Extract } from './extract.ts'
import { extractsTable } from './extracts.table.ts'
import type { SavedMapping } from './mapping.ts'

const words = {
  title: { fr: 'Extraits du grand livre', en: 'Ledger extracts' },
  load: { fr: 'Charger un extrait', en: 'Load an extract' },
  organization: { fr: 'Organisme', en: 'Organization' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  yearHint: { fr: 'Sous la forme 2025-2026.', en: 'Written 2025-2026.' },
  period: { fr: 'Période', en: 'Period' },
  rows: { fr: 'Nombre de lignes', en: 'Number of rows' },
  total: { fr: 'Total de contrôle', en: 'Control total' },
  totalHint: {
    fr: 'Tel que le grand livre le donne, avec son signe.',
    en: 'As the ledger gives it, with its sign.',
  },
  system: { fr: 'Correspondance des colonnes', en: 'Mapping of columns' },
  usual: {
    fr: 'colonnes usuelles (date, compte, piece, libelle, montant)',
    en: 'usual columns (date, account, document, description, amount)',
  },
  supersedes: { fr: 'Remplace', en: 'Supersedes' },
  nothing: { fr: 'aucun extrait', en: 'no extract' },
  file: { fr: 'Fichier', en: 'File' },
  fileHint: {
    fr: 'Un classeur XLSX ou un fichier CSV, d’au plus 20 Mio. Il est conservé en entier ou pas du tout.',
    en: 'An XLSX workbook or a CSV file of at most 20 MiB. It is kept whole or not at all.',
  },
  more: { fr: 'Préciser comment lire le fichier', en: 'Say how to read the file' },
  send: { fr: 'Charger l’extrait', en: 'Load the extract' },
  mappings: { fr: 'Correspondances de colonnes', en: 'Mappings of columns' },
  none: { fr: 'Aucun extrait chargé.', en: 'No extract has been loaded.' },
  noneYet: {
    fr: 'Aucun extrait chargé. Chargez celui de la première période ci-dessus.',
    en: 'No extract has been loaded. Load that of the first period above.',
  },
} satisfies Record<string, Bilingual>

export interface ExtractsFacts {
  readonly extracts: readonly Extract[]
  readonly mappings: readonly SavedMapping[]
  /** For which the person may load; none: they only read. */
  readonly organizations: readonly string[]
}

export function extractsPage(facts: ExtractsFacts, screen: Screen): Page {
  const { extracts, organizations } = facts
  const { language } = screen
  const hrefOf = ({ cells, role }: TableRow, { key }: Column): string | null => {
    const id = cells.at(-1)
    return role === 'data' && ['fileName', 'total'].includes(key) && id?.type === 'text'
      ? pathIn(language, `/extracts/${String(id.value)}`)
      : null
  }
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={{ ...words, ...fileLabels }} />
        <p>
          <a href={pathIn(language, '/extracts/mappings')}>{say(words.mappings, language)}</a>
        </p>
        {organizations.length > 0 && <Load facts={facts} screen={screen} />}
        <Files language={language} path="/extracts" />
        <TableView
          table={extractsTable(extracts)}
          language={language}
          columns={['organization', 'key', 'fileName', 'rows', 'total']}
          header="key"
          hrefOf={hrefOf}
          isTotal={({ role }, { key }) => role === 'data' && key === 'total'}
          empty={organizations.length > 0 ? words.noneYet : words.none}
        />
      </>
    ),
  }
}

function Load({ facts, screen }: { facts: ExtractsFacts; screen: Screen }): VNode {
  const { language, form } = screen
  return (
    <details class="card" open={form.problem !== null || facts.extracts.length === 0}>
      <summary>{say(words.load, language)}</summary>
      <Form screen={screen} action="/extracts" file>
        <Stated facts={facts} screen={screen} />
        <Field screen={screen} name="file" label={words.file} hint={words.fileHint} type="file" />
        <details open={form.problem !== null}>
          <summary>{say(words.more, language)}</summary>
          <FileFields screen={screen} />
        </details>
        <p>
          <button type="submit">{say(words.send, language)}</button>
        </p>
      </Form>
    </details>
  )
}

function Stated({ facts, screen }: { facts: ExtractsFacts; screen: Screen }): VNode {
  const { mappings, extracts, organizations } = facts
  const current = extracts.filter(({ supersededBy }) => supersededBy === null)
  const systems = [...new Set(mappings.map(({ system }) => system))]
  const field = (name: keyof typeof words) => ({ screen, name, label: words[name] })
  const chosen = (values: readonly string[]) => values.map((value) => ({ value, words: value }))
  return (
    <>
      {organizations.includes(everyOrganization) ? (
        <Field {...field('organization')} />
      ) : (
        <Select {...field('organization')} options={chosen(organizations)} />
      )}
      <Field {...field('fiscalYear')} hint={words.yearHint} inputMode="numeric" />
      <Select {...field('period')} options={periodNumbers.map(periodOption)} />
      <Field {...field('rows')} inputMode="numeric" />
      <Field {...field('total')} hint={words.totalHint} inputMode="decimal" />
      <Select
        {...field('system')}
        options={[{ value: '', words: words.usual }, ...chosen(systems)]}
        optional
      />
      {current.length > 0 && (
        <Select
          {...field('supersedes')}
          options={[
            { value: '', words: words.nothing },
            ...current.map(({ id, organization, period, fileName }) => ({
              value: id,
              words: `${periodKey(period)} ${organization} – ${fileName}`,
            })),
          ]}
          optional
        />
      )}
    </>
  )
}

const months = {
  fr: [
    ...['avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre'],
    ...['décembre', 'janvier', 'février', 'mars', 'période supplémentaire'],
  ],
  en: [
    ...['April', 'May', 'June', 'July', 'August', 'September', 'October', 'November'],
    ...['December', 'January', 'February', 'March', 'supplementary period'],
  ],
}

const periodOption = (number: number) => ({
  value: String(number),
  words: {
    fr: `${number} – ${months.fr[number - 1]}`,
    en: `${number} – ${months.en[number - 1]}`,
  },
})
