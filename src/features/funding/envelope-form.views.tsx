import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Field, Form, idOf, Select, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { type Suggested, Suggestions } from '#platform/html/suggestions.tsx'
import { CellField } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import {
  type EnvelopeField,
  envelopeLabels,
  envelopeWords,
  placesTo,
  statedWords,
  type TermField,
  termWordsOfForm,
} from './planned-form-words.ts'
import { termWords } from './planned-words.ts'

const words = {
  title: { fr: 'Proposer une enveloppe', en: 'Propose an envelope' },
  intro: {
    fr: 'Une enveloppe cite les mots dont elle est lue. Approuvée par une autre personne, elle est du plan comme les autres, et son argent compte dans tous les totaux.',
    en: 'An envelope quotes the words it was read from. Once somebody else has approved it, it is of the plan like the others, and its money counts in every total.',
  },
  save: { fr: 'Enregistrer le brouillon', en: 'Save the draft' },
  back: { fr: 'Toutes les propositions', en: 'All proposals' },
  codeHint: { fr: 'Comme QC-M40 ou CA-2027', en: 'As QC-M40 or CA-2027' },
  measuresHint: {
    fr: 'Aucune, une seule, ou plusieurs qui la partagent.',
    en: 'None, one, or several that share it.',
  },
  termsHint: {
    fr: 'Un montant fixe a un dernier exercice; un montant par exercice peut ne pas en avoir. Les mots de la source disent la précision : « 19 M$ ».',
    en: 'A fixed total has a last year; an amount per fiscal year may have none. The words of the source tell the precision: “$19M”.',
  },
  documentHint: {
    fr: 'Le code d’un document connu, ou celui que vous lui donnez.',
    en: 'The code of a known document, or the one that you give it.',
  },
  row: { fr: 'N°', en: 'No.' },
  none: { fr: '—', en: '—' },
} satisfies Record<string, Bilingual>

export interface EnvelopeGround {
  /** For which the officer proposes. */
  readonly organizations: readonly string[]
  readonly programmes: readonly Suggested[]
  readonly measures: readonly Suggested[]
  readonly documents: readonly Suggested[]
}

/** What stands in the fields before anything is typed, all texts, by their names. */
export type Stated = Readonly<Partial<Record<string, string>>>

interface FieldsProps {
  readonly ground: EnvelopeGround
  readonly stated: Stated
  readonly screen: Screen
}

export const newEnvelopePage = (ground: EnvelopeGround, screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={labelsOf({}, screen)} />
      <p>{say(words.intro, screen.language)}</p>
      <Form screen={screen} action="/proposals/envelopes/new">
        <EnvelopeFields ground={ground} stated={{}} screen={screen} />
        <p>
          <button type="submit">{say(words.save, screen.language)}</button>
        </p>
      </Form>
      <p>
        <a href={pathIn(screen.language, '/proposals')}>{say(words.back, screen.language)}</a>
      </p>
    </>
  ),
})

/** Room for what was typed, for what is there, and for one more. */
function rowsOf(list: 'terms' | 'measures', stated: Stated, { form }: Screen): number {
  const places = [...Object.keys(stated), ...Object.keys(form.typed)].map((name) =>
    Number(new RegExp(`^${list}\\.(\\d+)`).exec(name)?.[1] ?? -1),
  )
  return Math.max(list === 'terms' ? 3 : 4, Math.max(-1, ...places) + 2)
}

export const labelsOf = (stated: Stated, screen: Screen): Readonly<Record<string, Bilingual>> =>
  envelopeLabels(rowsOf('terms', stated, screen), rowsOf('measures', stated, screen))

