import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column } from '#core/table.ts'
import { ErrorSummary, Field, Form, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatCount, formatInstant, say } from '#platform/i18n/format.ts'
import type { QueuedExport } from './queued-export.ts'
import { exportsTable, nextOf } from './queued-exports.table.ts'
import { optionsOf } from './report-parts.views.tsx'
import { reportTitle } from './report-words.ts'
import { dimensionWords, jurisdictionWords } from './workbook-words.ts'

const words = {
  title: { fr: 'Exportations', en: 'Exports' },
  intro: {
    fr: 'Les classeurs trop longs pour être attendus sont faits en arrière-plan, puis conservés une semaine. Vous ne voyez que les vôtres.',
    en: 'Workbooks that are too long to wait for are made in the background, then kept for a week. You see only your own.',
  },
  none: { fr: 'Aucune exportation pour le moment.', en: 'No export yet.' },
  asked: {
    fr: 'L’exportation est demandée. Vous pouvez quitter cette page : le fichier vous attendra ici.',
    en: 'The export is asked for. You may leave this page: the file will wait for you here.',
  },
  cancelled: { fr: 'L’exportation est annulée.', en: 'The export is cancelled.' },
  refresh: { fr: 'Actualiser', en: 'Refresh' },
  ask: {
    fr: 'Demander un classeur du rapprochement',
    en: 'Ask for a workbook of the reconciliation',
  },
  next: { fr: 'Page suivante', en: 'Next page' },
  askTitle: { fr: 'Demander un classeur', en: 'Ask for a workbook' },
  askIntro: {
    fr: 'Le classeur du rapprochement avec toutes ses dépenses, quel que soit leur nombre, tel qu’est le registre au moment où vous le demandez. Il est fait en arrière-plan.',
    en: 'The workbook of the reconciliation with all of its expenditures, however many, as the record stands when you ask for it. It is made in the background.',
  },
  askIntroCells: {
    fr: 'Le classeur du rapprochement, tel qu’est le registre au moment où vous le demandez. Il est fait en arrière-plan.',
    en: 'The workbook of the reconciliation as the record stands when you ask for it. It is made in the background.',
  },
  tooLong: {
    fr: 'Ce classeur compterait plus de 10 000 dépenses : il ne se télécharge pas directement.',
    en: 'This workbook would have more than 10,000 expenditures: it is not downloaded directly.',
  },
  cells: {
    fr: 'Le télécharger tout de suite, sans les dépenses, par cellule du journal',
    en: 'Download it at once, without the expenditures, by cell of the journal',
  },
  by: { fr: 'Présenter', en: 'Show' },
  jurisdiction: { fr: 'Gouvernement', en: 'Government' },
  from: { fr: 'Du premier exercice', en: 'From fiscal year' },
  to: { fr: 'Au dernier exercice', en: 'To fiscal year' },
  asOf: { fr: 'Tel qu’au', en: 'As of' },
  asOfHint: {
    fr: 'Position ou instant du registre; vide : maintenant.',
    en: 'Position or instant of the record; empty: now.',
  },
  send: { fr: 'Demander l’exportation', en: 'Ask for the export' },
  cancelTitle: { fr: 'Annuler l’exportation', en: 'Cancel the export' },
  cancelHint: {
    fr: 'Ce qui a été fait du fichier est perdu. Vous pourrez le demander de nouveau.',
    en: 'What was made of the file is lost. You may ask for it again.',
  },
  back: { fr: 'Toutes les exportations', en: 'All exports' },
} satisfies Record<string, Bilingual>

export const exportDone = ['asked', 'cancelled'] as const

export interface ExportsFacts {
  readonly exports: readonly QueuedExport[]
  readonly nextCursor: string | null
  readonly done: (typeof exportDone)[number] | undefined
}

export function exportsPage({ exports, nextCursor, done }: ExportsFacts, screen: Screen): Page {
  const { language } = screen
  const table = exportsTable(exports, {
    count: (n) => formatCount(n, language),
    instant: (at) => formatInstant(at, language),
  })
  const link = (path: string, label: Bilingual): VNode => (
    <a href={pathIn(language, path)}>{say(label, language)}</a>
  )
  return {
    title: words.title,
    main: (
      <>
        {done !== undefined && (
          <p class="notice" role="status">
            {say(words[done], language)}
          </p>
        )}
        <p>{say(words.intro, language)}</p>
        <p class="ways">
          {link('/exports/new', words.ask)} {link('/exports', words.refresh)}
        </p>
        <TableView
          table={table}
          language={language}
          columns={table.columns.map(({ key }) => key).filter((key) => key !== 'id')}
          header="report"
          hrefOf={(row, column) => nextHref(exports[table.rows.indexOf(row)], column, screen)}
          empty={words.none}
        />
        {nextCursor !== null && <p>{link(`/exports?cursor=${nextCursor}`, words.next)}</p>}
      </>
    ),
  }
}

function nextHref(
  found: QueuedExport | undefined,
  { key }: Column,
  { language }: Screen,
): string | null {
  const next = found === undefined || key !== 'next' ? null : nextOf(found)
  if (found === undefined || next === null) {
    return null
  }
  const step = next === 'download' ? 'file.xlsx' : 'cancel'
  return pathIn(language, `/exports/${found.id}/${step}`)
}

export interface AskingFacts {
  /** As the address says it. */
  readonly asked: Readonly<Record<string, string>>
  readonly showsDocuments: boolean
  /** Somebody wanted the file itself. */
  readonly isTooLong: boolean
}

const visible = ['by', 'jurisdiction', 'from', 'to', 'asOf']

export function askExportPage(facts: AskingFacts, screen: Screen): Page {
  const { asked, showsDocuments, isTooLong } = facts
  const { language } = screen
  const field = (name: 'by' | 'jurisdiction' | 'from' | 'to' | 'asOf', value = '') => ({
    ...{ screen, name, label: words[name] },
    value: asked[name] ?? value,
  })
  const hidden = Object.entries(asked).filter(([name]) => !visible.includes(name))
  return {
    title: words.askTitle,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        {isTooLong && <p class="notice">{say(words.tooLong, language)}</p>}
        <p>{say(showsDocuments ? words.askIntro : words.askIntroCells, language)}</p>
        <Form screen={screen} action="/exports/new">
          {hidden.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Select {...field('by', 'measure')} options={optionsOf(dimensionWords)} />
          <Select {...field('jurisdiction', 'QC')} options={optionsOf(jurisdictionWords)} />
          <Field {...field('from')} inputMode="numeric" />
          <Field {...field('to')} inputMode="numeric" />
          <Field {...field('asOf')} hint={words.asOfHint} />
          <button type="submit">{say(words.send, language)}</button>
        </Form>
        {isTooLong && (
          <p>
            <a href={pathIn(language, byCell(asked))}>{say(words.cells, language)}</a>
          </p>
        )}
      </>
    ),
  }
}

const byCell = (asked: AskingFacts['asked']): string =>
  `/reconciliation.xlsx?${new URLSearchParams({ ...asked, detail: 'cells' })}`

/** What is given up, before it is. */
export function cancelExportPage(found: QueuedExport, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.cancelTitle,
    main: (
      <>
        <ErrorSummary screen={screen} />
        <p>
          {say(reportTitle(found.report), language)} · {formatInstant(found.askedAt, language)}
        </p>
        <p>{say(words.cancelHint, language)}</p>
        <Form screen={screen} action={`/exports/${found.id}/cancel`} version={found.version}>
          <button type="submit">{say(words.cancelTitle, language)}</button>
        </Form>
        <p>
          <a href={pathIn(language, '/exports')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}
