import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { ErrorSummary, Field, Form, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { CheckCell } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import type { EntryStanding } from './entry-standing.ts'
import { StandingView } from './entry-standing.views.tsx'
import type { Expenditure } from './expenditure.ts'
import { dayHint, fieldWords } from './expenditure-words.ts'

export interface EntryGround {
  /** For which the officer enters. */
  readonly organizations: readonly string[]
  readonly measures: readonly { readonly code: string; readonly title: Bilingual }[]
  readonly today: string
  /** The officer's. */
  readonly email: string
  /** The officer's own. */
  readonly drafts: {
    readonly rows: readonly Expenditure[]
    readonly count: number
    readonly total: Money
  }
  /** The one entered just now. */
  readonly saved: Expenditure | null
}

export interface EntryFacts extends EntryGround {
  readonly standing: EntryStanding
  /** What the address carries from the last one, or from a check. */
  readonly carried: Readonly<Partial<Record<string, string>>>
}

const words = {
  title: { fr: 'Saisie des dépenses', en: 'Expenditure entry' },
  save: { fr: 'Enregistrer et continuer', en: 'Save and continue' },
  check: { fr: 'Vérifier', en: 'Check' },
  paste: { fr: 'Coller un bloc d’Excel', en: 'Paste a block from Excel' },
  more: { fr: 'Autres champs', en: 'Other fields' },
  standing: { fr: 'Avant d’enregistrer', en: 'Before saving' },
  saved: { fr: 'Enregistrée :', en: 'Saved:' },
  submitted: {
    fr: 'dépense(s) soumise(s) pour approbation.',
    en: 'expenditure(s) submitted for approval.',
  },
  entered: { fr: 'brouillon(s) enregistré(s).', en: 'draft(s) saved.' },
  drafts: { fr: 'Vos brouillons', en: 'Your drafts' },
  counted: { fr: 'brouillon(s)', en: 'draft(s)' },
  none: {
    fr: 'Aucun brouillon : ce que vous enregistrez paraît ici, prêt à soumettre.',
    en: 'No draft: what you save shows here, ready to be submitted.',
  },
  choose: { fr: 'Choisir', en: 'Choose' },
  flags: { fr: 'Signalements', en: 'Flags' },
  submit: { fr: 'Soumettre les brouillons choisis', en: 'Submit the chosen drafts' },
  envelopeHint: { fr: 'Vide : celle de la mesure.', en: 'Empty: that of the measure.' },
  measureHint: { fr: 'Comme 12, A3 ou QC-12', en: 'As 12, A3 or QC-12' },
} satisfies Record<string, Bilingual>

export const organizationOptions = (codes: readonly string[]) =>
  codes.map((code) => ({ value: code, words: code }))

export function entryPage(facts: EntryFacts, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={labelsOf(facts)} />
        <Done facts={facts} screen={screen} />
        <EntryForm facts={facts} screen={screen} />
        <section
          id="standing"
          class="notice"
          aria-live="polite"
          aria-label={say(words.standing, language)}
          data-standing={pathIn(language, '/expenditures/new/standing.html')}
        >
          <StandingView standing={facts.standing} language={language} />
        </section>
        <p>
          <a href={pathIn(language, '/expenditures/new/paste')}>{say(words.paste, language)}</a>
        </p>
        <Drafts facts={facts} screen={screen} />
      </>
    ),
  }
}

const labelsOf = ({ drafts }: EntryGround): Readonly<Record<string, Bilingual>> => ({
  ...fieldWords,
  ...Object.fromEntries(
    drafts.rows.map(({ id, number }) => [`rows.${id}`, { fr: number, en: number }]),
  ),
})

function Done({ facts, screen }: { facts: EntryFacts; screen: Screen }): VNode | null {
  const { language } = screen
  const { saved, carried } = facts
  const { submitted, entered } = carried
  if (saved === null && submitted === undefined && entered === undefined) {
    return null
  }
  return (
    <p class="notice" role="status">
      {saved !== null && (
        <>
          {say(words.saved, language)}{' '}
          <a href={pathIn(language, `/expenditures/${saved.id}`)}>{saved.number}</a>,{' '}
          {formatAmount(saved.amount, language)}
        </>
      )}
      {submitted !== undefined &&
        `${formatCount(Number(submitted), language)} ${say(words.submitted, language)}`}
      {entered !== undefined &&
        `${formatCount(Number(entered), language)} ${say(words.entered, language)}`}
    </p>
  )
}

