import { InvalidArgumentError } from 'commander'
import type { Reading } from '#core/issues.ts'
import type { Language } from '#core/language.ts'

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
