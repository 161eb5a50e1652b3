import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, Table, TableRow } from '#core/table.ts'
import { basisWords, caveatWords } from '#features/comparison/comparability.ts'
import type { Comparison } from '#features/comparison/compare.ts'
import type { Report } from '#features/reports/report.ts'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import type { Page, Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { AssumptionSwitches, KeptSwitches } from './assumption-switches.views.tsx'
import { ComparisonCharts } from './comparison-charts-page.views.tsx'
import { documentsAt, keyOf } from './drill.views.ts'
import type { DocumentLink, DocumentLinks } from './open-documents.ts'
import { codeWords, FileLinks, NoteList, optionsOf, rowWords } from './report-parts.views.tsx'
import { said, scenarioNames, scenarioWords, spreadNames } from './workbook-words.ts'

export interface ComparisonFacts {
  readonly report: Report
  readonly comparison: Comparison
  /** The documents behind each government's spending, a year a row. */
  readonly links: Readonly<Record<'qc' | 'ca', DocumentLinks>>
}

const words = {
  title: { fr: 'Comparaison Québec–Canada', en: 'Quebec–Canada comparison' },
  from: { fr: 'Du premier exercice', en: 'From fiscal year' },
  to: { fr: 'Au dernier exercice', en: 'To fiscal year' },
  spread: { fr: 'Totaux pluriannuels', en: 'Multi-year totals' },
  scenario: { fr: 'Lecture des annonces fédérales', en: 'Reading of federal announcements' },
  asOf: { fr: 'Tel qu’au', en: 'As of' },
  asOfHint: {
    fr: 'Position ou instant du registre; vide : maintenant.',
    en: 'Position or instant of the record; empty: now.',
  },
  compare: { fr: 'Comparer', en: 'Compare' },
} satisfies Record<string, Bilingual>

/** One table, shown in parts that fit a page; the files hold all of its columns. */
const parts: readonly { readonly title: Bilingual; readonly columns: readonly string[] }[] = [
  {
    title: { fr: 'Prévu et dépensé', en: 'Planned and spent' },
    columns: [
      ...['planned', 'spent', 'variance', 'percentSpent'].map((key) => `qc.${key}`),
      ...['planned', 'plannedLow', 'plannedHigh', 'spent', 'variance', 'percentSpent'].map(
        (key) => `ca.${key}`,
      ),
    ],
  },
  {
    title: {
      fr: 'Rythme annuel et argent versé plus loin',
      en: 'Yearly rate and money paid on',
    },
    columns: [
      'qc.planned',
      'qc.runRate',
      'ca.planned',
      'ca.runRate',
      'ca.plannedOnward',
      'ca.spentOnward',
    ],
  },
  {
    title: { fr: 'Ce que l’on peut comparer', en: 'What can be compared' },
    columns: ['qc', 'ca'].flatMap((side) =>
      ['basis', 'scope', 'precision', 'caveats'].map((key) => `${side}.${key}`),
    ),
  },
]

export function comparisonPage(facts: ComparisonFacts, screen: Screen): Page {
  const { report, comparison } = facts
  const { language } = screen
  return {
    title: report.title,
    standing: report,
    main: (
      <>
        <Question screen={screen} asked={report.parameters} comparison={comparison} />
        <p class="ways">
          <FileLinks screen={screen} path="/comparison" />
        </p>
        <p>{said(scenarioWords[comparison.question.scenario], language)}</p>
        {parts.map((part) => (
          <Part key={part.title.en} part={part} facts={facts} screen={screen} />
        ))}
        <ComparisonCharts comparison={comparison} screen={screen} />
        <NoteList notes={report.notes} language={language} />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const comparisonAgain = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Question screen={screen} asked={{}} comparison={null} />
    </>
  ),
})

interface QuestionProps {
  readonly screen: Screen
  readonly asked: Readonly<Partial<Record<string, string>>>
  readonly comparison: Comparison | null
}

function Question({ screen, asked, comparison }: QuestionProps): VNode {
  const field = (name: string, value = '') => ({ screen, name, value: asked[name] ?? value })
  const typed = new URLSearchParams(screen.address.split('?')[1])
  return (
    <Search screen={screen} action="/comparison">
      <Field {...field('from')} label={words.from} inputMode="numeric" />
      <Field {...field('to')} label={words.to} inputMode="numeric" />
      <Select
        {...field('spread', 'straight-line')}
        label={words.spread}
        options={optionsOf(spreadNames)}
      />
      <Select
        {...field('scenario', 'high')}
        label={words.scenario}
        options={optionsOf(scenarioNames)}
      />
      <Field {...field('asOf', typed.get('asOf') ?? '')} label={words.asOf} hint={words.asOfHint} />
      {comparison === null ? (
        <KeptSwitches screen={screen} />
      ) : (
        <AssumptionSwitches
          screen={screen}
          assumptions={comparison.assumptions}
          assumed={comparison.question}
        />
      )}
      <button type="submit">{say(words.compare, screen.language)}</button>
    </Search>
  )
}

interface PartProps {
  readonly part: (typeof parts)[number]
  readonly facts: ComparisonFacts
  readonly screen: Screen
}

function Part({ part, facts, screen }: PartProps): VNode {
  const { links, report } = facts
  const table: Table = { ...report.table, title: part.title }
  const linkOf = (row: TableRow, column: Column): DocumentLink | undefined =>
    spendingLink(links, row, column)
  return (
    <TableView
      table={table}
      language={screen.language}
      columns={['key', ...part.columns]}
      isTotal={(row, column) => linkOf(row, column) !== undefined}
      hrefOf={(row, column) => documentsAt(linkOf(row, column), screen)}
      flagWords={codeWords({ ...basisWords, ...caveatWords })}
      wordsOf={{ key: rowWords }}
    />
  )
}

/** Only spending has documents. */
function spendingLink(
  links: ComparisonFacts['links'],
  row: TableRow,
  { key }: Column,
): DocumentLink | undefined {
  const side = { 'qc.spent': links.qc, 'ca.spent': links.ca }[key]
  const year = keyOf(row)
  return side?.get('spent')?.get(year === 'cumulated' ? 'total' : year)
}
