import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Field, Form, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import type { Expenditure, ExpenditureRequest } from './expenditure.ts'
import { type DocumentFacts, Said } from './expenditure-document.views.tsx'
import { Asked } from './expenditure-requests.views.tsx'
import { dayHint, fieldWords } from './expenditure-words.ts'
import { mayDecideRequest, type RequestDecided, type Step } from './offered.ts'
import { stepWords } from './step-words.ts'

const words = {
  notNow: {
    fr: 'Cette étape n’est pas possible maintenant : la dépense n’est plus au même point, ou elle revient à quelqu’un d’autre.',
    en: 'This step is not possible now: the expenditure has moved on, or it is for somebody else to do.',
  },
  back: { fr: 'Retour à la dépense', en: 'Back to the expenditure' },
  justificationHint: {
    fr: 'Requise si la dépense dépasse la marge de l’enveloppe ou sa durée.',
    en: 'Needed where the expenditure is above the headroom of the envelope, or outside its term.',
  },
  amountHint: {
    fr: 'Ce qui est revenu; au plus ce qui reste de la dépense.',
    en: 'What came back; at most what is left of the expenditure.',
  },
  envelopeHint: {
    fr: 'Vide : celle de la mesure.',
    en: 'Empty: that of the measure.',
  },
  commitmentHint: { fr: 'Numéro, comme E-2025-2026-000123.', en: 'Number, as E-2025-2026-000123.' },
} satisfies Record<string, Bilingual>

/** A step that has something to say: its form alone, and the document below. */
export function stepPage(facts: DocumentFacts, step: Step, screen: Screen): Page {
  const { expenditure, steps } = facts
  const { language } = screen
  const { title, doIt } = stepWords[step]
  return {
    title: joined(title, expenditure),
    main: (
      <>
        <ErrorSummary screen={screen} labels={fieldWords} />
        {steps.includes(step) ? (
          <Form
            screen={screen}
            action={`/expenditures/${expenditure.id}/${step}`}
            version={expenditure.version}
          >
            <StepFields facts={facts} step={step} screen={screen} />
            <p>
              <button type="submit" class={step === 'delete' ? 'danger' : undefined}>
                {say(doIt, language)}
              </button>
            </p>
          </Form>
        ) : (
          <p class="notice">{say(words.notNow, language)}</p>
        )}
        <Back expenditure={expenditure} screen={screen} />
        {step !== 'edit' && <Said facts={facts} screen={screen} />}
      </>
    ),
  }
}

/** The decision about what was asked of the document, by whoever did not ask. */
export function decisionPage(
  facts: DocumentFacts,
  request: ExpenditureRequest,
  decision: RequestDecided,
  screen: Screen,
): Page {
  const { expenditure, reader } = facts
  const { language } = screen
  const { title, doIt } = decisionWords[decision]
  return {
    title: joined(title, expenditure),
    main: (
      <>
        <ErrorSummary screen={screen} labels={fieldWords} />
        <p>
          <Asked request={request} screen={screen} />
        </p>
        {mayDecideRequest(request, reader) ? (
          <Form
            screen={screen}
            action={`/expenditures/${expenditure.id}/requests/${request.id}/${decision}`}
            version={expenditure.version}
          >
            {decision === 'refuse' && (
              <TextArea screen={screen} name="reason" label={fieldWords.reason} />
            )}
            {decision === 'approve' && request.kind === 'reclassify' && (
              <Justification screen={screen} value="" />
            )}
            <p>
              <button type="submit">{say(doIt, language)}</button>
            </p>
          </Form>
        ) : (
          <p class="notice">{say(words.notNow, language)}</p>
        )}
        <Back expenditure={expenditure} screen={screen} />
        <Said facts={facts} screen={screen} />
      </>
    ),
  }
}

const decisionWords: Readonly<
  Record<RequestDecided, { readonly title: Bilingual; readonly doIt: Bilingual }>
> = {
  approve: {
    title: { fr: 'Approuver la demande sur', en: 'Approve the request about' },
    doIt: { fr: 'Approuver la demande', en: 'Approve the request' },
  },
  refuse: {
    title: { fr: 'Refuser la demande sur', en: 'Refuse the request about' },
    doIt: { fr: 'Refuser la demande', en: 'Refuse the request' },
  },
}

const joined = ({ fr, en }: Bilingual, { number }: Expenditure): Bilingual => ({
  fr: `${fr} ${number}`,
  en: `${en} ${number}`,
})

const Back = ({ expenditure, screen }: { expenditure: Expenditure; screen: Screen }): VNode => (
  <p>
    <a href={pathIn(screen.language, `/expenditures/${expenditure.id}`)}>
      {say(words.back, screen.language)}
    </a>
  </p>
)

interface StepProps {
  readonly facts: DocumentFacts
  readonly step: Step
  readonly screen: Screen
}

function StepFields({ facts, step, screen }: StepProps): VNode | null {
  const { expenditure } = facts
  const field = (name: keyof typeof fieldWords, value = '') => ({
    screen,
    name,
    label: fieldWords[name],
    value,
  })
  switch (step) {
    case 'approve':
      return <Justification screen={screen} value={expenditure.justification ?? ''} />
    case 'edit':
      return <Statement facts={facts} screen={screen} />
    case 'refund':
      return (
        <>
          <Field {...field('amount')} hint={words.amountHint} inputMode="decimal" />
          <Field {...field('date')} hint={dayHint} />
          <TextArea {...field('reason')} />
        </>
      )
    case 'reclassify':
      return (
        <>
          <Field {...field('measure', expenditure.measure ?? '')} optional />
          <Field
            {...field('envelope', envelopeSaid(expenditure))}
            hint={words.envelopeHint}
            optional
          />
          <Field {...field('serviceDate', expenditure.serviceDate)} hint={dayHint} />
          <TextArea {...field('reason')} />
        </>
      )
    case 'return':
    case 'reverse':
      return <TextArea {...field('reason')} />
    default:
      return null
  }
}

/** A measure tells its envelope: left there, it would contradict another measure. */
const envelopeSaid = ({ measure, envelope }: Expenditure): string =>
  measure === null ? (envelope ?? '') : ''

const Justification = ({ screen, value }: { screen: Screen; value: string }): VNode => (
  <TextArea
    screen={screen}
    name="justification"
    label={fieldWords.justification}
    hint={words.justificationHint}
    value={value}
    optional
  />
)

function Statement({ facts, screen }: { facts: DocumentFacts; screen: Screen }): VNode {
  const { expenditure, commitment } = facts
  const field = (name: keyof typeof fieldWords, value: string | null) => ({
    screen,
    name,
    label: fieldWords[name],
    value: value ?? '',
  })
  return (
    <>
      <Field {...field('organization', expenditure.organization)} />
      <Field {...field('serviceDate', expenditure.serviceDate)} hint={dayHint} />
      <Field {...field('measure', expenditure.measure)} optional />
      <Field {...field('envelope', envelopeSaid(expenditure))} hint={words.envelopeHint} optional />
      <Field {...field('documentNumber', expenditure.documentNumber)} />
      <Field {...field('documentDate', expenditure.documentDate)} hint={dayHint} optional />
      <Field {...field('supplier', expenditure.supplier)} />
      <Field {...field('description', expenditure.description)} />
      <Field {...field('amount', expenditure.amount.toString())} inputMode="decimal" />
      <Field {...field('commitment', commitment)} hint={words.commitmentHint} optional />
      <TextArea {...field('justification', expenditure.justification)} optional />
    </>
  )
}
