import type { ComponentChildren, VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'
import { ErrorSummary, Form } from './forms.tsx'
import { type Page, pathIn, type Screen } from './page.ts'

/**
 * What the reader can do with a document: links on its page, and a page for each step with its form
 * alone and the document below.
 */
const words = {
  next: { fr: 'Suite', en: 'Next' },
  notNow: {
    fr: 'Cette étape n’est pas possible maintenant : le document n’est plus au même point, ou elle revient à quelqu’un d’autre.',
    en: 'This step is not possible now: the document has moved on, or it is for somebody else to do.',
  },
  back: { fr: 'Retour au document', en: 'Back to the document' },
} satisfies Record<string, Bilingual>

interface NextStepsProps {
  readonly language: Language
  /** What to expect, where nothing is for the reader to do. */
  readonly waiting: Bilingual | null
  /** The first one is the one to take; addresses without the language. */
  readonly steps: readonly { readonly path: string; readonly words: Bilingual }[]
}

export const NextSteps = ({ language, waiting, steps }: NextStepsProps): VNode => (
  <section class="card">
    <h2>{say(words.next, language)}</h2>
    {waiting !== null && <p>{say(waiting, language)}</p>}
    {steps.length > 0 && (
      <p class="ways">
        {steps.flatMap((step, place) => [
          <a
            key={step.path}
            href={pathIn(language, step.path)}
            class={place === 0 ? 'button' : 'button quiet'}
          >
            {say(step.words, language)}
          </a>,
          ' ',
        ])}
      </p>
    )}
  </section>
)

export interface StepParts {
  readonly title: Bilingual
  /** Of the document, without the language; the form goes to the step below it. */
  readonly document: string
  readonly step: string
  readonly version: number
  readonly doIt: Bilingual
  readonly isDanger: boolean
  /** For this reader, as the document stands. */
  readonly isPossible: boolean
  readonly labels: Readonly<Record<string, Bilingual>>
  readonly fields: ComponentChildren
  /** What the document says. */
  readonly below: ComponentChildren
}

export function stepPage(parts: StepParts, screen: Screen): Page {
  const { language } = screen
  const { title, document, step, version, doIt, isDanger, isPossible, labels } = parts
  return {
    title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={labels} />
        {isPossible ? (
          <Form screen={screen} action={`${document}/${step}`} version={version}>
            {parts.fields}
            <p>
              <button type="submit" class={isDanger ? 'danger' : undefined}>
                {say(doIt, language)}
              </button>
            </p>
          </Form>
        ) : (
          <p class="notice">{say(words.notNow, language)}</p>
        )}
        <p>
          <a href={pathIn(language, document)}>{say(words.back, language)}</a>
        </p>
        {parts.below}
      </>
    ),
  }
}
