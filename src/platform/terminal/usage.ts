import type { CommanderError } from 'commander'
import type { Language } from '#core/language.ts'

/**
 * Commander refuses in English; this says the same in the reader's language, with its "did you
 * mean". Null when help was printed, asked for or because the command lacked its verb.
 */
export function usageMessage(error: CommanderError, language: Language): string | null {
  if (error.exitCode === 0 || error.code === 'commander.help') {
    return null
  }
  const english = error.message.replace(/^error: /, '')
  return language === 'en' ? english : frenchOf(error.code, english)
}

function frenchOf(code: string, english: string): string {
  const named = /'([^']*)'/.exec(english)?.[1] ?? ''
  const meant = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(english)?.[1]
  const hint = meant === undefined ? '' : ` Vouliez-vous dire ${meant} ?`
  const sentence = sentences[code]?.(named, english)
  return `${sentence ?? english}${hint}`
}

const sentences: Readonly<Record<string, (named: string, english: string) => string>> = {
  'commander.unknownCommand': (named) => `Commande inconnue : ${named}.`,
  'commander.unknownOption': (named) => `Option inconnue : ${named}.`,
  'commander.missingArgument': (named) => `Il manque l’argument « ${named} ».`,
  'commander.missingMandatoryOptionValue': (named) => `L’option ${named} est requise.`,
  'commander.optionMissingArgument': (named) => `L’option ${named} attend une valeur.`,
  'commander.excessArguments': () => 'Trop d’arguments.',
  'commander.invalidArgument': (named, english) =>
    `Valeur refusée pour ${named} : ${english.split('is invalid. ')[1] ?? ''}`,
}
