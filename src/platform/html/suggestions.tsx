import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'

export interface Suggested {
  readonly code: string
  readonly title: Bilingual
}

interface SuggestionsProps {
  /** What the fields name in their `list`. */
  readonly id: string
  readonly of: readonly Suggested[]
  readonly language: Language
}

/** Codes that a field offers, each with its name; anything else may be typed. */
export const Suggestions = ({ id, of, language }: SuggestionsProps): VNode => (
  <datalist id={id}>
    {of.map(({ code, title }) => (
      <option key={code} value={code}>
        {say(title, language)}
      </option>
    ))}
  </datalist>
)
