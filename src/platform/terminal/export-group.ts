import type { Command } from 'commander'
import type { Language } from '#core/language.ts'
import { addExample } from './help.ts'

/** `vigie export`, whose commands several features bring: made by the first that asks. */
export function exportGroup(program: Command, language: Language): Command {
  const made = program.commands.find((command) => command.name() === 'export')
  return made ?? makeGroup(program, language)
}

const makeGroup = (program: Command, language: Language): Command =>
  addExample(
    program
      .command('export')
      .description(
        language === 'fr' ? 'Fichiers pour d’autres programmes' : 'Files for other programs',
      ),
    language,
    'vigie export journal --format hledger -o vigie.journal',
  )
