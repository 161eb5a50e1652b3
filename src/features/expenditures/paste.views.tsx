import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Form, Select, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { CellError, CellField } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { organizationOptions } from './entry.views.tsx'
import { fieldWords } from './expenditure-words.ts'
import { rowFields } from './pasted-block.ts'

const words = {
  title: { fr: 'Coller un bloc d’Excel', en: 'Paste a block from Excel' },
  block: { fr: 'Cellules copiées', en: 'Copied cells' },
  blockHint: {
    fr: 'Sans ligne de titres : date, mesure, pièce, fournisseur, description, montant. Avec des titres, dans n’importe quel ordre; organisme, enveloppe et engagement aussi.',
    en: 'Without a row of names: date, measure, document, supplier, description, amount. With names, in any order; organization, envelope and commitment too.',
  },
  explained: {
    fr: 'Chaque ligne devient un brouillon. Celles qui ne peuvent être prises reviennent ici, à corriger; les autres sont gardées.',
    en: 'Each row becomes a draft. Those that cannot be taken come back here to be corrected; the others are kept.',
  },
  save: { fr: 'Enregistrer les brouillons', en: 'Save the drafts' },
  rows: { fr: 'Lignes à corriger', en: 'Rows to correct' },
  row: { fr: 'Ligne', en: 'Row' },
  drop: {
    fr: 'Videz une ligne pour l’abandonner.',
    en: 'Empty a row to discard it.',
  },
  back: { fr: 'Retour à la saisie', en: 'Back to entry' },
} satisfies Record<string, Bilingual>

export function pastePage(organizations: readonly string[], screen: Screen): Page {
  const { language } = screen
  const lines = linesIn(screen)
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={labelsOf(lines)} />
        <p>{say(words.explained, language)}</p>
        <Form screen={screen} action="/expenditures/new/paste" class="bulk">
          {organizations.length === 1 ? (
            <input type="hidden" name="organization" value={organizations[0]} />
          ) : (
            <Select
              screen={screen}
              name="organization"
              label={fieldWords.organization}
              value={organizations[0] ?? ''}
              options={organizationOptions(organizations)}
            />
          )}
          {lines === 0 ? (
            <TextArea
              screen={screen}
              name="block"
              label={words.block}
              hint={words.blockHint}
              rows={12}
            />
          ) : (
            <Lines count={lines} screen={screen} />
          )}
          <p>
            <button type="submit">{say(words.save, language)}</button>
          </p>
        </Form>
        <p>
          <a href={pathIn(language, '/expenditures/new')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

/** How many rows came back. */
function linesIn({ form }: Screen): number {
  const places = Object.keys(form.typed).flatMap((name) => /^lines\.(\d+)/.exec(name)?.[1] ?? [])
  return places.reduce((count, place) => Math.max(count, Number(place) + 1), 0)
}

const labelsOf = (count: number): Readonly<Record<string, Bilingual>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, place) =>
      ['', ...rowFields].map((field): [string, Bilingual] => {
        const label = field === '' ? null : fieldWords[field as (typeof rowFields)[number]]
        const [fr, en] = [`Ligne ${place + 1}`, `Row ${place + 1}`]
        return label === null
          ? [`lines.${place}`, { fr, en }]
          : [`lines.${place}.${field}`, { fr: `${fr}, ${label.fr}`, en: `${en}, ${label.en}` }]
      }),
    ).flat(),
  )

function Lines({ count, screen }: { count: number; screen: Screen }): VNode {
  const { language } = screen
  return (
    <>
      <section class="scroll" aria-label={say(words.rows, language)} {...scrollable}>
        <table class="documents sheet">
          <caption>{say(words.rows, language)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.row, language)}</th>
              {rowFields.map((field) => (
                <th key={field} scope="col">
                  {say(fieldWords[field], language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: count }, (_, place) => (
              <Line key={place} place={place} screen={screen} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say(words.drop, language)}</p>
    </>
  )
}

function Line({ place, screen }: { place: number; screen: Screen }): VNode {
  const { language } = screen
  const row = `${say(words.row, language)} ${place + 1}`
  return (
    <tr>
      <th scope="row" id={`f-lines-${place}`}>
        {place + 1}
        <CellError screen={screen} name={`lines.${place}`} />
      </th>
      {rowFields.map((field) => (
        <td key={field}>
          <CellField
            screen={screen}
            name={`lines.${place}.${field}`}
            label={`${row}, ${say(fieldWords[field], language)}`}
          />
        </td>
      ))}
    </tr>
  )
}
