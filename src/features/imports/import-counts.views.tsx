import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { pathIn } from '#platform/html/page.ts'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import { type ImportBatch, importFacts, type RowState, rowStates } from './import.ts'
import { listedOf } from './import-counts.ts'
import { rowStateNames } from './import-row-words.ts'

const words = {
  title: { fr: 'Ce que deviennent les lignes', en: 'What becomes of the rows' },
  kind: { fr: 'Sorte', en: 'Kind' },
  rows: { fr: 'Lignes', en: 'Rows' },
  amount: { fr: 'Montant', en: 'Amount' },
  accepted: { fr: 'acceptées', en: 'accepted' },
  ignored: { fr: 'ignorées (vides, titres, totaux)', en: 'ignored (blank, headings, totals)' },
  all: { fr: 'Acceptées + rejetées + ignorées', en: 'Accepted + rejected + ignored' },
  unreadable: {
    fr: 'Lignes rejetées dont le montant n’a pas pu être lu, et n’est dans aucune somme :',
    en: 'Rejected rows whose amount could not be read, and is in no sum:',
  },
} satisfies Record<string, Bilingual>

/** Every line of the file once: accepted + rejected + ignored = lines. */
export function ImportCounts({
  batch,
  language,
}: {
  batch: ImportBatch
  language: Language
}): VNode {
  const { counts } = importFacts(batch)
  const all = listedOf(batch, undefined)
  return (
    <>
      <section class="scroll" aria-label={say(words.title, language)} {...scrollable}>
        <table>
          <caption>{say(words.title, language)}</caption>
          <Head language={language} />
          <tbody>
            {rowStates.map((state) => (
              <State key={state} batch={batch} state={state} language={language} />
            ))}
            <tr>
              <th scope="row">{say(words.accepted, language)}</th>
              <td class="figure">{formatCount(counts.accepted, language)}</td>
              <td class="figure" />
            </tr>
            <tr>
              <th scope="row">{say(words.ignored, language)}</th>
              <td class="figure">{formatCount(counts.ignored, language)}</td>
              <td class="figure" />
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say(words.all, language)}</th>
              <td class="figure">{formatCount(counts.rows, language)}</td>
              <td class="figure">
                <a
                  href={pathIn(language, `/imports/${batch.id}`)}
                  data-total={all.total.toString()}
                >
                  {formatAmount(all.total, language)}
                </a>
              </td>
            </tr>
          </tfoot>
        </table>
      </section>
      {batch.unreadableAmounts > 0 && (
        <p>
          {say(words.unreadable, language)} {formatCount(batch.unreadableAmounts, language)}
        </p>
      )}
    </>
  )
}

interface StateProps {
  readonly batch: ImportBatch
  readonly state: RowState
  readonly language: Language
}

function State({ batch, state, language }: StateProps): VNode {
  const { count, total } = listedOf(batch, state)
  return (
    <tr>
      <th scope="row">{say(rowStateNames[state], language)}</th>
      <td class="figure">{formatCount(count, language)}</td>
      <td class="figure">
        <a
          href={pathIn(language, `/imports/${batch.id}?state=${state}`)}
          data-total={total.toString()}
        >
          {formatAmount(total, language)}
        </a>
      </td>
    </tr>
  )
}

function Head({ language }: { language: Language }): VNode {
  return (
    <thead>
      <tr>
        <th scope="col">{say(words.kind, language)}</th>
        <th scope="col" class="figure">
          {say(words.rows, language)}
        </th>
        <th scope="col" class="figure">
          {say(words.amount, language)}
        </th>
      </tr>
    </thead>
  )
}
