import type { Command } from 'commander'
import type { Language } from '#core/language.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { type CsvDialect, csvDialects, printCsv } from '#platform/tables/csv.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { writeOutput } from '#platform/terminal/output-files.ts'
import { instant, oneOf } from '#platform/terminal/readings.ts'
import { type EventFilter, type EventOrder, eventOrders } from './event.ts'
import { drawEvents } from './events.actions.ts'

const formats = ['table', 'csv'] as const

interface ListOptions extends EventFilter {
  readonly format: (typeof formats)[number]
  readonly dialect: CsvDialect
  readonly order: EventOrder
  readonly output?: string
}

export function registerEventCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const events = program
    .command('events')
    .description(
      say('La piste d’audit : qui, quand, quoi, pourquoi', 'The audit trail: who, when, what, why'),
    )
  addExample(events, language, 'vigie events list')
  const list = withFilters(events.command('list'), language)
    .description(say('Énumère des événements', 'Lists events'))
    .option('--format <format>', formats.join(', '), oneOf(formats, language), 'table')
    .option('--dialect <dialect>', csvDialects.join(', '), oneOf(csvDialects, language), 'open')
    .option('-o, --output <file>', say('fichier à écrire', 'file to write'))
    .action((options: ListOptions) => runList(terminal, options))
  addExample(
    list,
    language,
    'vigie events list --type "expenditure.*" --from 2026-04-01T00:00:00-04:00 --format csv -o trail.csv',
  )
}

function withFilters(command: Command, language: Language): Command {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  return command
    .option('--type <type>', say('type, ou début suivi de *', 'type, or its beginning and *'))
    .option(
      '--subject <subject>',
      say('objet, p. ex. expenditure/<id>', 'subject, as expenditure/<id>'),
    )
    .option('--actor <email>', say('auteur', 'actor'))
    .option('--request <number>', say('numéro de la requête', 'number of the request'))
    .option('--from <instant>', say('à partir de', 'from'), instant(language))
    .option('--to <instant>', say('avant', 'before'), instant(language))
    .option('--text <text>', say('texte cherché', 'text to look for'))
    .option('--order <order>', eventOrders.join(', '), oneOf(eventOrders, language), 'oldest')
}

async function runList(terminal: Terminal, options: ListOptions): Promise<void> {
  const { format, dialect, output, ...filter } = options
  const { language } = terminal
  const table = await terminal.look((viewing) => drawEvents(viewing, filter))
  const printed =
    format === 'csv' ? printCsv(table, { language, dialect }) : printTable(table, { language })
  if (output === undefined) {
    terminal.print(printed)
  } else {
    await writeOutput(output, printed)
    terminal.say(output)
  }
}
