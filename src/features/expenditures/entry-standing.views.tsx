import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Bilingual, Language } from '#core/language.ts'
import { isNegative, isZero, type Money } from '#core/money.ts'
import { pathIn } from '#platform/html/page.ts'
import { formatAmount, formatFiscalYear, say } from '#platform/i18n/format.ts'
import type { EntryEnvelope, EntryStanding } from './entry-standing.ts'

const words = {
  read: { fr: 'Montant lu', en: 'Amount read' },
  left: { fr: 'Reste dans', en: 'Left in' },
  in: { fr: 'pour', en: 'for' },
  after: { fr: 'après cette dépense', en: 'after this expenditure' },
  over: {
    fr: 'Le montant dépasse ce qui reste : l’approbation demandera une justification.',
    en: 'The amount is above what is left: its approval will ask for a justification.',
  },
  overShare: {
    fr: 'Le montant dépasse la part de la mesure dans l’enveloppe.',
    en: 'The amount is above the measure’s share of the envelope.',
  },
  outside: {
    fr: 'La date tombe hors de la durée de l’enveloppe : une justification est requise pour soumettre.',
    en: 'The date falls outside the term of the envelope: a justification is needed to submit.',
  },
  selfFunded: {
    fr: 'est autofinancée : elle ne prend aucune enveloppe.',
    en: 'is self-funded: it takes no envelope.',
  },
  drafts: { fr: 'brouillons non soumis', en: 'drafts not submitted' },
  submitted: { fr: 'dépenses soumises', en: 'submitted expenditures' },
  notCounted: { fr: 'Pas encore comptabilisé', en: 'Not posted yet' },
} satisfies Record<string, Bilingual>

interface StandingProps {
  readonly standing: EntryStanding
  readonly language: Language
}

/** The inside of the region that the page shows, and that its script asks for again. */
export const standingFragment = (standing: EntryStanding, language: Language): string =>
  renderToString(<StandingView standing={standing} language={language} />)

export function StandingView({ standing, language }: StandingProps): VNode {
  const { amount, refused, place } = standing
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  return (
    <>
      {refused.map((sentence) => (
        <p key={sentence.en} class="error">
          {say(sentence, language)}
        </p>
      ))}
      {amount !== null && (
        <p>
          {say(words.read, language)}
          {colon}
          <strong>{formatAmount(amount, language)}</strong>
        </p>
      )}
      {place !== null && place.envelope === null && (
        <p>
          {place.measure} {say(words.selfFunded, language)}
        </p>
      )}
      {place !== null && place.envelope !== null && (
        <Left
          envelope={place.envelope}
          year={formatFiscalYear(place.fiscalYear, language)}
          language={language}
        />
      )}
    </>
  )
}

function Left({
  envelope,
  year,
  language,
}: {
  envelope: EntryEnvelope
  year: string
  language: Language
}): VNode {
  const { code, headroom, after, isOverShare, isOutsideTerm, drafts, submitted } = envelope
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  return (
    <>
      <p>
        {say(words.left, language)} {code} {say(words.in, language)} {year}
        {colon}
        <strong>{formatAmount(headroom, language)}</strong>
        {after !== null && (
          <>
            {'; '}
            {say(words.after, language)}
            {colon}
            <strong>{formatAmount(after, language)}</strong>
          </>
        )}
      </p>
      {after !== null && isNegative(after) && <p class="error">{say(words.over, language)}</p>}
      {isOverShare && <p class="error">{say(words.overShare, language)}</p>}
      {isOutsideTerm && <p class="error">{say(words.outside, language)}</p>}
      {(!isZero(drafts) || !isZero(submitted)) && (
        <p>
          {say(words.notCounted, language)}
          {colon}
          <Waiting state="draft" total={drafts} code={code} language={language} />
          {', '}
          <Waiting state="submitted" total={submitted} code={code} language={language} />
        </p>
      )}
    </>
  )
}

function Waiting({
  state,
  total,
  code,
  language,
}: {
  state: 'draft' | 'submitted'
  total: Money
  code: string
  language: Language
}): VNode {
  const asked = new URLSearchParams({ envelope: code, state })
  return (
    <>
      {say(state === 'draft' ? words.drafts : words.submitted, language)}{' '}
      <a href={pathIn(language, `/expenditures?${asked}`)} data-total={total.toString()}>
        {formatAmount(total, language)}
      </a>
    </>
  )
}
