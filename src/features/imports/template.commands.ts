import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import { type Language, languages } from '#core/language.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exportGroup } from '#platform/terminal/export-group.ts'
import { addExample } from '#platform/terminal/help.ts'
import { writeOutput } from '#platform/terminal/output-files.ts'
import { code, oneOf, reading } from '#platform/terminal/readings.ts'
import { drawTemplate } from './template.actions.ts'

interface Options {
  readonly organization: string
  readonly fiscalYear: FiscalYear
  readonly lang?: Language
  readonly output?: string
}

export function registerTemplateCommand(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const command = exportGroup(program, language)
    .command('template')
    .description(
      say(
        'Écrit un classeur où saisir des dépenses, avec ses listes, à importer ensuite',
        'Writes a workbook to enter expenditures in, with its lists, to be imported afterwards',
      ),
    )
    .requiredOption('--organization <code>', say('organisme', 'organization'), code(language))
    .requiredOption(
      '--fiscal-year <year>',
      say('exercice', 'fiscal year'),
      reading(readFiscalYear, language),
    )
    .option('--lang <language>', languages.join(', '), oneOf(languages, language))
    .option('-o, --output <file>', say('fichier à écrire', 'file to write'))
    .action(async ({ organization, fiscalYear, lang = language, output }: Options) => {
      const asked = { organization, fiscalYear }
      const bytes = await terminal.look((viewing) => drawTemplate(viewing, asked, lang))
      // A screen shows no workbook: there it becomes a file.
      const name = say('gabarit', 'template')
      const file = output ?? (process.stdout.isTTY ? `${name}-${organization}.xlsx` : null)
      if (file === null) {
        process.stdout.write(bytes)
        return
      }
      await writeOutput(file, bytes)
      terminal.say(file)
    })
  addExample(
    command,
    language,
    'vigie export template --organization MSP --fiscal-year 2025-2026 -o gabarit.xlsx',
  )
}
