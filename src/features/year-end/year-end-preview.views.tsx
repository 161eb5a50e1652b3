import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form, idOf, Search, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { type Suggested, Suggestions } from '#platform/html/suggestions.tsx'
import { CellField, Facts } from '#platform/html/table-fields.tsx'
import { scrollable, TableView } from '#platform/html/table-view.tsx'
import { formatFiscalYear, say } from '#platform/i18n/format.ts'
import { type Policy, policyKinds } from './policy.ts'
import { closedFiguresTable, policyNames } from './year-end.table.ts'
import type { Preview } from './year-end.ts'
import { policyLabels, policyWords, yearEndWords } from './year-end-words.ts'

export interface ClosingGround {
  readonly programmes: readonly Suggested[]
  readonly envelopes: readonly Suggested[]
}

export interface PreviewFacts {
  readonly ground: ClosingGround
  /** What was asked; null: nothing yet, or nothing that can be answered. */
  readonly preview: { readonly of: Preview; readonly policies: readonly Policy[] } | null
  readonly mayPrepare: boolean
}

const words = {
  title: { fr: 'Prévisualiser une fermeture d’exercice', en: 'Preview a year-end' },
  intro: {
    fr: 'Fermer un exercice reporte ou périme ce qu’il en reste, enveloppe par enveloppe, une fois pour toutes. Ici rien n’est écrit.',
    en: 'Closing a fiscal year carries or lapses what is left of it, envelope by envelope, once and for all. Nothing is written here.',
  },
  policiesHint: {
    fr: 'Une enveloppe qui n’est pas nommée reporte tout. Le pourcentage est celui de ce que l’exercice avait prévu.',
    en: 'An envelope that is not named carries all. The percentage is of what the year had planned.',
  },
  yearHint: { fr: 'Terminé, comme 2025-2026', en: 'One that has ended, as 2025-26' },
  row: { fr: 'Politique', en: 'Policy' },
  none: { fr: '—', en: '—' },
  preview: { fr: 'Prévisualiser', en: 'Preview' },
  would: { fr: 'Ce que la fermeture ferait', en: 'What closing would do' },
  nothing: {
    fr: 'Rien n’est écrit encore. Préparez la fermeture pour qu’une autre personne l’approuve avec ces chiffres, et aucun autre.',
    en: 'Nothing is written yet. Prepare the closing, so that somebody else approves it with these figures and no others.',
  },
  prepare: { fr: 'Préparer et soumettre la fermeture', en: 'Prepare and submit the closing' },
  list: { fr: 'Toutes les fermetures', en: 'All year-ends' },
} satisfies Record<string, Bilingual>

export const previewTable = ({ programme, fiscalYear, figures }: Preview) =>
  closedFiguresTable(
    figures.map((each) => ({ programme, fiscalYear, figures: each })),
    words.would,
  )

