import type { Command } from 'commander'
import { type Moment, readMoment } from '#core/moment.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { type CsvDialect, csvDialects } from '#platform/tables/csv.ts'
import { exportGroup } from '#platform/terminal/export-group.ts'
import { addExample } from '#platform/terminal/help.ts'
import { writeOutputStream } from '#platform/terminal/output-files.ts'
import { oneOf, reading } from '#platform/terminal/readings.ts'
import { drawJournal } from './journal-file.actions.ts'
import { type JournalFormat, journalFormats } from './journal-file.ts'

interface Options {
  readonly format: JournalFormat
  readonly dialect: CsvDialect
  readonly asOf?: Moment
  readonly output?: string
}

export function registerJournalCommand(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const command = exportGroup(program, language)
    .command('journal')
    .description(
      say(
        'Écrit toutes les écritures, pour qu’un autre programme les additionne',
        'Writes every entry, for another program to add up',
      ),
    )
    .option(
      '--format <format>',
      journalFormats.join(', '),
      oneOf(journalFormats, language),
      'hledger',
    )
    .option('--dialect <dialect>', csvDialects.join(', '), oneOf(csvDialects, language), 'open')
    .option(
      '--as-of <moment>',
      say('position ou instant du registre', 'position or instant of the record'),
      reading(readMoment, language),
    )
    .option('-o, --output <file>', say('fichier à écrire', 'file to write'))
    .action(async ({ output, format, dialect, asOf }: Options) => {
      const as = format === 'csv' ? { format, dialect, language } : { format }
      await terminal.look(async (viewing) =>
        writeOutputStream(output, await drawJournal(viewing, { ...as, asOf })),
      )
      if (output !== undefined) {
        terminal.say(output)
      }
    })
  addExample(
    command,
    language,
    'vigie export journal --format hledger -o vigie.journal',
    'vigie export journal --format csv --dialect excel-fr -o journal.csv',
  )
}
