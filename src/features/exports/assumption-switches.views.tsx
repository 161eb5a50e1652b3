import type { ComponentChildren, VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { isNegative, isZero } from '#core/money.ts'
import type { Assumption } from '#features/comparison/assumption.ts'
import type { Assumed } from '#features/comparison/scenario.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import { Field, Select } from '#platform/html/forms.tsx'
import type { Screen } from '#platform/html/page.ts'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import { said } from './workbook-words.ts'

/**
 * What a federal total takes for granted, each as a switch of the form: what it says, the words it
 * rests on, the money that hangs on it, and what taking it otherwise would do to planned.
 */
interface Switches {
  readonly screen: Screen
  readonly assumptions: readonly Assumption[]
  readonly assumed: Assumed
}

const words = {
  title: { fr: 'Hypothèses', en: 'Assumptions' },
  choice: { fr: 'Cet argent', en: 'This money' },
  scenario: { fr: 'selon la lecture choisie', en: 'as the chosen reading takes it' },
  high: { fr: 'est compté', en: 'is counted' },
  low: { fr: 'n’est pas compté', en: 'is not counted' },
  stated: { fr: 'Énoncée dans la source', en: 'Stated in the source' },
  inferred: { fr: 'Déduite', en: 'Inferred' },
  effect: { fr: 'Argent qui en dépend :', en: 'Money that hangs on it:' },
  change: {
    fr: 'Prise autrement, elle change le prévu de',
    en: 'Taken otherwise it moves planned by',
  },
  same: {
    fr: 'Prise autrement, elle ne change rien au prévu.',
    en: 'Taken otherwise it does not move planned.',
  },
} satisfies Record<string, Bilingual>

export function AssumptionSwitches(props: Switches): VNode {
  const { screen, assumptions, assumed } = props
  const { language } = screen
  const { size } = assumed.switches
  return (
    <details open={size > 0}>
      <summary>
        {say(words.title, language)} ({formatCount(assumptions.length, language)})
      </summary>
      <div class="switches">
        {assumptions.map((assumption, place) => (
          <fieldset key={assumption.code}>
            <legend>{said(assumption.reading, language)}</legend>
            <Rests assumption={assumption} language={language} />
            <Switch {...props} assumption={assumption} place={place} />
          </fieldset>
        ))}
      </div>
    </details>
  )
}

function Rests({ assumption, language }: { assumption: Assumption; language: Language }): VNode {
  const { stated, citation, effect } = assumption
  return (
    <>
      <p>
        {say(stated ? words.stated : words.inferred, language)}. {said(words.effect, language)}{' '}
        <strong>{formatAmount(effect, language)}</strong>. {moved(assumption, language)}
      </p>
      <blockquote>{shownWords(citation)}</blockquote>
    </>
  )
}

function moved({ change }: Assumption, language: Language): string {
  const sign = isNegative(change) ? '' : '+'
  return isZero(change)
    ? say(words.same, language)
    : `${say(words.change, language)} ${sign}${formatAmount(change, language)}.`
}

/** Each names its own code, so that the address says what was switched and nothing else. */
function Switch({
  screen,
  assumed,
  assumption: { code },
  place,
}: Switches & { readonly assumption: Assumption; readonly place: number }): VNode {
  const taken = assumed.switches.get(code)
  return (
    <Select
      screen={screen}
      name={`assume.${code}`}
      id={`f-assume-${place}`}
      label={words.choice}
      value={taken ?? ''}
      options={[
        { value: '', words: words.scenario },
        { value: 'high', words: words.high },
        { value: 'low', words: words.low },
      ]}
    />
  )
}

/** What was switched, when the question comes back without its assumptions: kept, or to be mended. */
export function KeptSwitches({ screen }: Pick<Switches, 'screen'>): ComponentChildren {
  const { problem, typed } = screen.form
  const isWrong = problem?.issues.some(({ pointer }) => pointer === '/assume') === true
  const kept = Object.entries(typed).filter(([name]) => name.startsWith('assume.'))
  return isWrong ? (
    <Field screen={screen} name="assume" label={words.title} />
  ) : (
    kept.map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={String(value)} />
    ))
  )
}
