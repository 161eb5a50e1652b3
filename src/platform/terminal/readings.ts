import { InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import type { Reading } from '#core/issues.ts'
import type { Language } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { instantField, positiveAmountField, textField } from '#platform/http/input.ts'
import { issuesOf } from '#platform/http/input-issues.ts'

/** An option's parser from a reader of core: what it refuses becomes commander's own refusal. */
export const reading =
  <T>(read: (text: string) => Reading<T>, language: Language) =>
  (text: string): T => {
    const found = read(text)
    if (!found.ok) {
      throw new InvalidArgumentError(found.issue.detail[language])
    }
    return found.value
  }

/** An option that takes one of a few words. */
export const oneOf =
  <T extends string>(words: readonly T[], language: Language) =>
  (text: string): T => {
    const found = words.find((word) => word === text)
    if (found === undefined) {
      throw new InvalidArgumentError(
        language === 'fr'
          ? `Choisissez parmi ${words.join(', ')}.`
          : `Choose among ${words.join(', ')}.`,
      )
    }
    return found
  }

/** Words as the API takes them: not blank, not too long, nothing that cannot be printed. */
export const words = (max: number, language: Language): ((text: string) => string) =>
  asField(textField(max), language)

/** An amount as people paste it, greater than zero. */
export const positiveAmount = (language: Language): ((text: string) => Money) =>
  asField(positiveAmountField, language)

/** An instant with its offset. */
export const instant = (language: Language): ((text: string) => string) =>
  asField(instantField, language)

/** A code in any case: `msp` is `MSP`. */
export const code = (language: Language): ((text: string) => string) => {
  const read = words(codeLengthMax, language)
  return (text) => read(text).toUpperCase()
}

const codeLengthMax = 60

/** One field of the API, with its own refusals. */
const asField =
  <T extends z.ZodType>(field: T, language: Language) =>
  (text: string): z.output<T> => {
    const found = field.safeParse(text, { reportInput: true })
    if (!found.success) {
      const [issue] = issuesOf(found.error.issues)
      throw new InvalidArgumentError(issue?.detail[language] ?? found.error.message)
    }
    return found.data
  }
