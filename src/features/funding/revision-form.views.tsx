import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Field, Form, idOf, Select, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { type Suggested, Suggestions } from '#platform/html/suggestions.tsx'
import { CellError, CellField } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { revisionKinds } from './revision.ts'
import { lineLabels, lineWords, revisionWords } from './revision-words.ts'
import { revisionKindNames } from './revisions.table.ts'

const words = {
  title: { fr: 'Préparer une révision', en: 'Prepare a revision' },
  save: { fr: 'Enregistrer le brouillon', en: 'Save the draft' },
  back: { fr: 'Toutes les révisions', en: 'All revisions' },
  dayHint: { fr: 'AAAA-MM-JJ, au plus tard aujourd’hui', en: 'YYYY-MM-DD, today at the latest' },
  linesHint: {
    fr: 'Les lignes vides ne comptent pas. Exercice vide : ce qui n’est pas réparti. Mesure vide : celle de l’enveloppe, ou la part commune d’une enveloppe partagée.',
    en: 'Empty lines do not count. No fiscal year: what is not distributed. No measure: that of the envelope, or the common part of a shared one.',
  },
  line: { fr: 'Ligne', en: 'Line' },
  longer: { fr: 'Formulaire de 50 lignes', en: 'Form of 50 lines' },
} satisfies Record<string, Bilingual>

const amounts: readonly Bilingual[] = [
  {
    fr: 'Crédit supplémentaire et réduction : des montants supérieurs à zéro.',
    en: 'Supplement and reduction: amounts greater than zero.',
  },
  {
    fr: 'Virement (d’une enveloppe à une autre) et répartition (dans une enveloppe) : un montant négatif là d’où l’argent part, positif là où il va; leur somme est zéro.',
    en: 'Transfer (from one envelope to another) and distribution (inside one): a negative amount where money leaves, a positive one where it goes; their sum is zero.',
  },
]

export interface RevisionGround {
  readonly envelopes: readonly Suggested[]
  readonly measures: readonly Suggested[]
}

/** What stands in the fields before anything is typed; all texts. */
export interface RevisionStated {
  readonly kind: string
  readonly effectiveOn: string
  readonly documentReference: string
  readonly reason: string
  readonly lines: readonly Readonly<Record<keyof typeof lineWords, string>>[]
  /** How many lines the form has at least. */
  readonly room: number
}

interface FieldsProps {
  readonly ground: RevisionGround
  readonly stated: RevisionStated
  readonly screen: Screen
}

export function newRevisionPage(
  ground: RevisionGround,
  stated: RevisionStated,
  screen: Screen,
): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={formLabels(stated, screen)} />
        <Form screen={screen} action="/revisions/new">
          <RevisionFields ground={ground} stated={stated} screen={screen} />
          <p>
            <button type="submit">{say(words.save, language)}</button>
          </p>
        </Form>
        <p class="ways">
          <a href={pathIn(language, `/revisions/new?lines=50`)}>{say(words.longer, language)}</a>{' '}
          <a href={pathIn(language, '/revisions')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

export const formLabels = (
  stated: RevisionStated,
  screen: Screen,
): Readonly<Record<string, Bilingual>> => ({
  ...revisionWords,
  ...lineLabels(linesIn(stated, screen)),
})

/** Room for what was typed, for what is there, and for more. */
function linesIn({ lines, room }: RevisionStated, { form }: Screen): number {
  const typed = Object.keys(form.typed).map((name) =>
    Number(/^lines\.(\d+)\./.exec(name)?.[1] ?? -1),
  )
  return Math.max(room, lines.length + 3, Math.max(-1, ...typed) + 4)
}

export function RevisionFields({ ground, stated, screen }: FieldsProps): VNode {
  const field = (name: 'kind' | 'effectiveOn' | 'documentReference' | 'reason') => ({
    screen,
    name,
    label: revisionWords[name],
    value: stated[name],
  })
  return (
    <>
      <Select
        {...field('kind')}
        options={revisionKinds.map((kind) => ({ value: kind, words: revisionKindNames[kind] }))}
      />
      <Field {...field('effectiveOn')} hint={words.dayHint} />
      <Field {...field('documentReference')} />
      <TextArea {...field('reason')} />
      <Lines stated={stated} screen={screen} />
      <Suggestions id="envelopes" of={ground.envelopes} language={screen.language} />
      <Suggestions id="measures" of={ground.measures} language={screen.language} />
    </>
  )
}

const lists: Readonly<Record<string, string>> = { envelope: 'envelopes', measure: 'measures' }
const names = ['envelope', 'measure', 'fiscalYear', 'amount'] as const

function Lines({ stated, screen }: { stated: RevisionStated; screen: Screen }): VNode {
  const { language } = screen
  const places = Array.from({ length: linesIn(stated, screen) }, (_, place) => place)
  return (
    <section id={idOf('lines')} tabIndex={-1}>
      <h2>{say(revisionWords.lines, language)}</h2>
      <p class="hint">{say(words.linesHint, language)}</p>
      <ul class="hint">
        {amounts.map((sentence) => (
          <li key={sentence.en}>{say(sentence, language)}</li>
        ))}
      </ul>
      <CellError screen={screen} name="lines" />
      <section class="scroll" aria-label={say(revisionWords.lines, language)} {...scrollable}>
        <table class="sheet">
          <caption>{say(revisionWords.lines, language)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.line, language)}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {say(lineWords[name], language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <Line key={place} place={place} stated={stated} screen={screen} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

interface LineProps {
  readonly place: number
  readonly stated: RevisionStated
  readonly screen: Screen
}

function Line({ place, stated, screen }: LineProps): VNode {
  const { language } = screen
  const number = `${say(words.line, language)} ${place + 1}`
  return (
    <tr id={idOf(`lines.${place}`)} tabIndex={-1}>
      <th scope="row">
        {place + 1}
        <CellError screen={screen} name={`lines.${place}`} />
      </th>
      {names.map((name) => (
        <td key={name}>
          <CellField
            screen={screen}
            name={`lines.${place}.${name}`}
            label={`${number}, ${say(lineWords[name], language)}`}
            value={stated.lines[place]?.[name] ?? ''}
            {...(lists[name] === undefined ? {} : { list: lists[name] })}
          />
        </td>
      ))}
    </tr>
  )
}