export function EnvelopeFields({ ground, stated, screen }: FieldsProps): VNode {
  const { language } = screen
  const field = (name: EnvelopeField) => ({
    screen,
    name,
    label: envelopeWords[name],
    value: stated[name] ?? '',
  })
  const chosen = (codes: readonly string[]) => codes.map((code) => ({ value: code, words: code }))
  return (
    <>
      <Field {...field('code')} hint={words.codeHint} />
      <Select {...field('programme')} options={chosen(ground.programmes.map(({ code }) => code))} />
      {ground.organizations.length === 0 ? (
        <Field {...field('organization')} />
      ) : (
        <Select {...field('organization')} options={chosen(ground.organizations)} />
      )}
      <fieldset id={idOf('title')}>
        <legend>{say(envelopeWords.title, language)}</legend>
        <Field {...field('title.fr')} />
        <Field {...field('title.en')} />
      </fieldset>
      <Measures stated={stated} screen={screen} />
      <Terms stated={stated} screen={screen} />
      <fieldset id={idOf('source')}>
        <legend>{say(envelopeWords.source, language)}</legend>
        <Field {...field('source.document')} hint={words.documentHint} list="documents" />
        <TextArea {...field('source.quote')} />
        <Field {...field('source.title.fr')} optional />
        <Field {...field('source.title.en')} optional />
        <Field {...field('source.url')} optional />
        <Field {...field('source.sha256')} optional />
      </fieldset>
      <Suggestions id="measures" of={ground.measures} language={language} />
      <Suggestions id="documents" of={ground.documents} language={language} />
    </>
  )
}

interface ListProps {
  readonly stated: Stated
  readonly screen: Screen
}

function Measures({ stated, screen }: ListProps): VNode {
  const { language } = screen
  const labels = labelsOf(stated, screen)
  return (
    <fieldset id={idOf('measures')}>
      <legend>{say(envelopeWords.measures, language)}</legend>
      <p class="hint">{say(words.measuresHint, language)}</p>
      {placesTo(rowsOf('measures', stated, screen)).map((place) => {
        const name = `measures.${place}`
        return (
          <Field
            key={name}
            screen={screen}
            name={name}
            label={labels[name] ?? envelopeWords.measures}
            value={stated[name] ?? ''}
            list="measures"
            optional
          />
        )
      })}
    </fieldset>
  )
}

function Terms({ stated, screen }: ListProps): VNode {
  const { language } = screen
  const label = envelopeWords.terms
  return (
    <section id={idOf('terms')} tabIndex={-1}>
      <h2>{say(label, language)}</h2>
      <p class="hint">{say(words.termsHint, language)}</p>
      <section class="scroll" aria-label={say(label, language)} {...scrollable}>
        <table class="sheet">
          <caption>{say(label, language)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.row, language)}</th>
              {Object.entries(termWordsOfForm).map(([name, heading]) => (
                <th key={name} scope="col">
                  {say(heading, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {placesTo(rowsOf('terms', stated, screen)).map((place) => (
              <Term key={place} place={place} stated={stated} screen={screen} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Term({ place, stated, screen }: ListProps & { readonly place: number }): VNode {
  const labels = labelsOf(stated, screen)
  const cell = (name: TermField) => {
    const full = `terms.${place}.${name}`
    const label = labels[full] ?? termWordsOfForm[name]
    return { screen, name: full, label: say(label, screen.language), value: stated[full] ?? '' }
  }
  const select = (name: 'kind' | 'stated', options: Readonly<Record<string, Bilingual>>) => (
    <Select
      {...cell(name)}
      label={termWordsOfForm[name]}
      options={[
        { value: '', words: words.none },
        ...Object.entries(options).map(([value, said]) => ({ value, words: said })),
      ]}
    />
  )
  return (
    <tr>
      <th scope="row">{place + 1}</th>
      <td>{select('kind', termWords)}</td>
      <td>
        <CellField {...cell('amount')} />
      </td>
      <td>
        <CellField {...cell('asStated')} />
      </td>
      <td>
        <CellField {...cell('firstFiscalYear')} />
      </td>
      <td>
        <CellField {...cell('lastFiscalYear')} />
      </td>
      <td>{select('stated', statedWords)}</td>
    </tr>
  )
}
