import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Field, Form, Select, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { type Suggested, Suggestions } from '#platform/html/suggestions.tsx'
import { say } from '#platform/i18n/format.ts'
import { fieldWords } from './commitment-words.ts'

const words = {
  title: { fr: 'Saisir un engagement', en: 'Enter a commitment' },
  save: { fr: 'Enregistrer le brouillon', en: 'Save the draft' },
  back: { fr: 'Tous les engagements', en: 'All commitments' },
  intro: {
    fr: 'Un engagement réserve de l’argent pour un fournisseur ou un bénéficiaire. Il compte une fois approuvé par une autre personne, et jamais au-delà de ce que l’enveloppe peut porter.',
    en: 'A commitment reserves money for a supplier or a recipient. It counts once somebody else has approved it, and never beyond what the envelope can bear.',
  },
  measureHint: { fr: 'Comme 12, A3 ou QC-12', en: 'As 12, A3 or QC-12' },
  envelopeHint: { fr: 'Vide : celle de la mesure.', en: 'Empty: that of the measure.' },
  yearHint: { fr: 'Comme 2025-2026', en: 'As 2025-26' },
  referenceHint: { fr: 'Contrat, bon de commande…', en: 'Contract, purchase order…' },
} satisfies Record<string, Bilingual>

export interface StatementGround {
  /** For which the officer enters. */
  readonly organizations: readonly string[]
  readonly measures: readonly Suggested[]
  readonly envelopes: readonly Suggested[]
}

export type StatementField = Exclude<keyof typeof fieldWords, 'number' | 'state' | 'reason'>

/** What stands in the fields before anything is typed. */
export type Stated = Readonly<Partial<Record<StatementField, string | undefined>>>

interface StatementProps {
  readonly ground: StatementGround
  readonly stated: Stated
  readonly screen: Screen
}

export const newCommitmentPage = (
  ground: StatementGround,
  stated: Stated,
  screen: Screen,
): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={fieldWords} />
      <p>{say(words.intro, screen.language)}</p>
      <Form screen={screen} action="/commitments/new">
        <Statement ground={ground} stated={stated} screen={screen} />
        <p>
          <button type="submit">{say(words.save, screen.language)}</button>
        </p>
      </Form>
      <p>
        <a href={pathIn(screen.language, '/commitments')}>{say(words.back, screen.language)}</a>
      </p>
    </>
  ),
})

export function Statement({ ground, stated, screen }: StatementProps): VNode {
  const { organizations, measures, envelopes } = ground
  const field = (name: StatementField) => ({
    screen,
    name,
    label: fieldWords[name],
    value: stated[name] ?? '',
  })
  return (
    <>
      {organizations.length === 0 ? (
        <Field {...field('organization')} />
      ) : (
        <Select
          {...field('organization')}
          options={organizations.map((code) => ({ value: code, words: code }))}
        />
      )}
      <Field {...field('measure')} hint={words.measureHint} list="measures" optional />
      <Field {...field('envelope')} hint={words.envelopeHint} list="envelopes" optional />
      <Field {...field('fiscalYear')} hint={words.yearHint} inputMode="numeric" />
      <Field {...field('supplier')} />
      <Field {...field('reference')} hint={words.referenceHint} />
      <TextArea {...field('description')} />
      <Field {...field('amount')} inputMode="decimal" />
      <Suggestions id="measures" of={measures} language={screen.language} />
      <Suggestions id="envelopes" of={envelopes} language={screen.language} />
    </>
  )
}