export function previewPage(facts: PreviewFacts, screen: Screen): Page {
  const { language } = screen
  const { ground, preview } = facts
  const policies = preview?.policies ?? []
  const rows = rowsIn(policies, screen)
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={{ ...yearEndWords, ...policyLabels(rows) }} />
        <p>{say(words.intro, language)}</p>
        <Search screen={screen} action="/year-end/preview">
          <Select
            screen={screen}
            name="programme"
            label={yearEndWords.programme}
            value={preview?.of.programme ?? ''}
            options={ground.programmes.map(({ code, title }) => ({
              value: code,
              words: { fr: `${code} – ${title.fr}`, en: `${code} – ${title.en}` },
            }))}
          />
          <Field
            screen={screen}
            name="fiscalYear"
            label={yearEndWords.fiscalYear}
            hint={words.yearHint}
            value={preview?.of.fiscalYear ?? ''}
          />
          <Policies policies={policies} rows={rows} screen={screen} />
          <p>
            <button type="submit">{say(words.preview, language)}</button>
          </p>
          <Suggestions id="envelopes" of={ground.envelopes} language={language} />
        </Search>
        {preview !== null && <Would facts={facts} preview={preview.of} screen={screen} />}
        <p>
          <a href={pathIn(language, '/year-end')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

/** Room for what was typed, for what is there, and for more. */
function rowsIn(policies: readonly Policy[], { form }: Screen): number {
  const typed = Object.keys(form.typed).map((name) =>
    Number(/^policies\.(\d+)\./.exec(name)?.[1] ?? -1),
  )
  return Math.max(policies.length, Math.max(-1, ...typed) + 1) + 4
}

interface PoliciesProps {
  readonly policies: readonly Policy[]
  readonly rows: number
  readonly screen: Screen
}

function Policies({ policies, rows, screen }: PoliciesProps): VNode {
  const { language } = screen
  const places = Array.from({ length: rows }, (_, place) => place)
  const label = yearEndWords.policies
  return (
    <details open={policies.length > 0 || screen.form.problem !== null}>
      <summary>{say(label, language)}</summary>
      <p class="hint">{say(words.policiesHint, language)}</p>
      <section class="scroll" aria-label={say(label, language)} {...scrollable}>
        <table class="sheet" id={idOf('policies')}>
          <caption>{say(label, language)}</caption>
          <thead>
            <tr>
              {[words.row, ...Object.values(policyWords)].map((heading, place) => (
                <th key={place} scope="col">
                  {say(place === 0 ? { fr: 'N°', en: 'No.' } : heading, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <PolicyRow key={place} place={place} stated={policies[place]} screen={screen} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

interface RowProps {
  readonly place: number
  readonly stated: Policy | undefined
  readonly screen: Screen
}

function PolicyRow({ place, stated, screen }: RowProps): VNode {
  const { language } = screen
  const cell = (name: keyof typeof policyWords) => ({
    screen,
    name: `policies.${place}.${name}`,
    label: `${say(words.row, language)} ${place + 1}, ${say(policyWords[name], language)}`,
  })
  return (
    <tr>
      <th scope="row">{place + 1}</th>
      <td>
        <CellField {...cell('envelope')} value={stated?.envelope ?? ''} list="envelopes" />
      </td>
      <td>
        <Select
          screen={screen}
          name={`policies.${place}.policy`}
          label={policyWords.policy}
          value={stated?.policy ?? ''}
          options={[
            { value: '', words: words.none },
            ...policyKinds.map((kind) => ({ value: kind, words: policyNames[kind] })),
          ]}
        />
      </td>
      <td>
        <CellField {...cell('percent')} value={stated?.percent ?? ''} />
      </td>
    </tr>
  )
}

interface WouldProps {
  readonly facts: PreviewFacts
  readonly preview: Preview
  readonly screen: Screen
}

function Would({ facts, preview, screen }: WouldProps): VNode {
  const { language, address } = screen
  const [, query = ''] = address.split('?')
  return (
    <section>
      <h2>{say(words.would, language)}</h2>
      <Facts
        language={language}
        facts={[
          [yearEndWords.carriedTo, formatFiscalYear(preview.carriedTo, language)],
          [yearEndWords.digest, <code key="digest">{preview.digest}</code>],
        ]}
      />
      <Files language={language} path="/year-end/preview" query={`?${query}`} />
      <TableView table={previewTable(preview)} language={language} />
      {facts.mayPrepare && (
        <Form screen={screen} action="/year-end/preview">
          <p>{say(words.nothing, language)}</p>
          <Hidden preview={preview} policies={facts.preview?.policies ?? []} />
          <p>
            <button type="submit">{say(words.prepare, language)}</button>
          </p>
        </Form>
      )}
    </section>
  )
}

/** What was previewed, and nothing else, is what is prepared. */
function Hidden({
  preview: { programme, fiscalYear },
  policies,
}: {
  readonly preview: Preview
  readonly policies: readonly Policy[]
}): VNode {
  const fields: readonly (readonly [string, string])[] = [
    ['programme', programme],
    ['fiscalYear', fiscalYear],
    ...statedFields(policies),
  ]
  return (
    <>
      {fields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** As a form and an address say them. */
export const statedFields = (
  policies: readonly Policy[],
): readonly (readonly [name: string, value: string])[] =>
  policies.flatMap(({ envelope, policy, percent }, place) => [
    [`policies.${place}.envelope`, envelope] as const,
    [`policies.${place}.policy`, policy] as const,
    ...(percent === null ? [] : [[`policies.${place}.percent`, percent] as const]),
  ])
