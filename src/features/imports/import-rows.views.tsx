import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { placeOf } from '#platform/html/forms.tsx'
import { pathIn, type Screen } from '#platform/html/page.ts'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatAmount, missingSign, say } from '#platform/i18n/format.ts'
import type { ImportRow } from './import.ts'
import { rowStateNames, sameWords } from './import-row-words.ts'

const words = {
  title: { fr: 'Lignes du fichier', en: 'Rows of the file' },
  take: { fr: 'Prendre', en: 'Take' },
  row: { fr: 'Ligne', en: 'Row' },
  state: { fr: 'Ce qu’elle est', en: 'What it is' },
  why: { fr: 'Pourquoi', en: 'Why' },
  organization: { fr: 'Organisme', en: 'Organization' },
  measure: { fr: 'Mesure', en: 'Measure' },
  date: { fr: 'Date', en: 'Date' },
  document: { fr: 'Pièce', en: 'Document' },
  supplier: { fr: 'Fournisseur', en: 'Supplier' },
  amount: { fr: 'Montant', en: 'Amount' },
  recorded: { fr: 'Dépense', en: 'Expenditure' },
  open: { fr: 'ouvrir', en: 'open' },
  none: { fr: 'Aucune ligne de cette sorte.', en: 'No row of that kind.' },
  value: { fr: 'valeur', en: 'value' },
} satisfies Record<string, Bilingual>

export interface RowsView {
  readonly rows: readonly ImportRow[]
  /** Ids of the expenditures that were made and that the reader may open. */
  readonly recorded: ReadonlySet<string>
  readonly isChoosable: boolean
}

/** Each row as the author of the file sees it: their own number, what it is, and why. */
export function ImportRows({ view, screen }: { view: RowsView; screen: Screen }): VNode {
  const { language } = screen
  const { rows, isChoosable, recorded } = view
  const shown = [
    ...(isChoosable ? [words.take] : []),
    ...[words.row, words.state, words.why, words.organization, words.measure, words.date],
    ...[words.document, words.supplier, words.amount],
    ...(recorded.size > 0 ? [words.recorded] : []),
  ]
  return (
    <section class="scroll" aria-label={say(words.title, language)} {...scrollable}>
      <table>
        <caption>{say(words.title, language)}</caption>
        <thead>
          <tr>
            {shown.map((heading) => (
              <th
                key={heading.en}
                scope="col"
                class={heading === words.amount ? 'figure' : undefined}
              >
                {say(heading, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Row key={row.place} at={at} row={row} view={view} screen={screen} />
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={shown.length}>{say(words.none, language)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  readonly row: ImportRow
  /** Its place on the page. */
  readonly at: number
  readonly view: RowsView
  readonly screen: Screen
}

function Row({ row, at, view, screen }: RowProps): VNode {
  const { language } = screen
  const absent = missingSign('absent', language)
  return (
    <tr>
      {view.isChoosable && <td>{isTakeable(row) && <Take row={row} at={at} screen={screen} />}</td>}
      <th scope="row" class="figure">
        {row.place}
      </th>
      <td>{say(rowStateNames[row.state], language)}</td>
      <td>
        <Why row={row} language={language} />
      </td>
      <td>{row.organization ?? absent}</td>
      <td>{row.measure ?? row.envelope ?? absent}</td>
      <td>{row.serviceDate ?? absent}</td>
      <td>{row.documentNumber ?? absent}</td>
      <td>{row.supplier ?? absent}</td>
      <td class="figure">{row.amount === null ? absent : formatAmount(row.amount, language)}</td>
      {view.recorded.size > 0 && (
        <td>
          {row.expenditure !== null && view.recorded.has(row.expenditure) && (
            <a
              href={pathIn(language, `/expenditures/${row.expenditure}`)}
              aria-label={`${say(words.open, language)} ${row.documentNumber ?? row.place}`}
            >
              {say(words.open, language)}
            </a>
          )}
        </td>
      )}
    </tr>
  )
}

const isTakeable = ({ state }: ImportRow): boolean => state === 'new' || state === 'changed'

/** What is new is taken unless it is left out; what differs from the record only when it is chosen. */
function Take({ row, at, screen }: Omit<RowProps, 'view'>): VNode {
  const { form, language } = screen
  const typed = [form.typed.place ?? []].flat()
  const isTaken = form.problem === null ? row.state === 'new' : typed.includes(String(row.place))
  return (
    <input
      type="checkbox"
      name={`place.${at}`}
      value={String(row.place)}
      checked={isTaken}
      aria-label={`${say(words.take, language)} ${say(words.row, language).toLowerCase()} ${row.place}`}
    />
  )
}

function Why({ row, language }: { row: ImportRow; language: Language }) {
  const same = sameWords(row)
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  if (row.issues.length === 0) {
    return same === null ? null : say(same, language)
  }
  return (
    <ul class="plain">
      {row.issues.map((issue) => (
        <li key={`${issue.code} ${issue.column}`}>
          {placeOf({ ...issue, row: row.place }, language)}
          {say(issue.detail, language)}
          {issue.value !== undefined && (
            <>
              {' '}
              ({say(words.value, language)}
              {colon}
              <code>{issue.value}</code>)
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
