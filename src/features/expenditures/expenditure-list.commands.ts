import type { Command } from 'commander'
import { readDate } from '#core/calendar-date.ts'
import { readFiscalYear } from '#core/fiscal-year.ts'
import { readPeriod } from '#core/period.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { gathered, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, oneOf, reading, words } from '#platform/terminal/readings.ts'
import { expenditureFacts, expenditureStates } from './expenditure.ts'
import { everyExpenditure, readExpenditure } from './expenditure-list.actions.ts'
import { expenditureRecords } from './expenditure-records.table.ts'
import { idOf, personCommand, type Shown, showOne } from './expenditure-shown.commands.ts'
import { expendituresTable } from './expenditures.table.ts'
import { type ExpenditureFilter, expenditureFundings } from './filter.ts'

interface Listed extends ListShown {
  readonly as: string
}

/** `vigie expenditures list` and `show`: the filters of the API, and the whole list at once. */
export function registerReadings(parent: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  withFilters(personCommand(parent, terminal, 'list', '--measure 12 --state posted'), terminal)
    .description(say('Énumère les dépenses', 'Lists expenditures'))
    .action(async ({ as, ...options }: Listed & ExpenditureFilter) => {
      const { format: _format, dialect: _dialect, output: _output, ...filter } = options
      const list = await terminal.lookAs(as, (viewing) =>
        gathered(everyExpenditure(viewing, filter)),
      )
      await showListAs(terminal, options, {
        list: expenditureRecords,
        records: list.map(expenditureFacts),
        table: expendituresTable(list),
      })
    })
  personCommand(parent, terminal, 'show', 'D-2025-2026-000123')
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Montre une dépense', 'Shows an expenditure'))
    .action(async (id: string, { as, format }: Shown) =>
      showOne(
        terminal,
        format,
        await terminal.lookAs(as, async (viewing) =>
          readExpenditure(viewing, await idOf(viewing, id)),
        ),
      ),
    )
}

function withFilters(command: Command, { language }: Terminal): Command {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const funding = oneOf(expenditureFundings, language)
  return command
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--measure <code>',
      say('mesure : 12, A3 ou QC-12', 'measure: 12, A3 or QC-12'),
      (text) => measureCode(code(language)(text)),
    )
    .option('--axis <code>', say('axe', 'axis'), code(language))
    .option('--lead <code>', say('responsable', 'lead'), code(language))
    .option('--envelope <code>', say('enveloppe', 'envelope'), code(language))
    .option('--jurisdiction <code>', jurisdictions.join(', '), oneOf(jurisdictions, language))
    .option('--funding <words>', expenditureFundings.join(','), (text) =>
      text.split(',').map(funding),
    )
    .option(
      '--fiscal-year <year>',
      say('exercice de la date de service', 'fiscal year of the service date'),
      reading(readFiscalYear, language),
    )
    .option(
      '--period <period>',
      say('période d’enregistrement, 2025-2026-P03', 'recorded period, 2025-2026-P03'),
      reading(readPeriod, language),
    )
    .option('--state <state>', expenditureStates.join(', '), oneOf(expenditureStates, language))
    .option(
      '--from <day>',
      say('date de service, AAAA-MM-JJ', 'service date, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .option(
      '--to <day>',
      say('date de service, AAAA-MM-JJ', 'service date, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .option(
      '--prepared-by <email>',
      say('personne qui a saisi', 'person who entered'),
      words(254, language),
    )
    .option(
      '--returned',
      say('seulement les brouillons retournés', 'only drafts that were returned'),
    )
    .option('--text <text>', say('texte à chercher', 'text to look for'), words(200, language))
}
