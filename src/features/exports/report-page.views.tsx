import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import type { Report } from '#features/reports/report.ts'
import { addressWith } from '#platform/html/address.ts'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { sorted } from '#platform/html/sort.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { documentsAt, hrefIn, keyOf, subjectAt } from './drill.views.ts'
import type { DocumentLinks } from './open-documents.ts'
import {
  codeWords,
  FileLinks,
  FlagLegend,
  NoteList,
  optionsOf,
  rowWords,
  yearWords,
} from './report-parts.views.tsx'
import {
  type AskedField,
  fieldHints,
  fieldWords,
  type OtherReport,
  reportWords,
} from './report-words.ts'
import { dimensionWords, jurisdictionWords, kindWords, spreadNames } from './workbook-words.ts'

/** A report that is asked, shown and taken away as a file, all in one way. */
export interface ReportFacts {
  readonly name: OtherReport
  readonly report: Report
  readonly links: DocumentLinks
  readonly sort: string | undefined
}

const words = {
  show: { fr: 'Afficher', en: 'Show' },
  others: { fr: 'Tous les rapports', en: 'All reports' },
  title: { fr: 'Autres rapports', en: 'Other reports' },
  nothing: {
    fr: 'Rien à montrer pour cette demande.',
    en: 'There is nothing to show for this request.',
  },
} satisfies Record<string, Bilingual>

/** @param names the reports that the reader may ask for */
export function reportIndex(names: readonly OtherReport[], { language }: Screen): Page {
  return {
    title: words.title,
    main: (
      <div class="cards">
        {names.map((name) => (
          <section key={name} class="card">
            <h2>
              <a href={pathIn(language, `/reports/${name}`)}>
                {say(reportWords[name].title, language)}
              </a>
            </h2>
            <p>{say(reportWords[name].answers, language)}</p>
          </section>
        ))}
      </div>
    ),
  }
}

export function reportPage(facts: ReportFacts, screen: Screen): Page {
  const { name, report } = facts
  const { language } = screen
  return {
    title: report.title,
    standing: report,
    main: (
      <>
        <Opening name={name} screen={screen} asked={report.parameters} />
        <p class="ways">
          <FileLinks screen={screen} path={`/reports/${name}`} />
        </p>
        <Figures facts={facts} screen={screen} />
        <NoteList notes={report.notes} language={language} />
        <FlagLegend table={report.table} language={language} />
      </>
    ),
  }
}

/** Before anything is asked, and when what was asked cannot be answered. */
export const reportQuestion = (name: OtherReport, screen: Screen): Page => ({
  title: reportWords[name].title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={fieldWords} />
      <Opening name={name} screen={screen} asked={{}} />
    </>
  ),
})

interface OpeningProps {
  readonly name: OtherReport
  readonly screen: Screen
  readonly asked: Readonly<Partial<Record<string, string>>>
}

function Opening({ name, screen, asked }: OpeningProps): VNode {
  const { language } = screen
  const { answers, fields } = reportWords[name]
  const typed = new URLSearchParams(screen.address.split('?')[1])
  return (
    <>
      <p>
        {say(answers, language)}{' '}
        <a href={pathIn(language, '/reports')}>{say(words.others, language)}</a>
      </p>
      <Search screen={screen} action={`/reports/${name}`}>
        {fields.map((field) => (
          <Asked
            key={field}
            name={name}
            field={field}
            screen={screen}
            value={asked[field] ?? typed.get(field) ?? ''}
          />
        ))}
        <button type="submit">{say(words.show, language)}</button>
      </Search>
    </>
  )
}

interface AskedProps {
  readonly name: OtherReport
  readonly field: AskedField
  readonly screen: Screen
  readonly value: string
}

/** A year or a period has no forecast of its own. */
const { 'fiscal-year': _year, period: _period, ...forecastBy } = dimensionWords
const choices: Readonly<Partial<Record<AskedField, Readonly<Record<string, Bilingual>>>>> = {
  jurisdiction: jurisdictionWords,
  by: forecastBy,
  spread: spreadNames,
}

function Asked({ name, field, screen, value }: AskedProps): VNode {
  const label = fieldWords[field]
  const named = choices[field]
  const hint = fieldHints[field]
  const common = { screen, name: field, label, value, ...(hint === undefined ? {} : { hint }) }
  if (named === undefined) {
    return <Field {...common} />
  }
  const isOptional = name === 'announcements' && field === 'jurisdiction'
  const all = { value: '', words: { fr: 'les deux', en: 'both' } }
  return <Select {...common} options={[...(isOptional ? [all] : []), ...optionsOf(named)]} />
}

function Figures({ facts, screen }: { facts: ReportFacts; screen: Screen }): VNode {
  const { name, report, links, sort } = facts
  const { language } = screen
  const linkOf = (row: TableRow, { key }: Column) => links.get(key)?.get(keyOf(row))
  return (
    <TableView
      table={sorted(report.table, sort, language)}
      language={language}
      columns={columnsOf(facts)}
      header={report.table.columns.some(({ key }) => key === 'label') ? 'label' : 'key'}
      isTotal={(row, column) => linkOf(row, column) !== undefined}
      hrefOf={(row, column) =>
        column.key === 'label'
          ? (subjectAt(row, screen) ?? hrefIn(report.table, row, screen))
          : documentsAt(linkOf(row, column), screen)
      }
      flagWords={flagLabelOf}
      wordsOf={wordsOf}
      empty={words.nothing}
      sort={{
        by: sort ?? null,
        hrefOf: (by) => pathIn(language, addressWith(screen, `/reports/${name}`, { sort: by })),
      }}
    />
  )
}

const columnsOf = ({ report: { table } }: ReportFacts): readonly string[] =>
  table.columns
    .filter(({ key, brief }) => brief || ['why', 'document'].includes(key))
    .filter(({ key }) => !['href', 'reason'].includes(key))
    .map(({ key }) => key)

const wordsOf = {
  key: rowWords,
  label: yearWords,
  fiscalYear: yearWords,
  kind: codeWords(kindWords),
  jurisdiction: codeWords(jurisdictionWords),
}
