import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import type { Report } from '#features/reports/report.ts'
import { addressWith } from '#platform/html/address.ts'
import { ErrorSummary, Field, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { sorted } from '#platform/html/sort.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { AssumptionSwitches, KeptSwitches } from './assumption-switches.views.tsx'
import { documentsAt, keyOf, subjectAt } from './drill.views.ts'
import type { FederalReading } from './federal-reading.ts'
import type { DocumentLinks } from './open-documents.ts'
import { proofTable, readingsTable, tieOutProof } from './proof.table.ts'
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
  dimensionWords,
  fundingWords,
  jurisdictionWords,
  kindWords,
  said,
  scenarioNames,
  spreadNames,
  spreadWords,
} from './workbook-words.ts'

export interface ReconciliationFacts {
  readonly report: Report
  readonly reconciliation: Reconciliation
  /** Null for Quebec. */
  readonly federal: FederalReading | null
  readonly links: DocumentLinks
  readonly sort: string | undefined
  /** All columns, not only the brief ones. */
  readonly isWhole: boolean
}

const words = {
  title: { fr: 'Rapprochement budgétaire', en: 'Budget reconciliation' },
  by: { fr: 'Présenter', en: 'Show' },
  from: { fr: 'Du premier exercice', en: 'From fiscal year' },
  to: { fr: 'Au dernier exercice', en: 'To fiscal year' },
  jurisdiction: { fr: 'Gouvernement', en: 'Government' },
  spread: { fr: 'Argent non réparti', en: 'Undistributed money' },
  scenario: { fr: 'Lecture des annonces', en: 'Reading of announcements' },
  asOf: { fr: 'Tel qu’au', en: 'As of' },
  asOfHint: {
    fr: 'Position ou instant du registre; vide : maintenant.',
    en: 'Position or instant of the record; empty: now.',
  },
  show: { fr: 'Afficher', en: 'Show' },
  whole: { fr: 'Toutes les colonnes', en: 'All columns' },
  brief: { fr: 'Colonnes principales', en: 'Main columns' },
  proof: { fr: 'Preuve', en: 'Proof' },
} satisfies Record<string, Bilingual>

export function reconciliationPage(facts: ReconciliationFacts, screen: Screen): Page {
  const { report, federal } = facts
  const { language } = screen
  return {
    title: report.title,
    standing: report,
    main: (
      <>
        <Question screen={screen} asked={report.parameters} federal={federal} />
        <Asked report={report} screen={screen} />
        <Ways facts={facts} screen={screen} />
        <Figures facts={facts} screen={screen} />
        <Proof facts={facts} screen={screen} />
        <NoteList notes={report.notes} language={language} />
        <FlagLegend table={report.table} language={language} />
      </>
    ),
  }
}

/** The question again, when what was asked cannot be answered. */
export const reconciliationAgain = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Question screen={screen} asked={{}} federal={null} />
    </>
  ),
})

interface QuestionProps {
  readonly screen: Screen
  readonly asked: Readonly<Partial<Record<string, string>>>
  readonly federal: FederalReading | null
}

function Question({ screen, asked, federal }: QuestionProps): VNode {
  const field = (name: string, value = '') => ({ screen, name, value: asked[name] ?? value })
  const typed = new URLSearchParams(screen.address.split('?')[1])
  return (
    <Search screen={screen} action="/reconciliation">
      <Select {...field('by', 'measure')} label={words.by} options={optionsOf(dimensionWords)} />
      <Select
        {...field('jurisdiction', 'QC')}
        label={words.jurisdiction}
        options={optionsOf(jurisdictionWords)}
      />
      <Field {...field('from')} label={words.from} inputMode="numeric" />
      <Field {...field('to')} label={words.to} inputMode="numeric" />
      <Select {...field('spread', 'none')} label={words.spread} options={optionsOf(spreadNames)} />
      {federal !== null && (
        <Select
          {...field('scenario', 'high')}
          label={words.scenario}
          options={optionsOf(scenarioNames)}
        />
      )}
      <Field {...field('asOf', typed.get('asOf') ?? '')} label={words.asOf} hint={words.asOfHint} />
      {federal !== null && <AssumptionSwitches screen={screen} {...federal} />}
      {screen.form.problem !== null && <KeptSwitches screen={screen} />}
      <button type="submit">{say(words.show, screen.language)}</button>
    </Search>
  )
}

/** On paper, where no form is: what was asked, in words. */
function Asked({ report, screen }: { report: Report; screen: Screen }): VNode {
  const { by = '', from = '', to = '', jurisdiction = '', spread = '' } = report.parameters
  const { language } = screen
  const asked = [
    codeWords(dimensionWords)(by),
    { fr: `de ${from} à ${to}`, en: `from ${from} to ${to}` },
    codeWords(jurisdictionWords)(jurisdiction),
    codeWords(spreadWords)(spread),
  ]
  return (
    <p class="paper">
      {asked.flatMap((words) => (words === undefined ? [] : said(words, language))).join(' · ')}
    </p>
  )
}

function Ways({ facts, screen }: { facts: ReconciliationFacts; screen: Screen }): VNode {
  const { language } = screen
  const columns = addressWith(screen, '/reconciliation', { columns: facts.isWhole ? null : 'all' })
  return (
    <p class="ways">
      <FileLinks screen={screen} path="/reconciliation" />{' '}
      <a href={pathIn(language, columns)}>
        {say(facts.isWhole ? words.brief : words.whole, language)}
      </a>
    </p>
  )
}

function Figures({ facts, screen }: { facts: ReconciliationFacts; screen: Screen }): VNode {
  const { report, links, sort, isWhole } = facts
  const { language } = screen
  const table = sorted(report.table, sort, language)
  const linkOf = (row: TableRow, { key }: Column) => links.get(key)?.get(keyOf(row))
  return (
    <TableView
      table={table}
      language={language}
      columns={columnsOf(facts, isWhole)}
      header="label"
      isTotal={(row, column) => linkOf(row, column) !== undefined}
      hrefOf={(row, column) =>
        column.key === 'label' ? subjectAt(row, screen) : documentsAt(linkOf(row, column), screen)
      }
      flagWords={flagLabelOf}
      wordsOf={wordsOf}
      sort={{
        by: sort ?? null,
        hrefOf: (by) => pathIn(language, addressWith(screen, '/reconciliation', { sort: by })),
      }}
    />
  )
}

/** Which rows are repeated is said where some are. */
function columnsOf(
  { report: { table } }: ReconciliationFacts,
  isWhole: boolean,
): readonly string[] {
  const hasRepeats = table.rows.some(({ role }) => role === 'repeated')
  const more = ['available', ...(hasRepeats ? ['repeated'] : [])]
  return table.columns
    .filter(({ key, brief }) => key !== 'href' && (isWhole || brief || more.includes(key)))
    .map(({ key }) => key)
}

const wordsOf = {
  key: rowWords,
  label: yearWords,
  kind: codeWords(kindWords),
  funding: codeWords(fundingWords),
}

function Proof({ facts, screen }: { facts: ReconciliationFacts; screen: Screen }): VNode {
  const { reconciliation, federal } = facts
  const { tieOut } = reconciliation
  const tables = [
    proofTable(reconciliation),
    ...(tieOut === null ? [] : [tieOutProof(tieOut)]),
    ...(federal === null ? [] : [readingsTable(federal.planned)]),
  ]
  return (
    <section>
      <h2>{say(words.proof, screen.language)}</h2>
      {tables.map((table) => (
        <TableView key={table.name} table={table} language={screen.language} />
      ))}
    </section>
  )
}