/** What is new comes first; what stays the same from one to the next comes after, filled in. */
function EntryForm({ facts, screen }: { facts: EntryFacts; screen: Screen }): VNode {
  const { language } = screen
  const { carried, organizations, today } = facts
  const field = (name: keyof typeof fieldWords, value = '') => ({
    screen,
    name,
    label: fieldWords[name],
    value: carried[name] ?? value,
  })
  return (
    <Form screen={screen} action="/expenditures/new" class="entry">
      <div class="line">
        <Field {...field('documentNumber')} autofocus />
        <Field {...field('supplier')} />
        <Field {...field('description')} />
        <Field {...field('amount')} inputMode="decimal" />
        <Field {...field('serviceDate', today)} hint={dayHint} />
        <Field {...field('measure')} hint={words.measureHint} list="measures" />
        {organizations.length === 1 ? (
          <input type="hidden" name="organization" value={organizations[0]} />
        ) : (
          <Select
            {...field('organization', organizations[0])}
            options={organizationOptions(organizations)}
          />
        )}
      </div>
      <p>
        <button type="submit">{say(words.save, language)}</button>{' '}
        <button type="submit" class="quiet" name="check" value="1">
          {say(words.check, language)}
        </button>
      </p>
      <details
        open={
          ['envelope', 'documentDate', 'commitment', 'justification'].some(
            (name) => carried[name] !== undefined,
          ) || screen.form.problem !== null
        }
      >
        <summary>{say(words.more, language)}</summary>
        <div class="line">
          <Field {...field('envelope')} hint={words.envelopeHint} optional />
          <Field {...field('documentDate')} hint={dayHint} optional />
          <Field {...field('commitment')} optional />
          <Field {...field('justification')} optional />
        </div>
      </details>
      <datalist id="measures">
        {facts.measures.map(({ code, title }) => (
          <option key={code} value={code}>
            {say(title, language)}
          </option>
        ))}
      </datalist>
    </Form>
  )
}

function Drafts({ facts, screen }: { facts: EntryFacts; screen: Screen }): VNode {
  const { language } = screen
  const { rows, count, total } = facts.drafts
  const own = new URLSearchParams({ state: 'draft', preparedBy: facts.email })
  const headings = [
    words.choose,
    fieldWords.number,
    fieldWords.serviceDate,
    fieldWords.measure,
    fieldWords.documentNumber,
    fieldWords.supplier,
    fieldWords.description,
    fieldWords.amount,
    words.flags,
  ]
  return (
    <section>
      <h2>{say(words.drafts, language)}</h2>
      {rows.length === 0 ? (
        <p>{say(words.none, language)}</p>
      ) : (
        <Form screen={screen} action="/expenditures/new/submit" class="bulk">
          <p class="total">
            {formatCount(count, language)} {say(words.counted, language)},{' '}
            <a href={pathIn(language, `/expenditures?${own}`)} data-total={total.toString()}>
              {formatAmount(total, language)}
            </a>
          </p>
          <section class="scroll" aria-label={say(words.drafts, language)} {...scrollable}>
            <table class="documents">
              <caption>{say(words.drafts, language)}</caption>
              <thead>
                <tr>
                  {headings.map((heading) => (
                    <th
                      key={heading.en}
                      scope="col"
                      class={heading === fieldWords.amount ? 'figure' : undefined}
                    >
                      {say(heading, language)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {newestFirst(rows).map((draft) => (
                  <DraftRow key={draft.id} draft={draft} screen={screen} />
                ))}
              </tbody>
            </table>
          </section>
          <p>
            <button type="submit">{say(words.submit, language)}</button>
          </p>
        </Form>
      )}
    </section>
  )
}

const newestFirst = (rows: readonly Expenditure[]): readonly Expenditure[] =>
  rows.toSorted((a, b) => (a.number < b.number ? 1 : -1))

function DraftRow({ draft, screen }: { draft: Expenditure; screen: Screen }): VNode {
  const { language } = screen
  const { id, number, version } = draft
  return (
    <tr>
      <td>
        <CheckCell
          screen={screen}
          name={`rows.${id}`}
          value={String(version)}
          label={`${say(words.choose, language)} ${number}`}
          isChosen
        />
      </td>
      <th scope="row">
        <a href={pathIn(language, `/expenditures/${id}`)}>{number}</a>
      </th>
      <td class="day">{draft.serviceDate}</td>
      <td>{draft.measure ?? draft.envelope}</td>
      <td>{draft.documentNumber}</td>
      <td>{draft.supplier}</td>
      <td>{draft.description}</td>
      <td class="figure">{formatAmount(draft.amount, language)}</td>
      <td>
        {draft.flags
          .map((flag) => say(flagLabelOf(flag) ?? { fr: flag, en: flag }, language))
          .join(', ')}
      </td>
    </tr>
  )
}
